"""The lines over the rows of a bill."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from textual.app import ComposeResult
from textual.widget import Widget

from simtui.models import BillingReport
from simtui.ui.billing.bill_watch import BillWatch
from simtui.ui.widgets.line import Line
from simtui.views.billing.cells import Shown
from simtui.views.billing.check import findings
from simtui.views.billing.estimate import is_open
from simtui.views.billing.head import charged_line, cycle_line, estimate_line, net_line
from simtui.views.cell import Cell, Row
from simtui.views.text import fit

LEAST_HEIGHT = 16
"""Lines of a terminal from which on all of the head is shown; else the sums alone."""


class BillHead(Widget):
    """Which cycle, what it comes to and will come to, who is charged, and what is odd about
    the sums. What reads the same is not drawn."""

    def compose(self) -> ComposeResult:
        """A line each."""
        for name in ("cycle", "net", "end", "charged", "odd"):
            yield Line(id=f"bill-{name}", classes="head")

    def show(self, watch: BillWatch, shown: Shown | None, now: datetime, height: int) -> None:
        """Bring all lines up to date."""
        report, cycle = watch.whole.value, watch.cycle
        odd = tuple(_odd(shown, report))
        self._line("cycle").show(lambda width: cycle_line(cycle, report, now, width))
        self._line("net").show(lambda width: net_line(report, width) if report else ())
        self._line("end").show(lambda width: estimate_line(report, now, width) if report else ())
        self._line("charged").show(lambda width: charged_line(report, width) if report else ())
        self._line("odd").show(lambda width: _fitted(odd, width))
        roomy = height >= LEAST_HEIGHT
        self._line("cycle").display = self._line("charged").display = roomy
        self._line("odd").display = roomy or any(cell.tone == "bad" for cell in odd)

    def _line(self, name: str) -> Line:
        return self.query_one(f"#bill-{name}", Line)


def _fitted(cells: Iterable[Cell], width: int) -> Row:
    return tuple(Cell(fit(cell.text, width).rstrip(), cell.tone) for cell in cells)


def _odd(shown: Shown | None, whole: BillingReport | None) -> Iterator[Cell]:
    """What is worst about the sums, how much more there is, and what a comparison lacks."""
    if shown is None:
        return
    told = (*_of_two(shown), *findings(shown.bill, whole))
    found = sorted(told, key=lambda one: one.tone != "bad")
    if found:
        more = f" (and {len(found) - 1} more)" if len(found) > 1 else ""
        yield Cell(f" {found[0].text}{more}", found[0].tone)


def _of_two(shown: Shown) -> Iterator[Cell]:
    """What is to be known when two cycles are compared."""
    other = shown.other
    if other is not None and is_open(shown.bill.report) != is_open(other.report):
        yield Cell("One of the two cycles is open: so far against a whole one", "dim")
