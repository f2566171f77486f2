"""What is known of a SIM that may have been stolen, as lines that can be kept.

Each line has its own age; what the API does not tell is said to be not known.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from simtui.models import (
    Event,
    ImeiHistoryEntry,
    Location,
    Session,
    Sms,
    StateHistoryEntry,
    Thing,
    UsagePoint,
)
from simtui.models.runbook import Fact
from simtui.views.ages import moment_text, utc_text
from simtui.views.detail.section import Known, absence
from simtui.views.identity import tac_of
from simtui.views.imei.changes import ImeiChange
from simtui.views.imei.ticket import LOCKS, MODELS
from simtui.views.plan.wording import named
from simtui.views.runbook.since_change import (
    event_facts,
    session_facts,
    sms_facts,
    usage_facts,
)
from simtui.views.runbook.where import NOT_KNOWN, coverage_text
from simtui.views.text import clean
from simtui.views.things.words import state_name

SHOWN: Final = 5
"""Entries of a history that become evidence; the newest ones."""


@dataclass(frozen=True, slots=True)
class Sources:
    """What was read; each may be missing, with the reason."""

    thing: Known[Thing]
    imei_history: Known[Sequence[ImeiHistoryEntry]]
    session: Known[Session]
    sessions: Known[Sequence[Session]]
    usage: Known[Sequence[UsagePoint]]
    sms: Known[Sequence[Sms]]
    states: Known[Sequence[StateHistoryEntry]]
    events: Known[Sequence[Event]]


def evidence(thing: Thing, sources: Sources, now: datetime) -> tuple[Fact, ...]:
    """All of it, in the order in which a colleague would ask; ``thing`` is as known best."""
    since = thing.imei_changed_at
    lately = "Since the change" if since is not None else "Lately"
    return (
        *_named("SIM", _identity(thing, now)),
        *_named("Device", _device(thing, now)),
        *_named("Device", _devices(sources.imei_history, now)),
        *_named("Last place", _place(thing.last_location, now)),
        *_named("Session", _session(thing, sources.session, now)),
        *_named(lately, session_facts(sources.sessions, since, now)),
        *_named(lately, usage_facts(sources.usage, since)),
        *_named(lately, sms_facts(sources.sms, since)),
        *_named(lately, event_facts(sources.events, since, now)),
        *_named("State", _states(sources.states, now)),
    )


def _named(section: str, lines: Iterator[tuple[str, str]]) -> Iterator[Fact]:
    return (Fact(section, label, clean(text, 400)) for label, text in lines)


def _identity(thing: Thing, now: datetime) -> Iterator[tuple[str, str]]:
    yield "Name", named(thing.name) if thing.name else NOT_KNOWN
    yield "ICCID", named(thing.iccid)
    yield "IMSI", named(thing.imsi) if thing.imsi else NOT_KNOWN
    yield "State", f"{state_name(thing.state)}, since {_moment(thing.state_changed_at, now)}"
    yield "Last seen", _moment(thing.last_seen_at, now)


def _device(thing: Thing, now: datetime) -> Iterator[tuple[str, str]]:
    yield "IMEI now", _imei(thing.imei)
    yield "Before", _imei(thing.previous_imei)
    if thing.imei_changed_at is None:
        yield "Changed", "no change of device is known"
        return
    change = ImeiChange(thing, thing.imei_changed_at)
    yield "Changed", f"{_moment(change.at, now)}, {MODELS[change.same_model]}"
    yield "IMEI lock", LOCKS[change.lock]


def _devices(known: Known[Sequence[ImeiHistoryEntry]], now: datetime) -> Iterator[tuple[str, str]]:
    if known.value is None:
        yield "History", absence(known.error)
        return
    for entry in known.value[:SHOWN]:
        seen = f"{utc_text(entry.first_seen_at)} to {_moment(entry.last_seen_at, now)}"
        yield "Seen in", f"{_imei(entry.imei)}, {seen}"


def _place(place: Location | None, now: datetime) -> Iterator[tuple[str, str]]:
    if place is None:
        yield "Country", NOT_KNOWN
        return
    yield "Country", coverage_text(place.mcc)
    area = place.lac or place.tac
    yield (
        "Cell",
        " ".join(
            part
            for part in (
                f"{place.mcc}-{place.mnc}" if place.mcc and place.mnc else "",
                f"cell {place.cell_id}" if place.cell_id else "",
                f"area {area}" if area else "",
            )
            if part
        )
        or NOT_KNOWN,
    )
    if place.lat is not None and place.lon is not None:
        exact = f" ± {place.accuracy_m:,.0f} m" if place.accuracy_m is not None else ""
        yield "Position", f"{place.lat:.5f}, {place.lon:.5f}{exact} (an estimate of the network)"
    yield "Located", _moment(place.at, now)


def _session(thing: Thing, known: Known[Session], now: datetime) -> Iterator[tuple[str, str]]:
    session = known.value
    if session is None:
        yield "Session", absence(known.error)
        if thing.session is not None:
            at = _moment(thing.session.as_of, now)
            yield "In the list", f"{clean(thing.session.state, 40).lower()}, as of {at}"
        return
    yield "State", f"{clean(session.state, 40).lower()}, since {_moment(session.since, now)}"
    yield "As of", _moment(session.as_of, now)
    yield "Country", coverage_text(session.mcc, session.country)
    operator = " ".join(part for part in (session.operator_name, session.mnc) if part)
    yield "Operator", operator or NOT_KNOWN
    yield "Cell", f"{session.rat or ''} {session.cell_id or ''}".strip() or NOT_KNOWN
    yield "Device", _imei(session.imei)
    yield "Address", session.ip_address or "none"


def _states(known: Known[Sequence[StateHistoryEntry]], now: datetime) -> Iterator[tuple[str, str]]:
    if known.value is None:
        yield "History", absence(known.error)
        return
    for entry in known.value[:SHOWN]:
        by = f" by {named(entry.by)}" if entry.by else ""
        why = f": {named(entry.reason)}" if entry.reason else ""
        yield state_name(entry.to), f"{_moment(entry.at, now)}{by}{why}"
    if not known.value:
        yield "History", "no change of state yet"


def _imei(imei: str | None) -> str:
    return f"{named(imei)} (TAC {tac_of(named(imei))})" if imei else NOT_KNOWN


def _moment(moment: datetime | None, now: datetime) -> str:
    return moment_text(moment, now) if moment is not None else NOT_KNOWN
