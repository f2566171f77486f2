"""What a SIM did since it changed its device; without a change, as far back as is read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import Final

from simtui.models import Event, Session, Sms, UsagePoint
from simtui.views.ages import moment_text, utc_text
from simtui.views.amounts import bytes_text, count_text
from simtui.views.detail.section import Known, absence
from simtui.views.plan.wording import named, plural
from simtui.views.runbook.where import NOT_KNOWN, OUTSIDE, coverage_text
from simtui.views.text import clean
from simtui.views.things.coverage import is_covered

SHOWN: Final = 3
"""Sessions and events that are told one by one; the newest ones."""
READ: Final = 50
"""Messages that are read of one Thing, the newest ones."""
_TELLING: Final = frozenset({"WARNING", "CRITICAL"})
_SPAN: Final = "within the last 7 days"
_SINCE: Final = "since then, within the last 7 days"
Lines = Iterator[tuple[str, str]]


def session_facts(known: Known[Sequence[Session]], since: datetime | None, now: datetime) -> Lines:
    """How many data sessions, where, and the newest of them."""
    if known.value is None:
        yield "Sessions", absence(known.error)
        return
    held = [one for one in known.value if since is None or (one.ended_at or now) > since]
    outside = sum(not is_covered(one.mcc) for one in held)
    abroad = f", {count_text(outside)} of them {OUTSIDE}" if outside else ""
    yield "Sessions", f"{count_text(len(held))} {_SPAN if since is None else _SINCE}{abroad}"
    for one in held[:SHOWN]:
        end = f"to {utc_text(one.ended_at)}" if one.ended_at else "still open"
        traffic = f"↑ {bytes_text(one.bytes_up)} ↓ {bytes_text(one.bytes_down)}"
        where = coverage_text(one.mcc, one.country)
        text = ", ".join(part for part in (end, where, traffic) if part)
        yield "· from", f"{utc_text(one.since)} {text}"


def usage_facts(known: Known[Sequence[UsagePoint]], since: datetime | None) -> Lines:
    """How much data; the API tells days, so that the first one counts in full."""
    if known.value is None:
        yield "Data", absence(known.error)
        return
    first = (
        since.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0) if since else None
    )
    days = [point for point in known.value if first is None or point.at >= first]
    told = [
        (point.bytes_up or 0) + (point.bytes_down or 0)
        for point in days
        if point.bytes_up is not None or point.bytes_down is not None
    ]
    if not told:
        yield "Data", NOT_KNOWN
        return
    missing = len(days) - len(told)
    lacking = f", {missing} {plural(missing, 'day', 'days')} not told" if missing else ""
    whole = "whole days in UTC, so the day of the change counts in full" if since else "14 days"
    yield "Data", f"{bytes_text(sum(told))} ({whole}{lacking})"


def sms_facts(known: Known[Sequence[Sms]], since: datetime | None) -> Lines:
    """How many messages, both ways; at least so many when not all of them were read."""
    if known.value is None:
        yield "SMS", absence(known.error)
        return
    told = [sms for sms in known.value if sms.submitted_at is not None]
    fresh = [sms for sms in told if sms.submitted_at and _is_since(sms.submitted_at, since)]
    to_it = sum(sms.direction == "MT" for sms in fresh)
    more = "at least " if len(fresh) == len(told) and len(told) >= READ else ""
    yield "SMS", f"{more}{count_text(to_it)} to it, {count_text(len(fresh) - to_it)} from it"


def event_facts(known: Known[Sequence[Event]], since: datetime | None, now: datetime) -> Lines:
    """The newest warnings of the platform."""
    if known.value is None:
        yield "Events", absence(known.error)
        return
    telling = [
        event
        for event in known.value
        if event.severity in _TELLING and event.at is not None and _is_since(event.at, since)
    ]
    yield "Events", f"{count_text(len(telling))} {plural(len(telling), 'warning', 'warnings')}"
    for event in telling[:SHOWN]:
        what = f"{named(event.type)}: {clean(event.message, 160)}".removesuffix(": ")
        yield "· event", f"{moment_text(event.at, now)} {what}"


def _is_since(moment: datetime, since: datetime | None) -> bool:
    return since is None or moment >= since
