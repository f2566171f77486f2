"""How long Things of one kind are usually quiet, learnt from how they are now.

A meter that reports every six hours is not silent after three; a pump is. The API does not
tell the habit of a device, but Things of a kind (one group, one type of device) that report
every ``h`` minutes were last heard between 0 and ``h`` minutes ago, and none later: behind the
habit there is a gap. Those that are out are behind the gap, however many they are.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

LEAST: Final = 30
"""Things of a kind from which a habit can be seen."""

FLOOR: Final = 2 * 60.0
"""Minutes within which nobody is called silent (as ``troubles.OFFLINE_AFTER``)."""

CEILING: Final = 24 * 60.0
"""Minutes after which everybody is (as ``troubles.SILENT_AFTER``)."""

BUCKETS: Final = 13
"""Steps in which quiet is counted: below 1 minute, below 2, 4, 8 … 2,048, and longer."""

_ENOUGH: Final = 15
"""Things before a gap from which it is one, and not just chance."""

_GAP: Final = 0.2
"""A step with fewer Things than this part of all before it is a gap."""

_MARGIN: Final = 1.25
"""With this, what ``_GAP`` lets pass of a habit still counts as usual."""

_SPREAD: Final = 0.12
"""Of a habit, at least this part was heard within its first quarter; when it is less, nobody
talks any more and what is seen is the moment of an outage."""

_BURST: Final = 6
"""Of a habit, each step has about twice as many as the one before it. When it has more than so
many times as many, they stopped together."""


def bucket_of(minutes: int) -> int:
    """The step that so many whole minutes of quiet belong to; a clock that is ahead of ours
    makes no difference."""
    return min(minutes.bit_length(), BUCKETS - 1) if minutes > 0 else 0


def usual_minutes(counts: Sequence[int]) -> float | None:
    """How long Things are usually quiet, at most; None when that cannot be told.

    ``counts`` are Things by `bucket_of`; step ``k`` ends at ``2 ** k`` minutes.
    """
    if sum(counts) < LEAST:
        return None
    heard = 0
    for step in range(len(counts) - 1):
        heard += counts[step]
        if heard >= _ENOUGH and counts[step + 1] <= _GAP * heard:
            return 2.0**step * _MARGIN if _is_spread(counts, step, heard) else None
    return None


def patience_minutes(usual: float | None) -> float:
    """How long a Thing may be quiet before it is called silent."""
    return FLOOR if usual is None else min(max(usual, FLOOR), CEILING)


def _is_spread(counts: Sequence[int], step: int, heard: int) -> bool:
    """Whether those up to ``step`` were heard at any time, and not all at one moment."""
    early = sum(counts[: max(step - 1, 1)])
    burst = step > 0 and counts[step] > _BURST * max(counts[step - 1], 1)
    return early >= _SPREAD * heard and not burst
