"""Whether a Thing is suspended and its session has ended; never more than is known.

A change of state does not cut a running session (contract §4), so both are looked at.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum, auto
from typing import Final

from simtui.models import Session, SessionSummary, State, Thing
from simtui.models.effect import OPEN_SESSIONS
from simtui.models.journal import JournalEntry, Outcome
from simtui.views.ages import utc_text
from simtui.views.cell import Cell
from simtui.views.text import clean
from simtui.views.things.words import session_state_cell, state_name

ENDS_WITHIN: Final = timedelta(seconds=60)
"""After so long a session that should have been cut is taken to go on."""
STOPPED: Final = frozenset({State.SUSPENDED, State.RETIRED})


class Next(Enum):
    """What can be done for the step now."""

    SUSPEND = auto()
    RESET = auto()
    WAIT = auto()
    FINISH = auto()


@dataclass(frozen=True, slots=True)
class Standing:
    """What is known, in a sentence, and what can be done."""

    cell: Cell
    next: Next


def standing(
    sent: JournalEntry | None, thing: Thing | None, session: Session | None, now: datetime
) -> Standing:
    """How it is after the last write of the step, if there was one.

    ``thing`` and ``session`` are as read last; a session of its own endpoint is newer than
    the one that the Thing tells.
    """
    if thing is None:
        return Standing(Cell("· the Thing is not read yet", "dim"), Next.WAIT)
    if sent is not None and not sent.settled:
        return Standing(Cell(_under_way(sent), "accent"), Next.WAIT)
    known: Session | SessionSummary | None = session or thing.session
    refused = sent is not None and sent.outcome in (Outcome.REFUSED, Outcome.FAILED)
    if sent is not None and refused and (thing.state not in STOPPED or _is_open(known)):
        following = Next.RESET if thing.state in STOPPED else Next.SUSPEND
        return Standing(Cell(f"✗ not done: {clean(sent.detail, 200)}", "bad"), following)
    if thing.state not in STOPPED:
        return _still_active(sent, thing)
    return _stopped(sent, thing, known, now)


def _under_way(sent: JournalEntry) -> str:
    if sent.outcome == Outcome.UNKNOWN:
        return "◍ the answer was lost; looking how it is now"
    return "◍ the server is at it"


def _still_active(sent: JournalEntry | None, thing: Thing) -> Standing:
    state = state_name(thing.state)
    if sent is not None and sent.outcome == Outcome.CONFIRMED:
        said = f"✗ it was done, but by now the Thing is {state}"
        return Standing(Cell(said, "bad"), Next.SUSPEND)
    return Standing(Cell(f"○ the Thing is {state}", "warn"), Next.SUSPEND)


def _stopped(
    sent: JournalEntry | None,
    thing: Thing,
    known: Session | SessionSummary | None,
    now: datetime,
) -> Standing:
    state = f"{state_name(thing.state)} since {utc_text(thing.state_changed_at)}"
    if known is None or known.state == "UNKNOWN":
        said = f"? {state}; no session is told, so whether it has ended is not known"
        return Standing(Cell(said, "warn"), Next.FINISH)
    word = session_state_cell(known.state).text
    if not _is_open(known):
        as_of = f"as of {utc_text(known.as_of)}"
        since = f" since {utc_text(known.since)}" if known.since else ""
        return Standing(Cell(f"✓ {state}; session {word}{since}, {as_of}", "ok"), Next.FINISH)
    since_write = now - _written(sent, thing, now)
    if sent is not None and since_write < ENDS_WITHIN:
        return Standing(Cell(f"◍ {state}; waiting for its session to end", "accent"), Next.WAIT)
    if _is_older(known, thing, sent):
        said = f"? {state}; its session was {word} as of {utc_text(known.as_of)}, before that"
        return Standing(Cell(said, "warn"), Next.RESET)
    return Standing(Cell(f"✗ {state}, but its session goes on: {word}", "bad"), Next.RESET)


def _written(sent: JournalEntry | None, thing: Thing, now: datetime) -> datetime:
    if sent is not None and sent.results:
        return sent.results[-1].at
    return thing.state_changed_at or now


def _is_older(known: Session | SessionSummary, thing: Thing, sent: JournalEntry | None) -> bool:
    """Whether what is known of the session is from before the last write."""
    written = thing.state_changed_at
    if sent is not None and sent.intent.kind == "reset" and sent.results:
        written = sent.results[-1].at
    return known.as_of is None or (written is not None and known.as_of < written)


def _is_open(known: Session | SessionSummary | None) -> bool:
    return known is not None and known.state in OPEN_SESSIONS
