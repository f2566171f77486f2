"""Work that takes time: a job goes through its targets as the world's time passes.

A job is QUEUED until its first moment, then RUNNING; the operations under
``/jobs`` show it, cancel it and hand out its result (contract §1.6, §3.11).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypeAlias

from simtui.sandbox.call import Answer
from simtui.sandbox.records import JobItem, JobRecord
from simtui.sandbox.render import job_view
from simtui.sandbox.world import World

Step: TypeAlias = Callable[[int, datetime], JobItem]
Finish: TypeAlias = Callable[[datetime], Any]

FINAL = frozenset({"COMPLETED", "COMPLETED_WITH_ERRORS", "FAILED", "CANCELLED"})
KEPT = timedelta(days=7)
"""How long a finished job can still be asked for (contract §1.6)."""
TICK_SECONDS = 0.5
RETRY_AFTER_SECONDS = 1


def start_job(
    world: World,
    *,
    kind: str,
    by: str,
    now: datetime,
    total: int,
    step: Step | None = None,
    finish: Finish | None = None,
    seconds: float = 2.0,
    per_second: float = 50.0,
    stop_on_first_error: bool = False,
    client_reference: str | None = None,
) -> JobRecord:
    """Queue a job and let the agenda carry it out.

    ``step(i, moment)`` handles target ``i`` and says what became of it, at most
    ``per_second`` targets a second; the rest is SKIPPED after a failure with
    ``stop_on_first_error``. Without ``step`` the job ends after ``seconds``.
    ``finish(moment)`` gives the job its document when it ends undisturbed.
    """
    job = JobRecord(
        job_id=world.new_id("j"),
        type=kind,
        created_by=by,
        created_at=now,
        total=total,
        client_reference=client_reference,
    )
    world.jobs[job.job_id] = job
    if step is None:
        work: _Wait | _Walk = _Wait(world, job, finish, seconds)
    else:
        work = _Walk(world, job, step, finish, per_second, stop_on_first_error)
    world.agenda.at(now + timedelta(seconds=TICK_SECONDS), work.begin)
    return job


def job_answer(world: World, job: JobRecord) -> Answer:
    """The 202 that says where to follow a job of this world."""
    return Answer(
        job_view(world.jobs[job.job_id]),
        status=202,
        location=f"/jobs/{job.job_id}",
        retry_after=RETRY_AFTER_SECONDS,
    )


def cancel_job(job: JobRecord, now: datetime) -> None:
    """Stop a job where it is; targets it did not reach stay as they are."""
    job.status = "CANCELLED"
    job.finished_at = now


def is_kept(job: JobRecord, now: datetime) -> bool:
    """Whether a job can still be asked for."""
    return job.finished_at is None or now - job.finished_at < KEPT


def _start(job: JobRecord, moment: datetime) -> bool:
    """Let a queued job run; False when it was cancelled before its turn."""
    if job.status != "QUEUED":
        return False
    job.status = "RUNNING"
    job.started_at = moment
    return True


def _complete(job: JobRecord, moment: datetime, finish: Finish | None) -> None:
    """End a job that was not cancelled: with errors when any target failed."""
    failed = any(item.outcome == "FAILED" for item in job.items)
    job.status = "COMPLETED_WITH_ERRORS" if failed else "COMPLETED"
    job.finished_at = moment
    if finish is not None:
        job.document = finish(moment)


@dataclass(frozen=True, slots=True)
class _Wait:
    """A job with nothing to count: it takes its time, then it is done."""

    world: World
    job: JobRecord
    finish: Finish | None
    seconds: float

    def begin(self, moment: datetime) -> None:
        if _start(self.job, moment):
            self.world.agenda.at(moment + timedelta(seconds=self.seconds), self.end)

    def end(self, moment: datetime) -> None:
        if self.job.status == "RUNNING":
            _complete(self.job, moment, self.finish)


@dataclass(frozen=True, slots=True)
class _Walk:
    """A job that goes from target to target, a batch every tick."""

    world: World
    job: JobRecord
    step: Step
    finish: Finish | None
    per_second: float
    stop_on_first_error: bool

    def begin(self, moment: datetime) -> None:
        if _start(self.job, moment):
            self.go_on(moment)

    def go_on(self, moment: datetime) -> None:
        job = self.job
        if job.status != "RUNNING":
            return
        batch = max(1, int(self.per_second * TICK_SECONDS))
        until = min(job.total, len(job.items) + batch)
        while len(job.items) < until:
            job.items.append(self.handle(len(job.items), moment))
        if len(job.items) < job.total:
            self.world.agenda.at(moment + timedelta(seconds=TICK_SECONDS), self.go_on)
        else:
            _complete(job, moment, self.finish)

    def handle(self, index: int, moment: datetime) -> JobItem:
        if self.stop_on_first_error and self.has_failed():
            return JobItem("SKIPPED", name="STOPPED", message="An earlier target failed")
        return self.step(index, moment)

    def has_failed(self) -> bool:
        last = self.job.items[-1] if self.job.items else None
        return last is not None and (last.outcome == "FAILED" or last.name == "STOPPED")
