"""Stopping a job: asked first, written down, sent once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simtui.models import Job
from simtui.models.journal import JournalEntry
from simtui.models.permission import Area, levels_that_may, may_change
from simtui.store.job_writes import CancelJob
from simtui.store.list_queries import AccountQuery
from simtui.store.store import Store
from simtui.ui.one_write import carry_out
from simtui.ui.screens.confirm_dialog import ConfirmDialog
from simtui.views.jobs.progress import counts_text
from simtui.views.jobs.words import job_title

if TYPE_CHECKING:
    from simtui.ui.app import SimtuiApp


def offer_to_cancel(app: SimtuiApp, store: Store, job: Job, entry: JournalEntry | None) -> None:
    """Ask whether the job shall be stopped, or say why it cannot be."""
    if objection := why_not(store, job):
        app.notice(objection)
        return
    title = job_title(job, entry)
    meaning = (
        f"{title}: {counts_text(job) or 'some'} are done, and what was done stays done. "
        "The server stops before the next one; it cannot be told to go on."
    )

    def answered(yes: bool | None) -> None:
        if yes:
            work = carry_out(
                app,
                store,
                CancelJob(job),
                lambda stopped: f"Cancelled at {counts_text(stopped)}: {title}",
            )
            app.run_worker(work)

    app.push_screen(ConfirmDialog("Cancel the job?", meaning, "stop it", "let it run"), answered)


def why_not(store: Store, job: Job) -> str:
    """Why a job cannot be stopped, as a sentence; empty when it can."""
    if job.finished:
        return "The job has ended already; there is nothing left to stop"
    account = store.entry(AccountQuery()).value
    level = account.permission_level if account is not None else None
    if not may_change(level, Area.ACTIONS):
        needed = " or ".join(levels_that_may(Area.ACTIONS))
        return f"Stopping a job takes {needed}; this account is {level}"
    return ""
