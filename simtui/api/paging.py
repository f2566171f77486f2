"""Whole lists of the small kind: groups, networks, histories (contract §1.4)."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Hashable
from typing import Final, TypeAlias, TypeVar

from simtui.api.raw_page import RawPage
from simtui.api.windows import Window, window_of

T = TypeVar("T")
FetchPage: TypeAlias = Callable[[int, int], Awaitable[RawPage[T]]]
"""Asks for the page at an offset, of a limit."""

LARGEST_PAGE: Final = 500
MOST_PASSES: Final = 3
"""How often a list is read again because it changed while it was read."""


async def every(fetch: FetchPage[T], key: Callable[[T], Hashable]) -> tuple[T, ...]:
    """All items in the server's order, each ``key`` once.

    A list of several pages that does not hang together, because it changed meanwhile,
    is read again, at most ``MOST_PASSES`` times in all.
    """
    found: dict[Hashable, T] = {}
    for _ in range(MOST_PASSES):
        found.clear()
        if await _one_pass(fetch, key, found):
            break
    return tuple(found.values())


async def _one_pass(
    fetch: FetchPage[T], key: Callable[[T], Hashable], found: dict[Hashable, T]
) -> bool:
    """Read page after page, each from the last row of the one before; whether it fits."""
    page = await fetch(0, LARGEST_PAGE)
    last = _note(page, 0, key, found)
    while not last.ends(0):
        offset = max(0, last.end - 1)
        page = await fetch(offset, LARGEST_PAGE)
        window = _note(page, offset, key, found)
        goes_on = window.end > last.end or window.ends(0)
        if not window.continues(last) or not goes_on:
            return False
        last = window
    return True


def _note(
    page: RawPage[T], offset: int, key: Callable[[T], Hashable], found: dict[Hashable, T]
) -> Window:
    found.update((key(row), row) for row in page.rows if row is not None)
    return window_of(page, offset, key)
