"""The Pulse: what is wrong now."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual import on
from textual.app import ComposeResult

from simtui.ui.fleet_feed import FleetFeed
from simtui.ui.key import Key
from simtui.ui.list_page import ListPage
from simtui.ui.pulse.leads import place_of
from simtui.ui.pulse.pulse import Pulse
from simtui.ui.widgets import table_messages
from simtui.ui.widgets.line import Line
from simtui.ui.widgets.remark import Remark
from simtui.views.cell import Cell, Column, Row
from simtui.views.pulse.row import PulseRow
from simtui.views.pulse.table import counts_text, head_line, pulse_columns, pulse_row, remark

REMARK_LINES = 4


class PulsePage(ListPage):
    """A row a number, the worst first; enter opens the list behind it."""

    scopes = ("table",)
    heading = "Pulse"
    screen_title = "Pulse"

    _pulse: Pulse | None = None
    _unlisten_pulse: Callable[[], None] | None = None

    def __init__(self, feed: FleetFeed) -> None:
        super().__init__(feed)
        self._rows: dict[str, PulseRow] = {}

    def compose_body(self) -> ComposeResult:
        """What is worst, the table, and the words about its row."""
        yield Line(id="worst", classes="head")
        yield from super().compose_body()
        yield Remark(REMARK_LINES)

    def on_mount(self) -> None:
        """Let the Pulse ask for what it needs."""
        if (visit := self.simtui.visit) is not None:
            self._pulse = visit.pulse
            self._unlisten_pulse = self._pulse.listen(self._judged)
            self._pulse.show()
        self._judged()

    def on_unmount(self) -> None:
        """The rest rests."""
        if self._pulse is not None and self._unlisten_pulse is not None:
            self._unlisten_pulse()
            self._pulse.hide()

    def on_resize(self) -> None:
        """Give the words the lines that there is room for."""
        self.query_one(Remark).fit_terminal()

    def columns(self, width: int) -> tuple[Column, ...]:
        """The columns for a terminal of ``width`` cells."""
        return pulse_columns(width)

    def keys(self) -> Sequence[str]:
        """The keys of the numbers, the worst first."""
        return tuple(self._rows)

    def row(self, key: str, columns: tuple[Column, ...]) -> Row:
        """One number."""
        return pulse_row(self._rows[key], columns, self.feed.context.now)

    def why_empty(self) -> tuple[str, str]:
        """Nothing was judged yet."""
        return "Looking at the account …", "Numbers appear as soon as something is known."

    def show_rows(self) -> None:
        """Bring the table and the words around it up to date."""
        super().show_rows()
        rows = tuple(self._rows.values())
        self.query_one("#worst", Line).show(lambda width: head_line(rows, width))
        self._show_remark()

    def show_top(self) -> None:
        """How much is red."""
        counts = counts_text(tuple(self._rows.values())) if self._rows else ""
        self.show_fleet_status(self.feed, ("Pulse",), counts=counts)
        self.show_nav()
        self.show_error(self.feed.error)

    def fleet_changed(self, news: object) -> None:
        """Counting takes its time; the age of the fleet is told at once."""
        self.show_top()

    def refresh_now(self) -> None:
        """Ask for all of it again."""
        if self._pulse is not None:
            self._pulse.refresh()

    @property
    def asking(self) -> bool:
        """Whether any of it is on its way."""
        return self._pulse is not None and self._pulse.loading

    def offers(self, key: Key) -> bool:
        """A number without a list opens nothing."""
        here = self._here
        return key.id != "open" or (here is not None and place_of(here.lead) is not None)

    @property
    def _here(self) -> PulseRow | None:
        return self._rows.get(self.table.cursor_key or "")

    def _judged(self) -> None:
        if self._pulse is not None and self.query(Remark):  # else it is about to go away
            self._rows = {row.key: row for row in self._pulse.rows}
            self.show_rows()

    def _show_remark(self) -> None:
        self.query_one(Remark).show(remark(self._here) if self._here is not None else Cell(""))

    @on(table_messages.Moved)
    def _moved(self) -> None:
        self._show_remark()
        self.show_hints()

    @on(table_messages.Opened)
    def _opened(self, event: table_messages.Opened) -> None:
        row = self._rows.get(event.key)
        place = place_of(row.lead) if row is not None else None
        if place is not None:
            self.simtui.go_soon(place)
