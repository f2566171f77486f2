"""Times as a person reads them: an age first, a UTC timestamp when it must be exact."""

from __future__ import annotations

from datetime import UTC, datetime

from simtui.views.amounts import NOTHING

STEP_SECONDS = 10
"""Seconds are told in steps, so that a screen full of ages is rarely sent anew; what is
less than one step away, either way, is ``now``: clocks differ a little."""

_STEPS = ((60, 1, "s"), (3600, 60, "m"), (86400, 3600, "h"))
_DAY = 86400


def age(then: datetime | None, now: datetime) -> str:
    """``now``, ``20s``, ``3m``, ``2h``, ``9d``; ``in 3m`` for the future; ``–`` for None.

    Both times are aware. Fractions are cut, not rounded: ``1h`` is at least an hour.
    """
    if then is None:
        return NOTHING
    seconds = (now - then).total_seconds()
    if abs(seconds) < STEP_SECONDS:
        return "now"
    return duration(seconds) if seconds > 0 else f"in {duration(-seconds)}"


def age_ago(then: datetime | None, now: datetime) -> str:
    """Like ``age``, as part of a sentence: ``2h ago``, ``now``, ``in 3m``, ``–``."""
    text = age(then, now)
    past = then is not None and text != "now" and not text.startswith("in ")
    return f"{text} ago" if past else text


def duration(seconds: float) -> str:
    """A length of time in its largest unit: ``20s``, ``3m``, ``2h``, ``9d``."""
    if seconds < 60:
        seconds -= seconds % STEP_SECONDS
    for below, size, unit in _STEPS:
        if seconds < below:
            return f"{int(seconds // size)}{unit}"
    return f"{int(seconds // _DAY)}d"


def utc_text(moment: datetime | None) -> str:
    """``2026-11-22 03:12:05Z``: UTC whatever the locale; ``–`` for None."""
    if moment is None:
        return NOTHING
    return moment.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%SZ")


def moment_text(moment: datetime | None, now: datetime) -> str:
    """A timestamp with its age, ``2026-11-22 03:12:05Z (2h ago)``; ``–`` for None."""
    if moment is None:
        return NOTHING
    return f"{utc_text(moment)} ({age_ago(moment, now)})"


def utc_clock(moment: datetime) -> str:
    """A moment of today: ``18:02Z``."""
    return f"{moment.astimezone(UTC):%H:%M}Z"


def short_moment(moment: datetime) -> str:
    """A moment of the last days within a sentence: ``21 Nov 18:02Z``."""
    return f"{moment.astimezone(UTC):%d %b %H:%M}Z"
