"""What stands in the place of a bill's rows when there are none."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from simtui.errors import SimtuiError
from simtui.models import BillingReport, Job, JobStatus
from simtui.views.ages import duration
from simtui.views.amounts import count_text
from simtui.views.billing.estimate import is_open
from simtui.views.billing.why_not import no_bill, not_allowed
from simtui.views.jobs.progress import progress_text
from simtui.views.plan.wording import named
from simtui.views.text import clean

_LONGEST_REASON: Final = 600
_BAR: Final = 30


def why_no_rows(
    report: BillingReport | None,
    error: SimtuiError | None,
    job: Job | None,
    level: str | None,
    *,
    unused: bool,
    now: datetime,
) -> tuple[str, str]:
    """Why there are no rows, and what to do about it."""
    if refused := not_allowed(level):
        return "The bill cannot be shown.", refused
    if report is not None:
        return _nothing(report, unused)
    if error is not None:
        if known := no_bill(error, "this"):
            return "There is no bill here.", known
        why = clean(str(error), _LONGEST_REASON)
        return "The bill could not be loaded.", f"{why}\n\nr tries again now, ! shows all."
    if job is not None:
        return job_text(job, now), "The server makes a large report in its own time: stay or go on."
    return "Loading the bill …", "It appears as soon as the server has answered."


def job_text(job: Job, now: datetime) -> str:
    """``The report is being made: ███░░░ 120/500, for 20s (job j_12)``."""
    waits = job.status == JobStatus.QUEUED
    state = "waits for its turn" if waits else progress_text(job, _BAR) if job.total else "runs"
    since = job.created_at
    long = f", for {duration((now - since).total_seconds())}" if since and since < now else ""
    return f"The report is being made: it {state}{long} (job {named(job.job_id)})"


def _nothing(report: BillingReport, unused: bool) -> tuple[str, str]:
    if report.lines and unused:
        return "Everything that is charged was used.", "esc shows all of it."
    so_far = " so far" if is_open(report) else ""
    free = f"{count_text(report.things_free)} Things are free; " if report.things_free else ""
    return f"Nothing is charged in this cycle{so_far}.", f"{free}< and > show other cycles."
