"""Waiting for what a job of the server makes, such as a large billing report (contract §3.9)."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Protocol, TypeVar

from simtui.errors import JobFailed, NotFound
from simtui.models import Job, JobProgress
from simtui.store.cells import Cells, Watch
from simtui.store.entry import Entry, Progress
from simtui.store.job_queries import JobQuery
from simtui.store.query import MadeByJob, Query

T = TypeVar("T")


class Waiting(Protocol):
    """The store, as far as waiting uses it."""

    def watch(self, query: Query[T], on_change: Callable[[Entry[T]], None]) -> Watch[T]:
        """Hear of the present entry and of every new one."""

    def follow_job(self, job_id: str) -> asyncio.Task[Job]:
        """Keep `JobQuery` up to date until the job has ended."""


async def made_by_job(query: MadeByJob[T], job: Job, store: Waiting, cells: Cells) -> T:
    """What ``job`` makes for ``query``, whose entry tells meanwhile how far it is.

    Raises:
        JobFailed: when it ends without it.
    """
    asked = JobQuery(job.job_id)
    waiting = cells.open(query)

    def heard(entry: Entry[JobProgress]) -> None:
        now = entry.value.job if entry.value is not None else job
        waiting.show(progress=Progress(now.done, now.total or None, now))

    watch = store.watch(asked, heard)
    try:
        # shielded: others may follow it too, and whoever gives up waiting does not end it
        ended = await asyncio.shield(store.follow_job(job.job_id))
    except NotFound as error:
        raise _without_it(job, "The server has no such job any more") from error
    finally:
        watch.close()
    answered = cells.open(asked)
    progress = answered.entry.value
    if answered.wanted_by_nobody:  # what it made is kept once
        cells.forget(answered)
    result = query.result(progress) if progress is not None else None
    if result is None:
        raise _without_it(job, f"The job ended as {ended.status} and made nothing")
    return result


def _without_it(job: Job, why: str) -> JobFailed:
    return JobFailed(
        "The server did not make the report",
        f"{why} ({job.job_id})",
        "Press r for a new one",
    )
