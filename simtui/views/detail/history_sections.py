"""Sections about the past: states, devices, SMS and events."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from simtui.models import Event, ImeiHistoryEntry, Sms, StateHistoryEntry
from simtui.views.ages import age_ago
from simtui.views.amounts import count_text
from simtui.views.cell import Cell, Tone
from simtui.views.detail.section import SHOWN, Known, Section, loaded_section
from simtui.views.text import clean
from simtui.views.things.facts import imei_cell
from simtui.views.things.words import state_name

_SMS_TONES: Final[dict[str, Tone]] = {"DELIVERED": "ok", "FAILED": "bad", "EXPIRED": "warn"}
_SEVERITY_TONES: Final[dict[str, Tone]] = {"CRITICAL": "bad", "WARNING": "warn"}


def state_history_section(
    known: Known[Sequence[StateHistoryEntry]] | None, now: datetime
) -> Section:
    """Changes of state, newest first: when, from what to what, by whom and why."""
    return loaded_section(
        "State history",
        known,
        lambda entries: tuple(_state_row(entry, now) for entry in entries[:SHOWN]),
        "no change of state yet",
    )


def imei_history_section(known: Known[Sequence[ImeiHistoryEntry]] | None, now: datetime) -> Section:
    """The devices the SIM was seen in, as the server lists them."""
    return loaded_section(
        "IMEI history",
        known,
        lambda entries: tuple(_imei_row(entry, now) for entry in entries[:SHOWN]),
        "not seen in any device yet",
    )


def sms_section(known: Known[Sequence[Sms]] | None, now: datetime) -> Section:
    """The last SMS in both directions and what became of them."""
    return loaded_section(
        "Last SMS",
        known,
        lambda messages: tuple(_sms_row(sms, now) for sms in messages[:SHOWN]),
        "no SMS yet",
    )


def events_section(known: Known[Sequence[Event]] | None, now: datetime) -> Section:
    """What the platform noticed about it (EXT)."""
    return loaded_section(
        "Events",
        known,
        lambda events: tuple(_event_row(event, now) for event in events[:SHOWN]),
        "no events",
    )


def _state_row(entry: StateHistoryEntry, now: datetime) -> tuple[str, Cell]:
    change = state_name(entry.to)
    if entry.from_:
        change = f"{state_name(entry.from_)} → {change}"
    by = f" by {clean(entry.by, 80)}" if entry.by else ""
    why = f": {clean(entry.reason)}" if entry.reason else ""
    return age_ago(entry.at, now), Cell(f"{change}{by}{why}")


def _imei_row(entry: ImeiHistoryEntry, now: datetime) -> tuple[str, Cell]:
    imei = imei_cell(entry.imei)
    seen = f"first seen {age_ago(entry.first_seen_at, now)}"
    sessions = f" · sessions {count_text(entry.sessions)}" if entry.sessions is not None else ""
    text = f"{imei.text} · {seen}{sessions}"
    return age_ago(entry.last_seen_at, now), Cell(text, imei.tone)


def _sms_row(sms: Sms, now: datetime) -> tuple[str, Cell]:
    arrow = "→" if sms.direction == "MT" else "←"
    status = clean(sms.status, 40).lower()
    failure = sms.error_message or sms.error_code
    why = f" ({clean(failure, 120)})" if failure else ""
    tries = f", {sms.attempts} tries" if sms.attempts and sms.attempts > 1 else ""
    text = f"{arrow} {status}{tries}{why}: {clean(sms.text)}"
    return age_ago(sms.submitted_at, now), Cell(text, _SMS_TONES.get(sms.status, ""))


def _event_row(event: Event, now: datetime) -> tuple[str, Cell]:
    severity = clean(event.severity, 20).lower()
    what = clean(event.type, 80)
    more = f": {clean(event.message)}" if event.message else ""
    tone = _SEVERITY_TONES.get(event.severity, "")
    return age_ago(event.at, now), Cell(f"{severity} {what}{more}", tone)
