"""Following a job to its end, once for everybody who wants to know (contract §1.6)."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from itertools import chain, repeat
from typing import Final

from simtui.clock import Clock
from simtui.errors import NotFound, SimtuiError
from simtui.models import Job, JobStatus
from simtui.models.job import REPORT
from simtui.models.journal import JournalEntry, Outcome, Result
from simtui.store import subjects
from simtui.store.desk import Desk
from simtui.store.job_queries import JobQuery
from simtui.store.journal.journal import Journal

PAUSES: Final = (1.0, 2.0, 4.0, 8.0)
LONGEST_PAUSE: Final = 15.0
"""Seconds between two questions where the server does not say (contract §1.6)."""
TOUCHED: Final = frozenset(
    {
        subjects.FLEET,
        subjects.THINGS,
        subjects.GROUPS,
        subjects.NETWORKS,
        subjects.JOBS,
        subjects.SMS,
    }
)
"""What a job may have changed when it has ended; one that makes a report changes nothing."""


class JobFollower:
    """Asks for jobs until they have ended, and notes in the journal how.

    Whoever watches a `JobQuery` sees each answer. ``pace`` is by what to multiply the
    pauses, given the quota. ``lost`` hears of a write whose job the server has no more, so
    that only the Things themselves can tell what became of it.
    """

    def __init__(
        self,
        desk: Desk,
        journal: Journal,
        clock: Clock,
        sleep: Callable[[float], Awaitable[None]],
        pace: Callable[[], float],
    ) -> None:
        self._desk = desk
        self._journal = journal
        self._clock = clock
        self._sleep = sleep
        self._pace = pace
        self.lost: Callable[[JournalEntry], object] = lambda entry: None
        self._following: dict[str, asyncio.Task[Job]] = {}

    def follow(self, job_id: str) -> asyncio.Task[Job]:
        """The task that ends with the job; the same for everybody.

        It raises ``NotFound`` when the server does not have the job any more.
        """
        task = self._following.get(job_id)
        if task is None or task.done():
            task = asyncio.get_running_loop().create_task(self._to_the_end(job_id))
            task.add_done_callback(_heard)
            self._following[job_id] = task
        return task

    async def close(self) -> None:
        """Follow nothing any more; the next start takes it up."""
        tasks = tuple(self._following.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _to_the_end(self, job_id: str) -> Job:
        pauses = _pauses()
        while True:
            told: float | None = None
            try:
                progress = await self._desk.fetch(JobQuery(job_id))
            except NotFound:
                await self._gone(job_id)
                raise
            except SimtuiError:
                pass  # asked again later: the job goes on whether we can be told of it or not
            else:
                if progress.job.finished:
                    await self._ended(progress.job)
                    return progress.job
                told = progress.retry_after
            usual = next(pauses)
            await self._sleep((usual if told is None else told) * self._pace())

    async def _ended(self, job: Job) -> None:
        entry = self._journal.of_job(job.job_id)
        if entry is not None and not entry.settled:
            await self._desk.note(result_of(job, entry, self._clock))
        if job.type != REPORT:
            self._desk.invalidate(TOUCHED)

    async def _gone(self, job_id: str) -> None:
        entry = self._journal.of_job(job_id)
        if entry is not None and not entry.settled:
            detail = "The server has no such job any more"
            now = self._clock.now()
            await self._desk.note(Result(entry.entry_id, now, Outcome.UNKNOWN, detail, job_id))
            self.lost(self._journal.entry(entry.entry_id) or entry)


def result_of(job: Job, entry: JournalEntry, clock: Clock) -> Result:
    """How a job that has ended stands in the journal."""
    if job.status == JobStatus.COMPLETED:
        outcome = Outcome.CONFIRMED
    elif job.succeeded:
        outcome = Outcome.PARTLY
    else:
        outcome = Outcome.FAILED
    detail = "It was cancelled" if job.status == JobStatus.CANCELLED else ""
    counts = (job.succeeded, job.failed, job.skipped)
    return Result(entry.entry_id, clock.now(), outcome, detail, job.job_id, *counts)


def _pauses() -> Iterator[float]:
    return chain(PAUSES, repeat(LONGEST_PAUSE))


def _heard(task: asyncio.Task[Job]) -> None:
    """The journal has it; that nobody waits for the task is no fault."""
    if not task.cancelled():
        task.exception()
