"""Sections about data sessions (contract §3.2, EXT)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from simtui.models import Session, Thing
from simtui.views.ages import age_ago, duration, moment_text
from simtui.views.amounts import bytes_text
from simtui.views.cell import Cell, Tone
from simtui.views.detail.end_reasons import HARMLESS, end_reason_text
from simtui.views.detail.section import (
    SHOWN,
    Known,
    Rows,
    Section,
    absence,
    is_absent,
    loaded_section,
    text_cell,
)
from simtui.views.detail.thing_sections import session_summary_note, session_summary_rows
from simtui.views.text import clean
from simtui.views.things.coverage import is_covered, place_text
from simtui.views.things.words import session_state_cell


def session_section(thing: Thing, known: Known[Session] | None, now: datetime) -> Section:
    """The session as it is now; as long as that is missing, what the list knows of it."""
    if known is None or known.value is None:
        rows, note = session_summary_rows(thing, now), session_summary_note(thing, now)
        missing = "" if known is None or is_absent(known) else absence(known.error)
        return Section("Session", rows, "; ".join(part for part in (note, missing) if part))
    seen = ("Last seen", Cell(moment_text(thing.last_seen_at, now)))
    return loaded_section(
        "Session", known, lambda session: (*_session_rows(session, now), seen), ""
    )


def sessions_section(known: Known[Sequence[Session]] | None, now: datetime) -> Section:
    """The last sessions, newest first: when, how long, how much, and why they ended."""
    return loaded_section(
        "Last sessions",
        known,
        lambda sessions: tuple(_ended_row(session, now) for session in sessions[:SHOWN]),
        "no session in this time",
    )


def _session_rows(session: Session, now: datetime) -> Rows:
    tone: Tone = "" if is_covered(session.mcc) else "bad"
    place = place_text(session.mcc, session.country)
    operator = f"{session.operator_name or 'MNC'} {session.mnc or ''}".strip()
    rows: list[tuple[str, Cell]] = [
        ("State", session_state_cell(session.state)),
        ("Since", Cell(moment_text(session.since, now))),
        ("As of", Cell(moment_text(session.as_of, now))),
        ("Country", text_cell(place, tone)),
        ("Operator", text_cell(operator if session.operator_name or session.mnc else None)),
        ("Radio", text_cell(session.rat and session.rat.replace("_", "-"))),
        ("APN", text_cell(session.apn)),
        ("Address", text_cell(session.ip_address)),
        ("Cell", text_cell(session.cell_id)),
        ("Data", Cell(_traffic(session))),
    ]
    if session.end_reason:
        rows.append(("Ended", _end_cell(session)))
    return tuple(rows)


def _ended_row(session: Session, now: datetime) -> tuple[str, Cell]:
    parts = [_length(session, now), _traffic(session)]
    if session.rat:
        parts.append(clean(session.rat, 20).replace("_", "-"))
    if not is_covered(session.mcc):
        parts.append(clean(place_text(session.mcc, session.country), 80))
    end = _end_cell(session)
    if end.text:
        parts.append(end.text)
    tone: Tone = end.tone or ("" if is_covered(session.mcc) else "bad")
    return age_ago(session.since, now), Cell(" · ".join(parts), tone)


def _length(session: Session, now: datetime) -> str:
    if session.since is None:
        return "length unknown"
    end = session.ended_at or now
    length = duration(max((end - session.since).total_seconds(), 0.0))
    return f"{length} long" if session.ended_at else f"open for {length}"


def _traffic(session: Session) -> str:
    return f"↑ {bytes_text(session.bytes_up)} ↓ {bytes_text(session.bytes_down)}"


def _end_cell(session: Session) -> Cell:
    tone: Tone = "" if (session.end_reason or "NORMAL") in HARMLESS else "bad"
    return Cell(end_reason_text(session.end_reason), tone)
