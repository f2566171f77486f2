"""Work that the server does in its own time (contract §3.11)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


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
