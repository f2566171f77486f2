"""Taking a few items out of a long sorted list and putting a few in.

Both look up places by bisection and then copy whole slices, so that a page of changes
in a million rows costs milliseconds.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable
from typing import Any, TypeAlias

Rank: TypeAlias = Callable[[int], Any]
"""From an item to what it is sorted by; no two items have equal ranks."""


def found(ordered: list[int], item: int, rank: Rank) -> int | None:
    """Where ``item`` stands in the list, None when it is not in it."""
    at = bisect_left(ordered, rank(item), key=rank)
    return at if at < len(ordered) and ordered[at] == item else None


def without(ordered: list[int], items: Iterable[int], rank: Rank) -> list[int]:
    """The list without ``items``; those that are not in it do not matter.

    The same list when none of them is; otherwise a new one.
    """
    places = sorted(at for item in items if (at := found(ordered, item, rank)) is not None)
    if not places:
        return ordered
    result: list[int] = []
    start = 0
    for place in places:
        result += ordered[start:place]
        start = place + 1
    result += ordered[start:]
    return result


def including(ordered: list[int], items: Iterable[int], rank: Rank) -> list[int]:
    """A new list with ``items`` where they belong; none of them may be in it yet."""
    result: list[int] = []
    start = 0
    for item in sorted(items, key=rank):
        place = bisect_left(ordered, rank(item), lo=start, key=rank)
        result += ordered[start:place]
        result.append(item)
        start = place
    result += ordered[start:]
    return result
