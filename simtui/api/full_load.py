"""Loading all Things: many pages at once, complete though the list changes meanwhile."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import dataclass
from typing import Final, TypeAlias

from simtui.api.paging import LARGEST_PAGE, MOST_PASSES, FetchPage
from simtui.api.windows import Window, in_order, open_seams, window_of
from simtui.models import Thing

AT_ONCE: Final = 8
"""Requests in flight during a load."""
_MOST_PROBES: Final = 12
"""Requests that are spent on one seam before the pass is given up."""


@dataclass(frozen=True, slots=True)
class Chunk:
    """What one answer brought.

    ``things`` are those that did not come before in this version. ``loaded`` counts the
    different Things so far, ``unreadable`` the rows that cannot be read, ``total`` is
    what the server says there are now. The last chunk alone may be ``complete``: then
    exactly the Things that came are there, except for ``gone``, which were removed
    during the load.
    """

    things: tuple[Thing, ...]
    loaded: int
    total: int
    unreadable: int = 0
    complete: bool = False
    gone: tuple[str, ...] = ()


async def load_all(
    fetch: FetchPage[Thing], *, limit: int = LARGEST_PAGE, at_once: int = AT_ONCE
) -> AsyncGenerator[Chunk, None]:
    """Every Thing, as its page arrives; the first page first.

    ``fetch`` must ask for a sort order that never changes, oldest first. Close the
    iterator (``contextlib.aclosing``) to cancel what is in flight.

    Raises:
        SimtuiError: that of the first page that could not be had.
    """
    versions: dict[str, int] = {}
    for _ in range(MOST_PASSES):
        run = _Pass(fetch, limit, at_once)
        async with aclosing(run.pages()) as pages:
            async for things in pages:
                new = _newer(things, versions)
                yield Chunk(new, len(versions), run.total, len(run.unreadable))
        if run.exact:
            gone = tuple(versions.keys() - run.ids)
            yield Chunk((), len(run.ids), run.total, len(run.unreadable), True, gone)
            return
    yield Chunk((), len(versions), run.total, len(run.unreadable))


def _newer(things: tuple[Thing, ...], versions: dict[str, int]) -> tuple[Thing, ...]:
    """Those not yet known in this version, which is noted."""
    new = {}
    for thing in things:
        if thing.version > versions.get(thing.thing_id, -1):
            versions[thing.thing_id] = thing.version
            new[thing.thing_id] = thing
    return tuple(new.values())


_Pages: TypeAlias = AsyncGenerator[tuple[Thing, ...], None]


class _Pass:
    """One reading of the whole list in overlapping windows, and the mending of its seams."""

    def __init__(self, fetch: FetchPage[Thing], limit: int, at_once: int) -> None:
        self._fetch = fetch
        self._limit = limit
        self._at_once = at_once
        self._windows: list[Window] = []
        self._sound = True
        self.total = 0
        self.ids: set[str] = set()
        self.unreadable: set[int] = set()

    @property
    def exact(self) -> bool:
        """Whether it has all Things that are there, and no other."""
        return self._sound and len(self.ids) + len(self.unreadable) == self.total

    async def pages(self) -> _Pages:
        """The Things of each page as it arrives."""
        yield await self._page(0)
        first = self._windows[0]
        if first.end < self.total:  # a server may allow less than was asked for
            self._limit = len(first.keys)
        if self._limit < 2:
            self._sound = first.ends(self.total)
            return
        async with aclosing(self._rest()) as rest:
            async for things in rest:
                yield things
        chain = in_order(self._windows)
        for left, right in (*open_seams(chain), (chain[-1], None)):
            if right is None and left.ends(self.total):
                return
            async with aclosing(self._mend(left, right)) as bridges:
                async for things in bridges:
                    yield things

    async def _rest(self) -> _Pages:
        """All further windows, each overlapping its neighbours by one row."""
        step = self._limit - 1
        offset = step
        waiting: set[asyncio.Task[tuple[Thing, ...]]] = set()
        done: set[asyncio.Task[tuple[Thing, ...]]] = set()
        try:
            while True:
                while len(waiting) < self._at_once and offset + 1 < self.total:
                    waiting.add(asyncio.create_task(self._page(offset)))
                    offset += step
                if not waiting:
                    return
                done, waiting = await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
                for task in sorted(done, key=_has_failed):
                    yield task.result()
        finally:
            for task in waiting:
                task.cancel()
            await asyncio.gather(*waiting, *done, return_exceptions=True)

    async def _mend(self, left: Window, right: Window | None) -> _Pages:
        """Windows between two neighbours until they hang together (None: until the end)."""
        offset = left.offset + len(left.keys) // 2
        for _ in range(_MOST_PROBES):
            yield await self._page(offset)
            bridge = self._windows[-1]
            if not bridge.continues(left):
                offset = max(0, offset - max(1, self._limit // 2))
            elif bridge.ends(self.total) if right is None else right.continues(bridge):
                return
            else:
                left, offset = bridge, max(0, bridge.end - 1)
        self._sound = False

    async def _page(self, offset: int) -> tuple[Thing, ...]:
        page = await self._fetch(offset, self._limit)
        self._windows.append(window_of(page, offset, lambda thing: thing.thing_id))
        self.total = page.total
        self.unreadable.update(offset + place for place, row in enumerate(page.rows) if row is None)
        things = tuple(row for row in page.rows if row is not None)
        self.ids.update(thing.thing_id for thing in things)
        return things


def _has_failed(task: asyncio.Task[tuple[Thing, ...]]) -> bool:
    return task.exception() is not None
