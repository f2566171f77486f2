"""Whether a Thing came back online after a command by SMS; never more than is known."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from simtui.models import SessionState, Sms, SmsStatus, Thing
from simtui.views.ages import duration
from simtui.views.cell import Cell
from simtui.views.plan.wording import thing_name
from simtui.views.sms.words import reason_text, status_word
from simtui.views.text import clean

SETTLED_AFTER: Final = timedelta(minutes=2)
"""How long after delivery a session that is told to run still is taken for unaffected."""
_LOST: Final = frozenset({*SmsStatus.UNDELIVERED, SmsStatus.CANCELLED})
_NOT_TOLD: Final = frozenset({SessionState.UNKNOWN})


@dataclass(frozen=True, slots=True)
class Asked:
    """A command that was sent to ``thing``, as it was then, and until when to look."""

    thing: Thing
    until: datetime
    limit: timedelta

    @property
    def was_online(self) -> bool | None:
        """Whether it had a data session before the command; None when that was not told."""
        session = self.thing.session
        if session is None or session.state in _NOT_TOLD:
            return None
        return session.state == SessionState.ONLINE


@dataclass(frozen=True, slots=True)
class Finding:
    """What is to be said now; ``done`` when nothing more will be."""

    cell: Cell
    done: bool = False


def finding(asked: Asked, sms: Sms | None, thing: Thing | None, now: datetime) -> Finding:
    """What the message and the Thing, as they are now, say."""
    name = thing_name(asked.thing)
    if sms is None or sms.status not in (SmsStatus.DELIVERED, *_LOST):
        return _underway(asked, sms, name, now)
    if sms.status in _LOST:
        why = reason_text(sms)
        because = f": {why}" if why else ""
        text = f"✗ {name} did not get the command, it is {status_word(sms.status)}{because}"
        return Finding(Cell(text, "bad"), done=True)
    return _delivered(asked, sms, thing or asked.thing, name, now)


def _underway(asked: Asked, sms: Sms | None, name: str, now: datetime) -> Finding:
    state = status_word(sms.status) if sms is not None else "not looked up yet"
    if now < asked.until:
        text = f"◍ Verifying {name}: the command is {state} · {_left(asked, now)}"
        return Finding(Cell(text, "accent"))
    if sms is None:
        text = f"? Whether {name} got the command is not known after {_span(asked.limit)}"
        return Finding(Cell(text, "warn"), done=True)
    waits = " and waits until the device attaches" if sms.error_code else ""
    text = f"? {name} has not got the command within {_span(asked.limit)}; it is {state}{waits}"
    return Finding(Cell(text, "warn"), done=True)


def _delivered(asked: Asked, sms: Sms, thing: Thing, name: str, now: datetime) -> Finding:
    at = sms.delivered_at or now
    session = thing.session
    if session is not None and session.state == SessionState.ONLINE:
        if session.since is not None and session.since >= at:
            return _good(f"{name} came back online, {_span(session.since - at)} after delivery")
        if (found := _online_since(asked, session.as_of, name, at)) is not None:
            return found
    if now >= asked.until:
        return Finding(Cell(_not_seen(asked, thing, name, at), "warn"), done=True)
    text = f"◍ Verifying {name}: delivered, waiting for its session · {_left(asked, now)}"
    return Finding(Cell(text, "accent"))


def _online_since(asked: Asked, as_of: datetime | None, name: str, at: datetime) -> Finding | None:
    """What an online session says that was told after delivery, though not since when it runs."""
    if as_of is None or as_of < at:
        return None
    if asked.was_online is None:
        return _good(f"{name} is online; how it was before the command is not known")
    if not asked.was_online:
        return _good(f"{name} is online; it was not before the command")
    if as_of - at < SETTLED_AFTER:
        return None
    return _good(f"{name} is online as before; nothing shows that it restarted")


def _not_seen(asked: Asked, thing: Thing, name: str, at: datetime) -> str:
    session = thing.session
    if session is None or session.state in _NOT_TOLD:
        return f"? {name} got the command; no session is told, so whether it is back is not known"
    if session.as_of is None:
        return f"? {name} got the command; from when its session is told is not known"
    if session.as_of < at:
        return f"? {name} got the command; what is known of its session is older than that"
    if session.state == SessionState.ONLINE:
        told = f"online {_span(session.as_of - at)} after delivery"
        return f"? {name} got the command and was {told}; what came after that is not told"
    state = clean(session.state, 20).lower()
    return f"✗ {name} got the command but is {state} after {_span(asked.limit)}"


def _good(text: str) -> Finding:
    return Finding(Cell(f"✓ {text}", "ok"), done=True)


def _left(asked: Asked, now: datetime) -> str:
    return f"{_span(asked.until - now)} left"


def _span(span: timedelta) -> str:
    seconds = max(span.total_seconds(), 0)
    return f"{seconds:.0f}s" if seconds < 10 else duration(seconds)
