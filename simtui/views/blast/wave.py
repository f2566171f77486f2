"""When they went silent: together, or one after the other."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

LONGEST: Final = timedelta(hours=6)
"""When half of them took longer than this, they did not go silent together."""

_LULL: Final = timedelta(minutes=10)
"""A pause that does not end a wave."""

LEAST: Final = 3
"""Things of which one can say that they went together."""


@dataclass(frozen=True, slots=True)
class Wave:
    """From when to when they were last heard; ``count`` of ``total`` whose moment is known.

    ``together`` is False when no wave stands out; then it is from the first to the last.
    """

    begin: datetime
    end: datetime
    count: int
    total: int
    together: bool


def wave_of(moments: Iterable[datetime | None]) -> Wave | None:
    """The shortest time in which half of them were last heard, and what adjoins it.

    Some have always been silent for weeks; that does not hide the hour of an outage. None when
    no moment is known.
    """
    known = sorted(moment for moment in moments if moment is not None)
    if not known:
        return None
    half = (len(known) + 1) // 2
    first = min(range(len(known) - half + 1), key=lambda at: known[at + half - 1] - known[at])
    last = first + half - 1
    if len(known) < LEAST or known[last] - known[first] > LONGEST:
        return Wave(known[0], known[-1], len(known), len(known), together=False)
    while first and known[first] - known[first - 1] <= _LULL:
        first -= 1
    while last + 1 < len(known) and known[last + 1] - known[last] <= _LULL:
        last += 1
    return Wave(known[first], known[last], last - first + 1, len(known), together=True)
