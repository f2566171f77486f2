"""What an open cycle will cost at its end: an estimate, and the method in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Final

from simtui.models import BillingReport
from simtui.models.billing import NET, CycleStatus, Total
from simtui.views.billing.money import ZERO, decimal_of, sum_of

EARLIEST: Final = timedelta(days=1)
"""How much of a cycle must be over before usage so far says anything."""
_TICK: Final = timedelta(microseconds=1)
_USAGE: Final = (Total.DATA, Total.SMS)


@dataclass(frozen=True, slots=True)
class Elapsed:
    """How much of the cycle a report covers. Both are lengths of real time, so the change of
    the clocks in its time zone counts (contract §3.9)."""

    passed: timedelta
    whole: timedelta

    @property
    def over(self) -> bool:
        """Whether nothing more can come."""
        return self.passed >= self.whole

    @property
    def early(self) -> bool:
        """Whether it is too early to tell anything."""
        return self.passed < EARLIEST

    @property
    def percent_text(self) -> str:
        """``70.4 %``, cut and not rounded."""
        thousandths = min(self.passed * 1000 // self.whole, 1000)
        return f"{thousandths // 10}.{thousandths % 10} %"

    def at_the_end(self, usage: Decimal) -> Decimal:
        """Usage so far as it will be when it goes on like this."""
        return usage if self.over else usage * (self.whole // _TICK) / (self.passed // _TICK)


@dataclass(frozen=True, slots=True)
class Estimate:
    """The amount with the digits of the sum so far, and how it was found; without an amount,
    why there is none."""

    amount: Decimal | None
    method: str


def is_open(report: BillingReport) -> bool:
    """Whether the bill still grows."""
    return report.cycle.status == CycleStatus.OPEN if report.cycle else report.estimated


def elapsed_of(report: BillingReport, now: datetime) -> Elapsed | None:
    """How much of its cycle a report covers; None when the server does not tell."""
    cycle = report.cycle
    if cycle is None or cycle.start is None or cycle.end is None or cycle.end <= cycle.start:
        return None
    passed = (report.generated_at or now) - cycle.start
    return Elapsed(max(passed, timedelta()), cycle.end - cycle.start)


def estimate_of(report: BillingReport, now: datetime) -> Estimate | None:
    """The estimate for the end of an open cycle; None for a closed one, which has none."""
    if not is_open(report):
        return None
    elapsed = elapsed_of(report, now)
    net = decimal_of(report.totals.get(NET))
    told = [report.totals[name] for name in _USAGE if name in report.totals]
    if elapsed is None:
        return Estimate(None, "the server does not tell when the cycle begins and ends")
    if net is None or any(decimal_of(amount) is None for amount in told):
        return Estimate(None, "the server does not tell the sums")
    if elapsed.over:
        return Estimate(net, "the cycle is over, only not closed yet")
    if elapsed.early:
        return Estimate(None, "less than a day of the cycle is over")
    usage = sum_of(told)
    if usage == ZERO:
        return Estimate(net, "no usage so far, subscriptions as now")
    method = f"usage ÷ {elapsed.percent_text}, subscriptions as now"
    return Estimate(in_digits_of(net, net - usage + elapsed.at_the_end(usage)), method)


def in_digits_of(told: Decimal, amount: Decimal) -> Decimal:
    """An estimate with as many digits behind the point as what is told."""
    exponent = told.as_tuple().exponent
    return round(amount, -exponent if isinstance(exponent, int) else 2)
