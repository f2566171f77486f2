"""What a group costs in the open cycle, as a section (contract §3.9)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from simtui.errors import SimtuiError
from simtui.models import Account, BillingCycle, BillingReport
from simtui.views.ages import age_ago
from simtui.views.billing.head import charged_text, estimate_text, money, net_text, parts_of
from simtui.views.billing.why_not import no_bill, not_allowed
from simtui.views.cell import Cell
from simtui.views.detail.section import NOT_LOADED, Known, Section
from simtui.views.plan.wording import day_text, named
from simtui.views.text import clean

TITLE: Final = "Cost so far"


def cost_section(
    account: Known[Account] | None, report: Known[BillingReport] | None, now: datetime
) -> Section:
    """The sums as the server tells them, to the last digit; or why there are none."""
    if report is not None and report.value is not None:
        behind = f"may be behind: {clean(report.error.title)}" if report.error else ""
        return Section(TITLE, tuple(_rows(report.value, now)), behind)
    known = account.value if account is not None else None
    if known is not None and (refused := not_allowed(known.permission_level)):
        return Section(TITLE, note=refused)
    error = report.error if report is not None else account.error if account is not None else None
    if error is not None:
        return Section(TITLE, note=_why_not(error))
    if known is not None and known.current_cycle is None:
        return Section(TITLE, note="The account does not tell which billing cycle is open.")
    return Section(TITLE, note=NOT_LOADED)


def _why_not(error: SimtuiError) -> str:
    return no_bill(error, "a group") or clean(error.title)


def _rows(report: BillingReport, now: datetime) -> Iterator[tuple[str, Cell]]:
    yield "Net", Cell(net_text(report), "strong")
    if at_the_end := estimate_text(report, now):
        yield "At its end", Cell(at_the_end, "accent")
    for name, amount in parts_of(report):
        yield name, Cell(money(amount, report))
    if charged := charged_text(report):
        yield "Things", Cell(charged)
    if report.cycle is not None:
        yield "Cycle", Cell(_cycle_text(report.cycle))
    if report.generated_at is not None:
        yield "As of", Cell(age_ago(report.generated_at, now), "dim")


def _cycle_text(cycle: BillingCycle) -> str:
    until = f", until {day_text(cycle.end, cycle.time_zone)}" if cycle.end else ""
    return f"{named(cycle.cycle_id)}{until}"
