"""A revive: its stage and the time that is left, and every Thing of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual import on
from textual.app import ComposeResult

from simtui.errors import SimtuiError
from simtui.models.runbook import Run, RunThing
from simtui.ui.fleet_feed import FleetFeed
from simtui.ui.history import ThingPlace
from simtui.ui.key import Key
from simtui.ui.keys import bindings
from simtui.ui.list_page import ListPage
from simtui.ui.runbook.report import report_of
from simtui.ui.runbook.runbooks import Runbooks
from simtui.ui.widgets import table_messages
from simtui.ui.widgets.line import Line
from simtui.ui.widgets.remark import Remark
from simtui.views.cell import Cell, Column, Row
from simtui.views.runbook.revive_rows import (
    remark_on,
    revive_columns,
    revive_order,
    revive_row,
)
from simtui.views.runbook.revive_words import counts_line, settings_line, stage_line
from simtui.views.runbook.words import run_title

REMARK_LINES = 2


class RevivePage(ListPage):
    """Follows it; rows are its Things."""

    scopes = ("table", "revive")
    heading = "Revive"
    BINDINGS = bindings("revive")

    def __init__(self, feed: FleetFeed, run_id: str) -> None:
        super().__init__(feed)
        self._run_id = run_id

    def compose_body(self) -> ComposeResult:
        """Three lines about it, and the table."""
        for name in ("stage", "counts", "settings"):
            yield Line(id=f"revive-{name}", classes="head")
        yield from super().compose_body()
        yield Remark(REMARK_LINES)

    def on_mount(self) -> None:
        """Follow it."""
        books = self._books
        self._unlisten = books.listen(self._changed) if books is not None else None

    def on_unmount(self) -> None:
        """Follow it no more; it goes on."""
        if self._unlisten is not None:
            self._unlisten()

    # What is shown

    @property
    def run_shown(self) -> Run | None:
        """The run as it is now."""
        visit = self.simtui.visit
        return visit.workspace.runs.find(self._run_id) if visit is not None else None

    @property
    def _books(self) -> Runbooks | None:
        return self.simtui.visit.runbooks if self.simtui.visit is not None else None

    @property
    def _things(self) -> dict[str, RunThing]:
        run = self.run_shown
        return {one.thing_id: one for one in revive_order(run)} if run is not None else {}

    @property
    def cursor_name(self) -> str:
        """Each run has its own."""
        return f"Revive {self._run_id}"

    def columns(self, width: int) -> tuple[Column, ...]:
        """The columns for a terminal of ``width`` cells."""
        return revive_columns(width)

    def keys(self) -> Sequence[str]:
        """Its Things; what deserves to be looked at comes first."""
        return tuple(self._things)

    def row(self, key: str, columns: tuple[Column, ...]) -> Row:
        """One Thing."""
        run, thing = self.run_shown, self._things.get(key)
        return revive_row(run, thing, columns) if run is not None and thing is not None else ()

    def show_rows(self) -> None:
        """Bring all of it up to date; the Things stay the same, what is known of them does not."""
        super().show_rows()
        self.table.refresh_rows()
        self._show_remark()

    def why_empty(self) -> tuple[str, str]:
        """Why there is nothing."""
        return "This run is not kept any more.", ":runbooks lists those that are."

    def show_top(self) -> None:
        """The lines over the table; each is drawn only when it reads differently."""
        run, books = self.run_shown, self._books
        title = run_title(run) if run is not None else self._run_id
        self.show_fleet_status(self.feed, ("Runbooks", title))
        self.show_nav()
        visit = self.simtui.visit
        if run is None or books is None or visit is None:
            return
        now = self.feed.context.now
        under_way = books.is_under_way(run)
        elsewhere = not under_way and visit.workspace.runs.is_elsewhere(run)
        trouble = books.trouble(run)
        stage = stage_line(run, now, under_way=under_way, elsewhere=elsewhere, trouble=trouble)
        self._line("stage").show(lambda width: stage)
        self._line("counts").show(lambda width: counts_line(run))
        self._line("settings").show(lambda width: settings_line(run, now))

    def offers(self, key: Key) -> bool:
        """Nothing to stop or to go on with after the end."""
        run, books = self.run_shown, self._books
        open_still = run is not None and not run.ended
        if key.id == "go-on-revive":
            return (
                open_still and books is not None and run is not None and not books.is_under_way(run)
            )
        return open_still if key.id == "stop-revive" else run is not None

    def on_resize(self) -> None:
        """Give the words about the row the lines that there is room for."""
        self.query_one(Remark).fit_terminal()

    @on(table_messages.Moved)
    def _moved(self) -> None:
        self._show_remark()

    def _show_remark(self) -> None:
        """All that is known of the Thing under the cursor."""
        run, thing = self.run_shown, self._things.get(self.table.cursor_key or "")
        said = remark_on(run, thing) if run is not None and thing is not None else Cell("")
        self.query_one(Remark).show(said)

    def _changed(self) -> None:
        self.show_rows()
        self.show_hints()

    def _line(self, name: str) -> Line:
        return self.query_one(f"#revive-{name}", Line)

    # What the keys do

    @on(table_messages.Opened)
    def _opened(self, event: table_messages.Opened) -> None:
        self.simtui.go_soon(ThingPlace(event.key))

    def action_stop(self) -> None:
        """Give it up, after a question."""
        run, books = self.run_shown, self._books
        if run is not None and books is not None:
            self._try(lambda: books.ask_to_stop(run))

    def action_go_on(self) -> None:
        """Go on where it was interrupted."""
        run, books = self.run_shown, self._books
        if run is not None and books is not None:
            self._try(lambda: books.go_on(run))

    def action_copy(self) -> None:
        """The report."""
        run, visit = self.run_shown, self.simtui.visit
        if run is not None and visit is not None:
            self.app.copy_to_clipboard(report_of(visit, run))
            self.simtui.notice("Copied the report")

    def _try(self, do: Callable[[], None]) -> None:
        try:
            do()
        except SimtuiError as error:
            self.simtui.report(error)
