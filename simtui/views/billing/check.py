"""What is wrong, or only surprising, about the sums of a bill."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from simtui.models import BillingReport
from simtui.models.billing import NET
from simtui.views.amounts import count_text
from simtui.views.billing.money import ZERO, decimal_of, plain
from simtui.views.billing.rows import Bill
from simtui.views.billing.words import total_name
from simtui.views.cell import Cell
from simtui.views.plan.wording import named, plural


def findings(bill: Bill, whole: BillingReport | None) -> Iterator[Cell]:
    """Sentences about the sums, the worst first. ``whole`` is the bill in one piece."""
    yield from _sums(bill)
    if bill.unreadable:
        lines = plural(bill.unreadable, "line has an amount that is", "lines have amounts that are")
        yield Cell(f"✗ {count_text(bill.unreadable)} {lines} no number; not in the sums", "bad")
    net = decimal_of(whole.totals.get(NET)) if whole is not None else None
    if whole is not None and whole is not bill.report and net is not None and net != bill.total:
        yield Cell(
            f"Rows: {plain(bill.total)}; in one piece: {named(whole.totals[NET])}"
            " (each line is rounded on its own)",
            "dim",
        )


def _sums(bill: Bill) -> Iterator[Cell]:
    """Totals that are not those of their lines (contract §3.9: total = Σ lines)."""
    totals = bill.report.totals
    for name, of_lines in bill.sums_by_total().items():
        yield from _differs(total_name(name), totals.get(name), of_lines)
    yield from _differs("The net", totals.get(NET), bill.total)
    parts = [decimal_of(amount) for name, amount in totals.items() if name != NET]
    if parts and NET in totals and None not in parts:
        together = sum((part for part in parts if part is not None), ZERO)
        if together != decimal_of(totals[NET]) and together != bill.total:
            yield from _differs("The net", totals[NET], together, "the parts")


def _differs(
    what: str, told: str | None, found: Decimal, whose: str = "the lines"
) -> Iterator[Cell]:
    if told is None and found == ZERO:
        return
    if told is None or decimal_of(told) != found:
        says = "is not told" if told is None else f"is {named(told)}"
        yield Cell(f"✗ Does not add up: {what} {says}, {whose} are {plain(found)}", "bad")
