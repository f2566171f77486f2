"""Stopping a job."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from simtui.models import Job
from simtui.store import subjects
from simtui.store.command import Command
from simtui.store.job_queries import JobQuery
from simtui.store.query import Query

if TYPE_CHECKING:
    from simtui.store.source import Writing

CANCEL_JOB: Final = "cancel-job"


class CancelJob(Command[Job]):
    """Stops a job where it is; what it did stays done (contract §2)."""

    def __init__(self, job: Job) -> None:
        self.job = job
        self.summary = f"Cancel job {job.job_id}"
        self.subject = f"job {job.job_id} ({job.type})"

    @property
    def kind(self) -> str:
        """Its own."""
        return CANCEL_JOB

    @property
    def parameters(self) -> Mapping[str, Any]:
        """Which job."""
        return {"job_id": self.job.job_id}

    @property
    def touches(self) -> frozenset[str]:
        """The jobs."""
        return frozenset({subjects.JOBS})

    def rereads(self) -> tuple[Query[Any], ...]:
        """The job."""
        return (JobQuery(self.job.job_id),)

    async def send(self, source: Writing, request_id: str) -> Job:
        """Send it once."""
        return await source.cancel_job(self.job.job_id, request_id=request_id)
