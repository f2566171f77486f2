"""What this cycle costs so far, beside the same days of the last one.

Only days that are over are compared: today has not come to its end, and its like would not
be fair. Sums are exact; that they are ours and not the server's is said.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from simtui.models import BillingCycle, BillingLine, BillingReport
from simtui.views.amounts import NOTHING
from simtui.views.billing.money import ZERO, decimal_of, plain
from simtui.views.plan.wording import named
from simtui.views.pulse.row import Lead, Level, PulseRow, Trend
from simtui.views.pulse.seen import Seen
from simtui.views.pulse.trend import BARS
from simtui.views.text import clean

_LEAD: Final = Lead("billing")
_ONE_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Spend:
    """What the first ``days`` days of two cycles cost."""

    days: int
    now: Decimal
    before: Decimal

    @property
    def percent(self) -> int | None:
        """How much more it is than before, cut; None when nothing was before."""
        return int((self.now - self.before) * 100 // self.before) if self.before > ZERO else None


def spend_of(open_report: BillingReport, closed: BillingReport, now: datetime) -> Spend | None:
    """Both so far; None on the first day, and where the cycles do not tell when they begin."""
    begun, before = _first_day(open_report.cycle), _first_day(closed.cycle)
    today = _day_at(open_report.cycle, open_report.generated_at or now)
    if begun is None or before is None or today is None:
        return None
    days = (today - begun).days
    if days < 1:
        return None
    return Spend(
        days,
        _sum(open_report.lines, begun, days),
        _sum(closed.lines, before, days),
    )


def spend_row(seen: Seen) -> PulseRow | None:
    """The row; None where our level may not see it, or this API does not tell it."""
    bills, limits = seen.bills, seen.thresholds
    if bills is None or bills.now.absent:
        return None
    report, last = bills.now.value, bills.before.value
    is_asked = last is None and bills.before.error is None and not bills.is_first
    if report is None or is_asked:
        error = bills.now.error
        why = f"It could not be read: {clean(str(error))}." if error else "It is being read."
        return _row(NOTHING, Level.UNKNOWN, f"What it costs is not known. {why}", None, None)
    spend = spend_of(report, last, seen.now) if last is not None else None
    trend = daily_trend(report, seen.now)
    rule = f"Yellow from +{limits.spend_warn} % on, red from +{limits.spend_bad} % on; whole days."
    if spend is None or spend.percent is None:
        told = "There are no days of a last cycle that are over to compare with."
        return _row(NOTHING, Level.OK, told, bills.now.as_of, trend, rule)
    percent = spend.percent
    level = Level.RED if percent >= limits.spend_bad else Level.YELLOW
    level = level if percent >= limits.spend_warn else Level.OK
    currency = named(report.currency)
    told = (
        f"{currency} {plain(spend.now)} in the first {spend.days} days of this cycle,"
        f" {currency} {plain(spend.before)} in the same days of the last one."
    )
    return _row(f"{percent:+d} %", level, told, bills.now.as_of, trend, rule)


def daily_trend(report: BillingReport, now: datetime) -> Trend | None:
    """What each of the last days of the cycle cost that are over."""
    begun, today = _first_day(report.cycle), _day_at(report.cycle, report.generated_at or now)
    if begun is None or today is None or (today - begun).days < 1:
        return None
    days = min((today - begun).days, BARS)
    values = tuple(
        float(_sum(report.lines, today - back * _ONE_DAY, 1)) for back in range(days, 0, -1)
    )
    return Trend(values, days * _ONE_DAY, meaning="what a day cost")


def _row(
    number: str,
    level: Level,
    told: str,
    as_of: datetime | None,
    trend: Trend | None,
    rule: str = "",
) -> PulseRow:
    return PulseRow(
        "spend", "bill", "Spend against last cycle", number, level, told, rule, _LEAD, as_of, trend
    )


def _sum(lines: Iterable[BillingLine], begun: date, days: int) -> Decimal:
    """What lines of these days come to; those without a day count for neither cycle."""
    end, total = begun + days * _ONE_DAY, ZERO
    for line in lines:
        day, amount = _date_of(line.date), decimal_of(line.amount)
        if day is not None and amount is not None and begun <= day < end:
            total += amount
    return total


def _date_of(text: str | None) -> date | None:
    try:
        return date.fromisoformat((text or "")[:10])
    except ValueError:
        return None


def _first_day(cycle: BillingCycle | None) -> date | None:
    return _day_at(cycle, cycle.start) if cycle is not None else None


def _day_at(cycle: BillingCycle | None, moment: datetime | None) -> date | None:
    """The day that a moment is on where the cycle is kept."""
    if moment is None or cycle is None:
        return None
    try:
        zone = ZoneInfo(cycle.time_zone or "UTC")
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return moment.date()
    return moment.astimezone(zone).date()
