"""When something ends: a length of time from now, or a moment in UTC (contract §1, Times)."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Final

from simtui.errors import UsageError
from simtui.views.ages import utc_text
from simtui.views.filter.quantities import parse_quantity
from simtui.views.plan.wording import named

_MOMENT = re.compile(
    r"(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d(?::\d\d(?:\.\d+)?)?) ?(Z|[+-]\d\d:\d\d)?",
    re.ASCII | re.IGNORECASE,
)
_RULE: Final = "Expected a length of time with its unit (m h d w), or a moment in UTC"
_EXAMPLE: Final = "For example 2h, 3d, or 2026-12-24 18:00; nothing is never"


def parse_expiry(text: str, now: datetime) -> datetime | None:
    """The moment in UTC at which something ends; None (never) for nothing.

    Raises:
        UsageError: no moment and no length of time, or not in the future.
    """
    trimmed = text.strip()
    if not trimmed:
        return None
    moment = _after(trimmed, now) or _moment(trimmed)
    if moment is None:
        raise UsageError(f"“{named(trimmed)}” is no time", _RULE, _EXAMPLE)
    if moment <= now:
        raise UsageError(
            f"{utc_text(moment)} is not in the future",
            f"It is {utc_text(now)} now; the end must lie ahead",
            _EXAMPLE,
        )
    return moment


def moment_value(moment: datetime | None) -> str:
    """What to type for a moment: RFC 3339 in UTC, or nothing for never."""
    if moment is None:
        return ""
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _after(text: str, now: datetime) -> datetime | None:
    seconds = parse_quantity(text, "duration")
    try:
        return None if seconds is None else now + timedelta(seconds=seconds)
    except OverflowError:
        return None


def _moment(text: str) -> datetime | None:
    match = _MOMENT.fullmatch(text)
    if match is None:
        return None
    day, clock, zone = match.groups()
    try:
        return datetime.fromisoformat(f"{day}T{clock}{(zone or 'Z').upper()}").astimezone(UTC)
    except (ValueError, OverflowError):
        return None
