"""A length of time as it is typed: ``90``, ``90m``, ``2h``, ``1d``."""

from __future__ import annotations

import re
from typing import Final

from simtui.errors import UsageError
from simtui.views.plan.wording import named

_LENGTH = re.compile(r"([0-9]{1,6}) ?(m|min|h|d|day|days|)", re.IGNORECASE)
_UNITS: Final = {"": 1, "m": 1, "min": 1, "h": 60, "d": 1440, "day": 1440, "days": 1440}


def parse_minutes(text: str) -> int:
    """How many minutes are meant.

    Raises:
        UsageError: no number of minutes, hours or days.
    """
    match = _LENGTH.fullmatch(text.strip())
    if match is None:
        title = (
            f"“{named(text.strip())}” is no length of time" if text.strip() else "No time is given"
        )
        raise UsageError(title, "Minutes, or a number with m, h or d", "For example 90, 2h or 1d")
    return int(match[1]) * _UNITS[match[2].lower()]


def minutes_text(minutes: int) -> str:
    """The shortest text that means so many: ``1d``, ``2h``, ``90m``."""
    for unit, size in (("d", 1440), ("h", 60)):
        if minutes and minutes % size == 0:
            return f"{minutes // size}{unit}"
    return f"{minutes}m"
