"""What a run has to report, of whichever kind it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simtui.models.runbook import Run, RunKind
from simtui.views.runbook.revive_report import revive_report
from simtui.views.runbook.stolen_ticket import stolen_ticket

if TYPE_CHECKING:
    from simtui.ui.visit import Visit


def report_of(visit: Visit, run: Run) -> str:
    """As text for a ticket."""
    now = visit.workspace.runs.now()
    if run.kind == RunKind.REVIVE:
        return revive_report(run, now)
    return stolen_ticket(run, visit.runbooks.stolen.writes(run), now)
