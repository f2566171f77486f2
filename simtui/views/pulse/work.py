"""Messages, jobs, the quota, writes without an outcome, and what changed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from simtui.models import JobStatus, SmsStatus
from simtui.models.journal import JournalEntry, Outcome
from simtui.views.ages import age_ago, utc_clock
from simtui.views.amounts import NOTHING, count_text
from simtui.views.plan.wording import plural
from simtui.views.pulse.row import Lead, Level, PulseRow, Source
from simtui.views.pulse.seen import Seen, Told
from simtui.views.pulse.trend import histogram
from simtui.views.text import clean

SLOW_FROM: Final = 80
STOP_FROM: Final = 95
"""Percent of the quota from which polling slows down and stops (contract §1.2)."""
IN_FLIGHT: Final = timedelta(minutes=1)
"""A write that is younger may still get its answer."""
_ENDED_BADLY: Final = frozenset({JobStatus.COMPLETED_WITH_ERRORS, JobStatus.FAILED})


def sms_row(seen: Seen) -> PulseRow | None:
    """Messages that did not arrive lately."""
    told, limits = seen.sms, seen.thresholds
    if told.absent:
        return None
    if told.value is None:
        return _unknown("sms", "SMS failures", "sms", told, Lead("sms"))
    since = seen.now - timedelta(hours=limits.sms_failed_hours)
    failed = [one for one in told.value if one.status in SmsStatus.UNDELIVERED]
    moments = [one.submitted_at for one in failed if one.submitted_at is not None]
    lately = [moment for moment in moments if moment >= since]
    pending = sum(one.pending for one in told.value)
    count = len(lately)
    bad = count >= limits.sms_failed_bad
    text = count_text(count) if count else "No"
    messages = plural(count, "message", "messages")
    return PulseRow(
        "sms",
        "sms",
        "SMS failures",
        count_text(count),
        Level.RED if bad else Level.YELLOW if count else Level.OK,
        f"{text} {messages} of the last {limits.sms_failed_hours}h did not arrive;"
        f" {count_text(pending)} under way.",
        f"Yellow when there is any, red from {limits.sms_failed_bad} on (sms_failed_hours,"
        " sms_failed_bad). The list also has older ones of 7 days and those under way.",
        Lead("sms"),
        told.as_of,
        histogram(lately, seen.now, timedelta(hours=limits.sms_failed_hours), "failures"),
    )


def job_row(seen: Seen) -> PulseRow | None:
    """Jobs that run, and those that ended with errors lately."""
    told, hours = seen.jobs, seen.thresholds.job_hours
    if told.absent:
        return None
    if told.value is None:
        return _unknown("jobs", "Jobs", "jobs", told, Lead("jobs"))
    since = seen.now - timedelta(hours=hours)
    running = sum(not job.finished for job in told.value)
    ended = [one for one in told.value if one.status in _ENDED_BADLY]
    failed = [one.finished_at for one in ended if one.finished_at and one.finished_at >= since]
    made = [one.created_at for one in told.value if one.created_at is not None]
    more = f" · {count_text(len(failed))} ✗" if failed else ""
    return PulseRow(
        "jobs",
        "jobs",
        "Jobs running",
        f"{count_text(running)}{more}",
        Level.YELLOW if failed else Level.OK,
        f"{count_text(running)} {plural(running, 'job runs', 'jobs run')};"
        f" {count_text(len(failed))} ended with errors within {hours}h.",
        "Yellow when one ended with errors (job_hours).",
        Lead("jobs"),
        told.as_of,
        histogram(made, seen.now, timedelta(hours=hours), "jobs that were begun"),
    )


def quota_row(seen: Seen) -> PulseRow | None:
    """How much of the quota is used, by everybody who shares it."""
    quota = seen.quota
    if quota is None or quota.used is None or quota.limit is None or quota.share is None:
        return None
    percent = int(quota.share * 100)
    slow, stop = percent >= SLOW_FROM, percent >= STOP_FROM
    reset = f" until {utc_clock(quota.reset_at)}" if quota.reset_at is not None else ""
    doing = f"simtui asks nothing by itself{reset}" if stop else f"simtui asks less often{reset}"
    return PulseRow(
        "quota",
        "quota",
        "Quota",
        f"{count_text(quota.used)} · {percent} %",
        Level.RED if stop else Level.YELLOW if slow else Level.OK,
        f"{count_text(quota.used)} of {count_text(quota.limit)} calls are used"
        f"{f'; {doing}' if slow else ''}.",
        f"Yellow from {SLOW_FROM} % on, red from {STOP_FROM} % on. The whole account shares it.",
        Lead("account"),
        seen.now,
        seen.quota_trend,
    )


def outcome_row(seen: Seen) -> PulseRow:
    """Writes of which nobody knows what became of them."""
    unknown = [
        entry
        for entry in seen.journal
        if is_without_outcome(entry) and seen.now - entry.intent.at > IN_FLIGHT
    ]
    count = len(unknown)
    last = f", the last one {age_ago(unknown[-1].intent.at, seen.now)}" if unknown else ""
    writes = plural(count, "write has", "writes have")
    return PulseRow(
        "outcomes",
        "journal",
        "Outcome unknown",
        count_text(count),
        Level.RED if unknown else Level.OK,
        f"{count_text(count) if count else 'No'} {writes} an unknown outcome{last}.",
        "Red when there is any: simtui looks how it is now and never sends again by itself.",
        Lead("journal", Outcome.UNKNOWN),
        seen.now,
        histogram(
            [entry.intent.at for entry in unknown], seen.now, timedelta(hours=24), "such writes"
        ),
    )


def is_without_outcome(entry: JournalEntry) -> bool:
    """Whether nobody knows, or knows yet, what became of a write."""
    return entry.outcome == Outcome.UNKNOWN


def change_row(seen: Seen) -> Iterator[PulseRow]:
    """What was seen to change since the last visit; nothing at the first."""
    if seen.changes is None or seen.last_visit is None:
        return
    yield PulseRow(
        "changes",
        "history",
        "Since your last visit",
        count_text(seen.changes),
        Level.OK,
        f"{count_text(seen.changes)} {plural(seen.changes, 'change was', 'changes were')} seen"
        f" since your last visit, {age_ago(seen.last_visit, seen.now)}.",
        "",
        Lead("changes"),
        seen.now,
    )


def _unknown(key: str, what: str, source: Source, told: Told[object], lead: Lead) -> PulseRow:
    error = told.error
    why = (
        f"It could not be read: {clean(str(error))}." if error is not None else "It is being read."
    )
    said = f"{what}: not known. {why}"
    return PulseRow(key, source, what, NOTHING, Level.UNKNOWN, said, lead=lead)
