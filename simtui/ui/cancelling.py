"""Stopping a job: asked first, written down, sent once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simtui.errors import OutcomeUnknown, SimtuiError
from simtui.models import Job
from simtui.models.journal import JournalEntry, Outcome
from simtui.models.permission import Area, levels_that_may, may_change
from simtui.store.job_writes import CancelJob
from simtui.store.list_queries import AccountQuery
from simtui.store.outbox import Part
from simtui.store.store import Store
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
            app.run_worker(_cancel(app, store, job, title))

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


async def _cancel(app: SimtuiApp, store: Store, job: Job, title: str) -> None:
    """As a worker of the app: the page may be left before the answer comes."""
    part = Part()
    try:
        stopped = await store.outbox.run(CancelJob(job), part)
    except OutcomeUnknown as lost:
        app.notice(f"Cancel {title}: the answer was lost; looking how it is now …")
        found = await store.outbox.verdict(part.entry_id)
        if found.outcome == Outcome.UNKNOWN:
            app.report(lost)
        else:
            app.notice(f"The answer was lost; looked up: {found.detail}")
    except SimtuiError as error:
        app.report(error)
    else:
        app.notice(f"Cancelled at {counts_text(stopped)}: {title}")
