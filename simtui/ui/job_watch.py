"""Everything that is watched for one job."""

from __future__ import annotations

from asyncio import Task
from collections.abc import Callable

from simtui.errors import SimtuiError
from simtui.models import Job, JobItem, JobProgress
from simtui.models.job import REPORT
from simtui.store.cells import Watch
from simtui.store.entry import Entry
from simtui.store.job_queries import JobItemsQuery, JobQuery
from simtui.store.store import Store


class JobWatch:
    """The job as last known, and its result when it has ended; follows it until then."""

    def __init__(self, store: Store, job_id: str, on_change: Callable[[], None]) -> None:
        self._store = store
        self._on_change = on_change
        self._query = JobQuery(job_id)
        self._items_query = JobItemsQuery(job_id)
        self._items_watch: Watch[tuple[JobItem, ...]] | None = None
        self._entry: Entry[JobProgress] = Entry()
        self._items: Entry[tuple[JobItem, ...]] = Entry()
        self._following: Task[Job] | None = None
        self._watch = store.watch(self._query, self._job_came)

    def close(self) -> None:
        """Stop watching; the job is followed to its end all the same."""
        if self._following is not None:
            self._following.remove_done_callback(self._ended)
        self._watch.close()
        if self._items_watch is not None:
            self._items_watch.close()

    @property
    def job(self) -> Job | None:
        """The job, None before it was read."""
        return self._entry.value.job if self._entry.value is not None else None

    @property
    def items(self) -> tuple[JobItem, ...] | None:
        """What became of its targets, None before that was read; a report has none."""
        return () if self._made_a_report else self._items.value

    @property
    def _made_a_report(self) -> bool:
        return self.job is not None and self.job.finished and self.job.type == REPORT

    @property
    def error(self) -> SimtuiError | None:
        """Why what is shown is not the present."""
        return self._entry.error or self._items.error

    @property
    def loading(self) -> bool:
        """Whether any of it is on its way."""
        return self._entry.loading or self._items.loading

    def refresh(self) -> None:
        """Ask for it again, with what became of its targets so far."""
        self._store.refresh(self._query)
        if self._items_watch is None:
            self._watch_items()
        else:
            self._store.refresh(self._items_query)

    def _job_came(self, entry: Entry[JobProgress]) -> None:
        self._entry = entry
        job = self.job
        if job is not None and self._following is None:
            if job.finished:
                self._watch_items()
            else:
                self._following = self._store.follow_job(job.job_id)
                self._following.add_done_callback(self._ended)
        self._on_change()

    def _ended(self, task: Task[Job]) -> None:
        """Read the result once, when all that the end of a job outdates is outdated."""
        if not task.cancelled() and task.exception() is None:
            self._watch_items()
            self._on_change()

    def _watch_items(self) -> None:
        if self._items_watch is None and not self._made_a_report:
            self._items_watch = self._store.watch(self._items_query, self._items_came)

    def _items_came(self, entry: Entry[tuple[JobItem, ...]]) -> None:
        self._items = entry
        self._on_change()
