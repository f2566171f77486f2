"""States as a glyph and a word: colour is never the only signal.

The glyphs are one cell wide and in the fonts that terminals use. No emoji: terminals
disagree about their width, and a row that is one cell too long breaks the table.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from simtui.models import IpLease, SessionState, SessionSummary, State, Thing
from simtui.views.amounts import NOTHING
from simtui.views.cell import Cell, Tone
from simtui.views.text import clean

STALE_AFTER: Final = timedelta(hours=1)
"""A session state older than this, or of unknown age, is shown with ``?`` (contract §3.2)."""

LOCKED_MARK: Final = "L"
"""Stands behind an IP address that is locked to its Thing."""

UNSOUND_MARK: Final = "!"
"""Stands behind a number whose check digit is wrong."""

_STATES: Final[dict[str, tuple[str, str, str, Tone]]] = {
    State.PROVISIONED: ("○", "prov.", "provisioned", ""),
    State.ACTIVE: ("●", "active", "active", "ok"),
    State.SUSPENDED: ("◐", "susp.", "suspended", "warn"),
    State.RETIRED: ("✕", "retired", "retired", "dim"),
}
_SESSIONS: Final[dict[str, tuple[str, str, Tone]]] = {
    SessionState.ONLINE: ("◉", "online", "ok"),
    SessionState.ATTACHED: ("◍", "attached", ""),
    SessionState.OFFLINE: ("○", "offline", "warn"),
    SessionState.BLOCKED: ("⊘", "blocked", "bad"),
    SessionState.UNKNOWN: ("·", "unknown", "dim"),
}


def state_cell(thing: Thing) -> Cell:
    """``● active``, ``◐ susp.``; ``◌ →susp.`` while a change to it is in flight.

    A state that the contract does not know is shown as it is, behind ``?``.
    """
    if thing.pending_state is not None:
        return Cell(f"◌ →{state_word(thing.pending_state)}", "accent")
    glyph, word, _, tone = _STATES.get(thing.state, ("?", clean(thing.state, 40), "", "warn"))
    return Cell(f"{glyph} {word}", tone)


def state_word(state: str) -> str:
    """A state in at most seven letters."""
    return _STATES[state][1] if state in _STATES else clean(state, 40)


def state_name(state: str) -> str:
    """A state in full, for sentences."""
    return _STATES[state][2] if state in _STATES else clean(state, 40)


def session_cell(session: SessionSummary | None, now: datetime) -> Cell:
    """``◉ online``, ``○ offline``; ``◉ online?`` when the fact is older than an hour."""
    if session is None:
        return session_state_cell(SessionState.UNKNOWN)
    cell = session_state_cell(session.state)
    if session.state == SessionState.UNKNOWN or not is_stale(session, now):
        return cell
    return Cell(f"{cell.text}?", "dim" if cell.tone == "ok" else cell.tone)


def session_state_cell(state: str) -> Cell:
    """The state of a session without its age."""
    glyph, word, tone = _SESSIONS.get(state, ("?", clean(state, 40), "warn"))
    return Cell(f"{glyph} {word}", tone)


def is_stale(session: SessionSummary, now: datetime) -> bool:
    """Whether the state is too old to be relied on: "attached" can stay for a day."""
    return session.as_of is None or now - session.as_of > STALE_AFTER


def address_cell(ip: IpLease | None) -> Cell:
    """``10.0.4.17``, with `` L`` behind it when it is locked; ``–`` without a lease."""
    if ip is None or not ip.address:
        return Cell(NOTHING, "dim")
    address = clean(ip.address, 64)
    return Cell(f"{address} {LOCKED_MARK}" if ip.locked else address)
