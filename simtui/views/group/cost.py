"""What a group costs so far, as a section (contract §3.9)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Final

from simtui.errors import CapabilityAbsent, Forbidden, NotFound, SimtuiError
from simtui.models import Account, BillingCycle, BillingReport
from simtui.models.billing import NET
from simtui.views.ages import age_ago
from simtui.views.amounts import count_text
from simtui.views.cell import Cell
from simtui.views.detail.section import NOT_LOADED, Known, Rows, Section
from simtui.views.plan.wording import day_text, named, things_text
from simtui.views.text import clean

TITLE: Final = "Cost so far"
_KINDS: Final[Mapping[str, str]] = {"DATA": "Data", "SMS": "SMS", "SUBSCRIPTION": "Base fee"}
"""The sums of a report in the order in which they are shown, before those we do not know."""


def cost_section(
    account: Known[Account] | None, report: Known[BillingReport] | None, now: datetime
) -> Section:
    """The sums as the server tells them, to the last digit; or why there are none."""
    if report is not None and report.value is not None:
        behind = f"may be behind: {clean(report.error.title)}" if report.error else ""
        return Section(TITLE, tuple(_rows(report.value, now)), behind)
    error = report.error if report is not None else account.error if account is not None else None
    if error is not None:
        return Section(TITLE, note=_why_not(error))
    known = account.value if account is not None else None
    if known is not None and known.current_cycle is None:
        return Section(TITLE, note="The account does not tell which billing cycle is open.")
    return Section(TITLE, note=NOT_LOADED)


def _why_not(error: SimtuiError) -> str:
    if isinstance(error, Forbidden):
        return "Your permission level does not let you see what it costs."
    if isinstance(error, (NotFound, CapabilityAbsent)):
        return "This API does not tell what a group costs."
    return clean(error.title)


def _rows(report: BillingReport, now: datetime) -> Iterator[tuple[str, Cell]]:
    yield "Net", Cell(_net_text(report), "strong")
    yield from _parts(report)
    if report.things_billable is not None:
        free = f", {count_text(report.things_free)} free" if report.things_free else ""
        yield "Charged", Cell(f"{things_text(report.things_billable)}{free}")
    if report.cycle is not None:
        yield "Cycle", Cell(_cycle_text(report.cycle))
    if report.generated_at is not None:
        yield "As of", Cell(age_ago(report.generated_at, now), "dim")


def _net_text(report: BillingReport) -> str:
    net = report.totals.get(NET)
    text = _amount(net, report) if net is not None else "not told"
    return f"{text} · estimate, the cycle is open" if report.estimated else text


def _parts(report: BillingReport) -> Rows:
    others = sorted(kind for kind in report.totals if kind not in _KINDS and kind != NET)
    return tuple(
        (_KINDS.get(kind, named(kind)), Cell(_amount(report.totals[kind], report)))
        for kind in (*_KINDS, *others)
        if kind in report.totals
    )


def _amount(amount: str, report: BillingReport) -> str:
    return f"{named(amount)} {named(report.currency)}".strip()


def _cycle_text(cycle: BillingCycle) -> str:
    until = f", until {day_text(cycle.end, cycle.time_zone)}" if cycle.end else ""
    return f"{named(cycle.cycle_id)}{until}"
