"""The questions about jobs and their results (contract §1.6)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from simtui.models import Job, JobItem, JobProgress
from simtui.store import subjects
from simtui.store.gc_pause import collector_held, hide_from_collector
from simtui.store.query import ReadQuery

if TYPE_CHECKING:
    from simtui.store.source import Source


@dataclass(frozen=True, slots=True)
class JobsQuery(ReadQuery[tuple[Job, ...]]):
    """The jobs that the server still has, the latest first."""

    max_age = 15.0

    @property
    def subjects(self) -> frozenset[str]:
        """The jobs."""
        return frozenset({subjects.JOBS})

    async def fetch(self, source: Source, now: datetime) -> tuple[Job, ...]:
        """Read them."""
        return tuple(await source.jobs())


@dataclass(frozen=True, slots=True)
class JobQuery(ReadQuery[JobProgress]):
    """One job as it is now; `simtui.store.job_follow` keeps it up to date to its end."""

    job_id: str
    polled = False

    @property
    def subjects(self) -> frozenset[str]:
        """The jobs."""
        return frozenset({subjects.JOBS})

    def weight(self, value: JobProgress) -> int:
        """The lines of the report that it made."""
        return len(value.report.lines) if value.report is not None else 0

    async def fetch(self, source: Source, now: datetime) -> JobProgress:
        """Read it."""
        with collector_held():
            progress = await source.job(self.job_id)
            hide_from_collector(self.weight(progress))
            return progress


@dataclass(frozen=True, slots=True)
class JobItemsQuery(ReadQuery[tuple[JobItem, ...]]):
    """What became of the targets of a job, so far or in the end."""

    job_id: str
    polled = False

    @property
    def subjects(self) -> frozenset[str]:
        """The jobs."""
        return frozenset({subjects.JOBS})

    async def fetch(self, source: Source, now: datetime) -> tuple[JobItem, ...]:
        """Read all of it."""
        return tuple(await source.job_items(self.job_id))
