"""Small trends: events by hour, levels walked back from now, and what this session has seen."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Final

from simtui.views.pulse.row import Trend
from simtui.views.sparkline import sparkline

BARS: Final = 12
"""Values of a trend."""
STEPS: Final = (60, 300, 900, 3600)
"""Seconds that a bar may stand for."""
LEAST_BARS: Final = 3
"""With fewer there is no trend yet."""
_LEVEL_BAR: Final = "▄"
_HIGH: Final = "▁▂▃▄▅▆▇█"
_STILL: Final = 0.02
"""A level that moves by less than this share of itself is flat."""


def bars(trend: Trend) -> str:
    """The trend as one line."""
    if trend.counted:
        return sparkline(trend.values)
    low, high = min(trend.values), max(trend.values)
    if high - low <= _STILL * abs(high):
        return _LEVEL_BAR * len(trend.values)
    top = len(_HIGH) - 1
    return "".join(_HIGH[round((value - low) / (high - low) * top)] for value in trend.values)


def histogram(
    moments: Iterable[datetime], now: datetime, over: timedelta, meaning: str
) -> Trend | None:
    """How many of the moments fall into each twelfth of the time before ``now``."""
    counts = [0] * BARS
    for moment in moments:
        back = (now - moment) / over
        if 0 <= back < 1:
            counts[BARS - 1 - int(back * BARS)] += 1
    return Trend(tuple(counts), over, meaning=meaning) if any(counts) else None


def step_for(known: timedelta) -> int | None:
    """How many seconds a bar stands for when so much of the past is known; None: too little."""
    seconds = known.total_seconds()
    fitting = [step for step in STEPS if seconds >= step * LEAST_BARS]
    full = [step for step in fitting if seconds <= step * BARS]
    return full[0] if full else fitting[-1] if fitting else None


def walked_back(present: int, nets: Mapping[int, int], step: int, known: timedelta) -> Trend:
    """A level in the past: what it is now less what came since. ``nets`` are how much came, by
    how many steps before now it was."""
    count = min(BARS, int(known.total_seconds() // step))
    values = [float(present)]
    for back in range(count - 1):
        values.append(max(values[-1] - nets.get(back, 0), 0.0))
    return Trend(
        tuple(reversed(values)), timedelta(seconds=step * count), False, "from the history"
    )


class Samples:
    """What a number was in this session, by steps of five minutes; of hours, not of days."""

    STEP: Final = 300
    KEPT: Final = 72

    def __init__(self) -> None:
        self._seen: deque[tuple[int, float]] = deque(maxlen=self.KEPT)

    def note(self, now: datetime, value: float) -> None:
        """It is ``value`` now."""
        step = int(now.timestamp()) // self.STEP
        if self._seen and self._seen[-1][0] == step:
            self._seen.pop()
        self._seen.append((step, value))

    @property
    def trend(self) -> Trend | None:
        """The last hour, as far as it was seen."""
        latest = list(self._seen)[-BARS:]
        if len(latest) < LEAST_BARS:
            return None
        over = timedelta(seconds=(latest[-1][0] - latest[0][0] + 1) * self.STEP)
        values = tuple(value for _, value in latest)
        return Trend(values, over, False, "as this session has seen it")

    @property
    def growth(self) -> tuple[float, float] | None:
        """How much it grew, in how many seconds; None when it was not seen for long enough."""
        if len(self._seen) < LEAST_BARS:
            return None
        (first, was), (last, now) = self._seen[0], self._seen[-1]
        return now - was, float((last - first) * self.STEP)


def meaning_of(trend: Trend, over: str) -> str:
    """``Trend: when they were last heard, over 24h.``"""
    return f"Trend: {trend.meaning}, over {over}." if trend.meaning else f"Trend over {over}."
