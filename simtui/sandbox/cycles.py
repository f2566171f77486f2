"""Billing cycles: calendar months in the account's time zone (contract §3.9)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True)
class Cycle:
    """One month; ``start`` is inside it, ``end`` is not. Both are in UTC."""

    cycle_id: str
    start: datetime
    end: datetime
    time_zone: str

    def status(self, now: datetime) -> str:
        """OPEN until its end has come, then CLOSED."""
        return "OPEN" if now < self.end else "CLOSED"

    def previous(self) -> Cycle:
        """The cycle before this one."""
        year, month = map(int, self.cycle_id.split("-"))
        return _cycle(year - (month == 1), (month - 2) % 12 + 1, self.time_zone)

    def next(self) -> Cycle:
        """The cycle after this one."""
        return cycle_at(self.end, self.time_zone)


def local_date(moment: datetime, time_zone: str) -> date:
    """The calendar day of a moment, as the account counts days."""
    return moment.astimezone(ZoneInfo(time_zone)).date()


def local_midnight(day: date, time_zone: str) -> datetime:
    """When a calendar day of the account begins, in UTC."""
    return datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(time_zone)).astimezone(UTC)


def cycle_at(moment: datetime, time_zone: str) -> Cycle:
    """The cycle that a moment falls into."""
    day = local_date(moment, time_zone)
    return _cycle(day.year, day.month, time_zone)


def cycle_named(cycle_id: str, time_zone: str) -> Cycle:
    """The cycle called ``2026-11``.

    Raises:
        ValueError: when that is not a year and a month.
    """
    year, dash, month = cycle_id.partition("-")
    digits = (year + month).isascii() and (year + month).isdigit()
    if not (dash and digits and len(year) == 4 and len(month) == 2):
        raise ValueError(f"{cycle_id!r} is not a cycle such as 2026-11")
    if not (2000 <= int(year) < 2200 and 1 <= int(month) <= 12):
        raise ValueError(f"{cycle_id!r} is not a month of this calendar")
    return _cycle(int(year), int(month), time_zone)


@lru_cache(maxsize=256)
def _cycle(year: int, month: int, time_zone: str) -> Cycle:
    following = date(year + month // 12, month % 12 + 1, 1)
    return Cycle(
        f"{year:04}-{month:02}",
        local_midnight(date(year, month, 1), time_zone),
        local_midnight(following, time_zone),
        time_zone,
    )
