"""Work that the server does in its own time (contract §3.11)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from simtui.models.billing import BillingReport

REPORT: Final = "REPORT"
"""The type of a job that makes a billing report."""


class JobStatus:
    """How far a job is (contract §3.11)."""

    QUEUED: Final = "QUEUED"
    RUNNING: Final = "RUNNING"
    COMPLETED: Final = "COMPLETED"
    COMPLETED_WITH_ERRORS: Final = "COMPLETED_WITH_ERRORS"
    FAILED: Final = "FAILED"
    CANCELLED: Final = "CANCELLED"
    UNFINISHED: Final = frozenset({QUEUED, RUNNING})


class ItemOutcome:
    """What became of one target of a job."""

    OK: Final = "OK"
    SKIPPED: Final = "SKIPPED"
    FAILED: Final = "FAILED"


@dataclass(frozen=True, slots=True)
class Job:
    """A bulk action, report, tunnel, ping or reset on its way."""

    job_id: str
    type: str
    status: str
    total: int | None = None
    succeeded: int | None = None
    failed: int | None = None
    skipped: int | None = None
    created_by: str | None = None
    created_at: datetime | None = None
    started_at: datetime | None = None
    finished_at: datetime | None = None
    client_reference: str | None = None
    result_path: str | None = None

    @property
    def finished(self) -> bool:
        """Whether nothing more will come of it; a status that is not known counts so."""
        return self.status not in JobStatus.UNFINISHED

    @property
    def done(self) -> int:
        """How many targets it is through with."""
        return (self.succeeded or 0) + (self.failed or 0) + (self.skipped or 0)


@dataclass(frozen=True, slots=True)
class JobProgress:
    """A job as it is now, and in how many seconds the server wants to be asked again.

    ``report`` is what it made, when it has ended and that is a billing report.
    """

    job: Job
    retry_after: float | None = None
    report: BillingReport | None = None


@dataclass(frozen=True, slots=True)
class JobItem:
    """What became of one target, in the server's words; a ping's targets are its echoes."""

    outcome: str
    thing_id: str | None = None
    iccid: str | None = None
    name: str | None = None
    message: str | None = None
    before: Mapping[str, Any] | None = None
    after: Mapping[str, Any] | None = None
