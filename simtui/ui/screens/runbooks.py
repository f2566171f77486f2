"""The runs of runbooks: what goes on, what was interrupted, what has ended."""

from __future__ import annotations

from collections.abc import Sequence

from textual import on

from simtui.models.runbook import Run, RunKind
from simtui.ui.history import RunbookPlace
from simtui.ui.key import Key
from simtui.ui.keys import bindings
from simtui.ui.list_page import ListPage
from simtui.ui.runbook.report import report_of
from simtui.ui.widgets import table_messages
from simtui.views.amounts import count_text
from simtui.views.cell import Column, Row
from simtui.views.runbook.list_rows import runbook_row, runbooks_columns


class RunbooksPage(ListPage):
    """The latest begun first; rows are runs."""

    scopes = ("table", "runbooks")
    heading = "Runbooks"
    BINDINGS = bindings("runbooks")

    def on_mount(self) -> None:
        """Follow them."""
        visit = self.simtui.visit
        self._unlisten = visit.runbooks.listen(self.show_rows) if visit is not None else None

    def on_unmount(self) -> None:
        """Follow them no more."""
        if self._unlisten is not None:
            self._unlisten()

    @property
    def _runs(self) -> dict[str, Run]:
        visit = self.simtui.visit
        return {run.run_id: run for run in visit.workspace.runs.all} if visit is not None else {}

    @property
    def run_here(self) -> Run | None:
        """The run under the cursor."""
        return self._runs.get(self.table.cursor_key or "")

    def columns(self, width: int) -> tuple[Column, ...]:
        """The columns for a terminal of ``width`` cells."""
        return runbooks_columns(width)

    def keys(self) -> Sequence[str]:
        """Their ids."""
        return tuple(self._runs)

    def row(self, key: str, columns: tuple[Column, ...]) -> Row:
        """One run."""
        run, visit = self._runs.get(key), self.simtui.visit
        if run is None or visit is None:
            return ()
        return runbook_row(
            run,
            columns,
            self.feed.context.now,
            under_way=visit.runbooks.is_under_way(run),
            elsewhere=visit.workspace.runs.is_elsewhere(run),
        )

    def show_rows(self) -> None:
        """Bring the table up to date, also when only what stands in its rows has changed."""
        super().show_rows()
        self.table.refresh_rows()

    def why_empty(self) -> tuple[str, str]:
        """Why there are none."""
        return (
            "No runbook was begun yet.",
            "b on a Thing begins one: Stolen SIM after a change of IMEI (i shows them),\n"
            "or Revive for silent Things that are marked in the list (2).",
        )

    def show_top(self) -> None:
        """How many there are, and how many of them are open."""
        runs = self._runs.values()
        open_ones = sum(not run.ended for run in runs)
        counts = f"{count_text(open_ones)} open · {count_text(len(runs))} kept" if runs else ""
        self.show_fleet_status(self.feed, ("Runbooks",), counts=counts)
        self.show_nav()

    def offers(self, key: Key) -> bool:
        """Nothing to open or to copy without runs."""
        return bool(self._runs) or key.id not in ("open", "copy-run")

    @on(table_messages.Opened)
    def _opened(self, event: table_messages.Opened) -> None:
        run = self._runs.get(event.key)
        if run is not None:
            self.simtui.go_soon(RunbookPlace(run.run_id, run.kind))

    def action_copy(self) -> None:
        """Its report, or its ticket text."""
        run, visit = self.run_here, self.simtui.visit
        if run is not None and visit is not None:
            self.app.copy_to_clipboard(report_of(visit, run))
            what = "report" if run.kind == RunKind.REVIVE else "ticket text"
            self.simtui.notice(f"Copied the {what}")
