"""How the usage of a cycle falls on its days and hours.

Counters are kept for a cycle only. What a day had of them follows from its length
and its weekday, the same for every Thing, so that the days of a Thing, a group and
the account agree with each other and with the cycle.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from simtui.sandbox.apportion import apportion
from simtui.sandbox.billing.past_usage import Usage, chance_of
from simtui.sandbox.cycles import local_date, local_midnight

_WEEKDAYS = (105, 108, 104, 106, 100, 72, 64)
_MORNING = (40, 34, 30, 30, 36, 52, 80, 110, 130, 134, 130, 126)
_EVENING = (124, 126, 130, 132, 130, 128, 118, 104, 92, 80, 66, 52)
_HOURS = (*_MORNING, *_EVENING)
"""How busy the days of a week and the hours of a day are, next to each other."""


@dataclass(frozen=True, slots=True)
class Slice:
    """A part of a period: a day, an hour, or what of them lies in it."""

    start: datetime
    end: datetime
    day: date

    @property
    def seconds(self) -> int:
        """Its length in whole seconds."""
        return int((self.end - self.start).total_seconds())


def days_of(start: datetime, end: datetime, time_zone: str) -> list[Slice]:
    """The account's calendar days from ``start`` to ``end``; the outer ones may be cut."""
    slices = []
    while start < end:
        day = local_date(start, time_zone)
        midnight = local_midnight(day + timedelta(days=1), time_zone)
        slices.append(Slice(start, min(midnight, end), day))
        start = midnight
    return slices


def hours_of(day: Slice) -> list[Slice]:
    """The clock hours of a day's slice; the outer ones may be cut."""
    slices = []
    start = day.start
    while start < day.end:
        full = start.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
        slices.append(Slice(start, min(full, day.end), day.day))
        start = full
    return slices


def over_days(total: Usage, days: list[Slice]) -> list[Usage]:
    """Spread a usage over days."""
    weights = [
        day.seconds * int(_WEEKDAYS[day.day.weekday()] * (90 + 20 * chance_of(day.day)))
        for day in days
    ]
    return _spread(total, weights)


def over_hours(total: Usage, hours: list[Slice], thing_id: str) -> list[Usage]:
    """Spread a Thing's usage of one day over its hours."""
    weights = [
        hour.seconds * int(_HOURS[hour.start.hour] * (50 + 100 * chance_of(thing_id, hour.start)))
        for hour in hours
    ]
    return _spread(total, weights)


def _spread(total: Usage, weights: list[int]) -> list[Usage]:
    columns = [apportion(count, weights) for count in total]
    return [Usage(*parts) for parts in zip(*columns, strict=True)]
