"""The result of a job as text for a ticket."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Final

from simtui.models import ItemOutcome, Job, JobItem, Thing
from simtui.models.journal import JournalEntry
from simtui.views.ages import utc_text
from simtui.views.amounts import count_text
from simtui.views.jobs.progress import left
from simtui.views.jobs.results import reason_text
from simtui.views.jobs.words import job_title, status_words
from simtui.views.text import clean

MOST_LISTED: Final = 500
"""Things named one by one; a terminal does not take a clipboard of any length."""

FindThing = Callable[[str], Thing | None]


def result_text(
    job: Job,
    entry: JournalEntry | None,
    items: Sequence[JobItem],
    thing: FindThing,
    now: datetime,
) -> str:
    """What was done, how it ended, and every Thing that failed with the server's reason."""
    lines = [
        job_title(job, entry),
        f"Job {clean(job.job_id)}, {status_words(job)}: {_counts(job)}",
        f"Started {utc_text(job.started_at or job.created_at)}"
        f" by {clean(job.created_by or 'nobody knows whom', 80)},"
        f" ended {utc_text(job.finished_at)}",
    ]
    if job.client_reference:
        lines.append(f"Reference {clean(job.client_reference, 80)}")
    failed = [item for item in items if item.outcome == ItemOutcome.FAILED]
    lines += [_failure(item, thing) for item in failed[:MOST_LISTED]]
    if len(failed) > MOST_LISTED:
        lines.append(f"… and {count_text(len(failed) - MOST_LISTED)} more that failed")
    return "\n".join([*lines, f"Looked up {utc_text(now)}"])


def _counts(job: Job) -> str:
    counts = [
        f"{count_text(job.succeeded)} done",
        f"{count_text(job.failed)} failed",
        f"{count_text(job.skipped)} skipped",
    ]
    remaining = left(job)
    if remaining:
        counts.append(f"{count_text(remaining)} not come to")
    return ", ".join(counts)


def _failure(item: JobItem, find: FindThing) -> str:
    thing = find(item.thing_id) if item.thing_id else None
    name = f" {clean(thing.name)}" if thing and thing.name else ""
    return f"✗ {clean(item.iccid or item.thing_id or '?', 80)}{name}: {reason_text(item)}"
