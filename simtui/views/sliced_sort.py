"""Sorting a large fleet a little at a time, the first rows first.

``list.sort`` cannot be interrupted, and a million names take it more than a second. Here
the items are dealt into buckets by value (samplesort); then one bucket after the other
is sorted, so that the first rows are ready after one pass and no step is long.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Generator, Iterator, Sequence
from typing import Any, NamedTuple

_SAMPLES_PER_BUCKET = 16


class Level(NamedTuple):
    """What to sort by: one value for each position, none of them None."""

    values: Sequence[Any]
    descending: bool = False


def sorted_runs(
    positions: Sequence[int],
    values: Sequence[Any],
    ties: Sequence[Any],
    *,
    descending: bool,
    budget: int,
) -> Iterator[list[int]]:
    """``positions`` in order, as runs of at most ``budget``; joined they are the result.

    Sorted by ``values``, equal ones by ``ties`` (always ascending), then as they came.
    Positions whose value is None come last in both directions. An empty run is only a
    pause: no step handles more than ``budget`` items.
    """
    known: list[int] = []
    missing: list[int] = []
    for some in _slices(positions, budget):
        known += [at for at in some if values[at] is not None]
        missing += [at for at in some if values[at] is None]
        yield []
    by_tie = Level(ties)
    yield from _runs(known, (Level(values, descending), by_tie), budget)
    yield from _runs(missing, (by_tie,), budget)


def _runs(positions: list[int], levels: tuple[Level, ...], budget: int) -> Iterator[list[int]]:
    if not levels:
        yield from _slices(positions, budget)
    elif len(positions) <= budget:
        yield _sorted(positions, levels)
    else:
        buckets = yield from _dealt(positions, levels[0].values, budget)
        ordered = reversed(buckets) if levels[0].descending else buckets
        for bucket in ordered:
            if bucket.positions:
                below = levels[1:] if bucket.all_equal else levels
                yield from _runs(bucket.positions, below, budget)


class _Bucket(NamedTuple):
    positions: list[int]
    all_equal: bool


def _dealt(
    positions: list[int], values: Sequence[Any], budget: int
) -> Generator[list[int], None, list[_Bucket]]:
    """Deal into buckets: below, at and above each pivot, in ascending order.

    What equals a pivot has a bucket of its own, so that one frequent value (a state)
    cannot fill a bucket that never gets smaller.
    """
    pivots = _pivots(positions, values, budget)
    dealt: list[list[int]] = [[] for _ in range(2 * len(pivots) + 1)]
    for some in _slices(positions, budget):
        for at in some:
            value = values[at]
            dealt[bisect_left(pivots, value) + bisect_right(pivots, value)].append(at)
        yield []
    return [_Bucket(bucket, number % 2 == 1) for number, bucket in enumerate(dealt)]


def _pivots(positions: list[int], values: Sequence[Any], budget: int) -> list[Any]:
    parts = 2 * len(positions) // budget + 1
    stride = max(1, len(positions) // (parts * _SAMPLES_PER_BUCKET))
    sample = sorted(values[at] for at in positions[::stride])
    return sorted({sample[len(sample) * part // parts] for part in range(parts)})


def _sorted(positions: list[int], levels: tuple[Level, ...]) -> list[int]:
    for level in reversed(levels):
        positions = sorted(positions, key=level.values.__getitem__, reverse=level.descending)
    return positions


def _slices(positions: Sequence[int], budget: int) -> Iterator[list[int]]:
    for start in range(0, len(positions), budget):
        yield list(positions[start : start + budget])
