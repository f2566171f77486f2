"""The jobs of the account."""

from __future__ import annotations

from collections.abc import Sequence

from textual import on

from simtui.models import Job
from simtui.models.journal import JournalEntry
from simtui.store.cells import Watch
from simtui.store.entry import Entry
from simtui.store.job_queries import JobsQuery
from simtui.ui.cancelling import offer_to_cancel
from simtui.ui.fleet_status import QUOTA_WARNS_AT
from simtui.ui.history import JobPlace
from simtui.ui.key import Key
from simtui.ui.keys import bindings
from simtui.ui.list_page import ListPage
from simtui.ui.widgets import table_messages
from simtui.views.amounts import count_text
from simtui.views.cell import Column, Row
from simtui.views.jobs.rows import job_row, jobs_columns
from simtui.views.text import clean

RUNNING_SECONDS = 2.0
"""How often the list is asked for while something on it runs."""


class JobsPage(ListPage):
    """What the server does in its own time, the latest first."""

    scopes = ("table", "jobs")
    heading = "Jobs"
    screen_title = "Jobs"
    BINDINGS = bindings("jobs")

    _entry: Entry[tuple[Job, ...]] = Entry()
    _jobs: dict[str, Job] = {}
    _watch: Watch[tuple[Job, ...]] | None = None

    def on_mount(self) -> None:
        """Ask for them."""
        store = self.feed.store
        self._unlisten = self.follow_journal(self.show_rows)
        self._watch = store.watch(JobsQuery(), self._came)
        self.set_interval(RUNNING_SECONDS, self._hurry)

    def on_unmount(self) -> None:
        """Ask no more."""
        self._unlisten()
        if self._watch is not None:
            self._watch.close()

    def columns(self, width: int) -> tuple[Column, ...]:
        """The columns for a terminal of ``width`` cells."""
        return jobs_columns(width)

    def keys(self) -> Sequence[str]:
        """The ids, as the server lists them: the latest first."""
        return tuple(self._jobs)

    def row(self, key: str, columns: tuple[Column, ...]) -> Row:
        """One job."""
        return job_row(self._jobs[key], self._written(key), columns, self.feed.context.now)

    def why_empty(self) -> tuple[str, str]:
        """Why there are none."""
        if self._entry.value is not None:
            return (
                "There are no jobs.",
                "An action on many Things becomes one: mark some in the list, then press a.\n"
                "The server keeps a job for seven days.",
            )
        if self._entry.error is not None:
            why = clean(str(self._entry.error), limit=600)
            return "The jobs could not be loaded.", f"{why}\n\nr tries again now, ! shows all."
        return "Loading the jobs …", "They appear as soon as the server has answered."

    def show_top(self) -> None:
        """How many there are, and how many of them run."""
        running = sum(not job.finished for job in self._jobs.values())
        counts = f"{count_text(running)} running · " if running else ""
        known = self._entry.value is not None
        total = f"{counts}{count_text(len(self._jobs))} kept" if known else ""
        self.show_fleet_status(self.feed, ("Jobs",), counts=total)
        self.show_nav()

    def refresh_now(self) -> None:
        """Ask for them again."""
        self.feed.store.refresh(JobsQuery())

    @property
    def asking(self) -> bool:
        """Whether they are on their way."""
        return self._entry.loading

    def offers(self, key: Key) -> bool:
        """Nothing to open without jobs, nothing to stop when none of them runs."""
        if key.id == "cancel-job":
            return any(not job.finished for job in self._jobs.values())
        return bool(self._jobs) or key.id != "open"

    @on(table_messages.Opened)
    def _opened(self, event: table_messages.Opened) -> None:
        self.simtui.go_soon(JobPlace(event.key))

    def action_cancel_job(self) -> None:
        """Stop the row's job, after a question."""
        job = self._jobs.get(self.table.cursor_key or "")
        if job is not None:
            offer_to_cancel(self.simtui, self.feed.store, job, self._written(job.job_id))

    def _came(self, entry: Entry[tuple[Job, ...]]) -> None:
        self._entry = entry
        if entry.value is not None:
            self._jobs = {job.job_id: job for job in entry.value}
        self.show_error(entry.error)
        self.show_rows()

    def _hurry(self) -> None:
        """What runs is looked at more often, unless the quota is about to be used up."""
        quota = self.feed.store.quota
        share = quota.share if quota is not None else None
        running = any(not job.finished for job in self._jobs.values())
        if running and not self._entry.loading and (share or 0.0) < QUOTA_WARNS_AT:
            self.refresh_now()

    def _written(self, job_id: str) -> JournalEntry | None:
        return self.feed.store.journal.of_job(job_id)
