"""A bill as plain text for a pipe: its head, and a table with nothing cut off."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from simtui.models import BillingReport
from simtui.views.billing.cells import Shown
from simtui.views.billing.check import findings
from simtui.views.billing.columns import WIDE_FROM
from simtui.views.billing.estimate import elapsed_of, is_open
from simtui.views.billing.head import charged_text, cycle_line, estimate_line, net_line
from simtui.views.billing.names import Names
from simtui.views.billing.order import first_sort, ordered
from simtui.views.billing.rows import Bill
from simtui.views.billing.words import View
from simtui.views.cell import Column, Row
from simtui.views.text import cell_width, fit

_ENDLESS: Final = 1_000
"""A width that nothing is cut for."""
_DRAWN: Final = frozenset({"bar"})
"""Columns that only a screen has."""


def bill_lines(
    whole: BillingReport, report: BillingReport, view: View, names: Names
) -> Iterator[str]:
    """The head of the bill in one piece, and the rows of ``report``."""
    now: datetime = names.context.now
    yield _line(cycle_line(whole.cycle, whole, now, _ENDLESS))
    yield _line(net_line(whole, _ENDLESS))
    yield _line(estimate_line(whole, now, _ENDLESS))
    if charged := charged_text(whole):
        yield charged
    bill = _made(report, view)
    if bill.rows:
        yield ""
        elapsed = elapsed_of(report, now) if is_open(report) else None
        yield from _table(Shown(bill, names, elapsed))


def warnings(report: BillingReport, view: View) -> list[str]:
    """What is wrong with the sums."""
    return [one.text for one in findings(_made(report, view), None) if one.tone == "bad"]


def _made(report: BillingReport, view: View) -> Bill:
    bill = Bill(report, view)
    for _ in bill.work():
        continue
    return bill


def _table(shown: Shown) -> Iterator[str]:
    *_, keys = ordered(shown, first_sort(shown.bill.view))
    columns = tuple(one for one in shown.columns(WIDE_FROM) if one.key not in _DRAWN)
    rows = [[cell.text for cell in shown.row(key, columns)] for key in keys]
    widths = [
        max(cell_width(text) for text in texts)
        for texts in zip([column.title for column in columns], *rows, strict=True)
    ]
    for texts in ([column.title for column in columns], *rows):
        yield _joined(texts, columns, widths)


def _joined(texts: list[str], columns: tuple[Column, ...], widths: list[int]) -> str:
    cells = zip(texts, columns, widths, strict=True)
    return "  ".join(fit(text, width, column.align) for text, column, width in cells).rstrip()


def _line(row: Row) -> str:
    return "".join(cell.text for cell in row).strip()
