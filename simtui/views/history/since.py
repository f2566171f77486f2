"""Since when: ``8h``, ``22:00``, ``2026-11-22``, ``visit``, ``all``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta, tzinfo
from typing import Final

from simtui.errors import UsageError
from simtui.views.ages import short_moment
from simtui.views.filter.quantities import parse_quantity, quantity_text
from simtui.views.plan.wording import named

VISIT: Final = "visit"
ALL: Final = "all"
SPANS: Final = (VISIT, "1h", "8h", "24h", ALL)
"""What one key goes through."""
EXPECTED: Final = "a time such as 8h, 22:00, 2026-11-22, visit or all"

_CLOCK = re.compile(r"(\d\d?):(\d\d) ?(Z?)", re.ASCII | re.IGNORECASE)
_DATE = re.compile(
    r"(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d)?))? ?(Z|[+-]\d\d:\d\d)?",
    re.ASCII | re.IGNORECASE,
)
_VISITS: Final = frozenset({VISIT, "last visit", "last-visit"})


@dataclass(frozen=True, slots=True)
class Since:
    """A moment to begin at, None for all there is; ``text`` is what to type for it, ``said``
    how it was understood."""

    text: str
    start: datetime | None
    said: str


def parse_since(
    text: str, now: datetime, last_visit: datetime | None, zone: tzinfo | None = None
) -> Since:
    """What was meant. Times of day and dates are in ``zone``, None being that of this machine,
    unless they end in ``Z``; a time of day is the last one that is over.

    Raises:
        UsageError: when it is no time, not over yet, or no earlier visit is known.
    """
    typed = " ".join(text.split())
    if typed.casefold() == ALL:
        return Since(ALL, None, "all that is kept")
    if typed.casefold() in _VISITS:
        return _since_visit(last_visit)
    found = _ago(typed, now) or _clock(typed, now, zone) or _date(typed, zone)
    if found is None:
        raise UsageError(f"“{named(typed)}” is no time", f"Expected {EXPECTED}")
    if found.start is not None and found.start > now:
        raise UsageError(f"“{named(typed)}” is not over yet", f"Expected {EXPECTED}")
    return found


def _since_visit(last_visit: datetime | None) -> Since:
    if last_visit is None:
        raise UsageError(
            "No earlier visit is known", "", "Say since when instead, for example 8h or all"
        )
    return Since(VISIT, last_visit, f"since your last visit, {short_moment(last_visit)}")


def _ago(text: str, now: datetime) -> Since | None:
    seconds = parse_quantity(text, "duration")
    if not seconds:
        return None
    short = "24h" if seconds == 86_400 else quantity_text(seconds, "duration")
    try:
        return Since(short, now - timedelta(seconds=seconds), f"in the last {short}")
    except OverflowError:
        return None


def _clock(text: str, now: datetime, zone: tzinfo | None) -> Since | None:
    match = _CLOCK.fullmatch(text)
    if match is None:
        return None
    hour, minute, utc = match.groups()
    zone = UTC if utc else zone
    try:
        at = time(int(hour), int(minute))
    except ValueError:
        return None
    today = now.astimezone(zone).date()
    moment = _aware(datetime.combine(today, at), zone)
    if moment > now:
        moment = _aware(datetime.combine(today - timedelta(days=1), at), zone)
    return Since(text, moment.astimezone(UTC), f"since {moment:%H:%M} {_zone_name(moment)}")


def _date(text: str, zone: tzinfo | None) -> Since | None:
    match = _DATE.fullmatch(text)
    if match is None:
        return None
    day, clock, offset = match.groups()
    try:
        moment = datetime.fromisoformat(f"{day}T{clock or '00:00'}{(offset or '').upper()}")
        moment = moment if moment.tzinfo is not None else _aware(moment, zone)
        start = moment.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return Since(text, start, f"since {moment:%d %b %H:%M} {_zone_name(moment)}")


def _aware(naive: datetime, zone: tzinfo | None) -> datetime:
    return naive.replace(tzinfo=zone) if zone is not None else naive.astimezone()


def _zone_name(moment: datetime) -> str:
    return moment.tzname() or f"{moment:%z}"
