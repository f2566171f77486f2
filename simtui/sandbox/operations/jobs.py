"""Jobs: following one, its result, and stopping it (contract §1.6, §3.11)."""

from __future__ import annotations

from typing import Any

from simtui.sandbox.call import Answer, Call, not_found, precondition
from simtui.sandbox.jobs import FINAL, RETRY_AFTER_SECONDS, cancel_job, is_kept
from simtui.sandbox.paging import paged
from simtui.sandbox.records import JobItem, JobRecord
from simtui.sandbox.registry import operation
from simtui.sandbox.render import job_item_view, job_view
from simtui.sandbox.world import World


@operation("GET", "/jobs", need=("things", "READ"))
def list_jobs(world: World, call: Call) -> Answer:
    """The jobs of the last seven days and those that run, the latest first."""
    kept = [job for job in world.jobs.values() if is_kept(job, call.now)]
    sort_keys = {
        "createdAt": lambda job: job.created_at,
        "finishedAt": lambda job: job.finished_at,
        "status": lambda job: job.status,
        "type": lambda job: job.type,
    }
    return paged(call, kept[::-1], job_view, sort_keys, lambda job: job.created_at)


@operation("GET", "/jobs/{jobId}", need=("things", "READ"))
def get_job(world: World, call: Call) -> Answer:
    """The job while it runs (200), then where its result is (302)."""
    job = _find_job(world, call)
    if job.status in FINAL:
        return Answer(None, status=302, location=f"/jobs/{job.job_id}/result")
    return Answer(job_view(job), retry_after=RETRY_AFTER_SECONDS)


@operation("GET", "/jobs/{jobId}/result", need=("things", "READ"))
def get_job_result(world: World, call: Call) -> Answer:
    """The job and what became of its targets, so far or in the end."""
    job = _find_job(world, call)
    outcome = call.query.get("outcome")
    items = [item for item in job.items if outcome is None or item.outcome == outcome]
    sort_keys = {
        "outcome": lambda item: item.outcome,
        "iccid": lambda item: item.iccid,
        "name": lambda item: item.name,
    }
    answer = paged(call, items, job_item_view, sort_keys, _iccid)
    return Answer({"job": job_view(job), **answer.body, **_document(job)})


@operation("POST", "/jobs/{jobId}/cancel", need=("actions", "WRITE"))
def cancel(world: World, call: Call) -> Answer:
    """Stop a job that is not finished; what it did stays done."""
    job = _find_job(world, call)
    if job.status in FINAL:
        raise precondition("JOB_FINISHED", f"The job is {job.status} already")
    cancel_job(job, call.now)
    return Answer(job_view(job))


def _find_job(world: World, call: Call) -> JobRecord:
    job = world.jobs.get(call.path["jobId"])
    if job is None or not is_kept(job, call.now):
        raise not_found("job", call.path["jobId"])
    return job


def _document(job: JobRecord) -> dict[str, Any]:
    """A report or a new tunnel; its secrets are shown this one time (contract §3.7)."""
    if job.document is None:
        return {}
    secrets = {name: secret.reveal() for name, secret in job.shown_once.items()}
    job.shown_once.clear()
    return {"document": job.document | secrets}


def _iccid(item: JobItem) -> str:
    return item.iccid or ""
