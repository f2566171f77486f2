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

SETTLED_AFTER: Final = timedelta(minutes=2)
"""How long after delivery a session that was never interrupted is taken for unaffected."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A command that was sent to ``thing``, as it was then, and until when to look."""

    thing: Thing
    until: datetime
    limit: timedelta

    @property
    def was_online(self) -> bool:
        """Whether it had a data session before the command."""
        session = self.thing.session
        return session is not None and session.state == SessionState.ONLINE


@dataclass(frozen=True, slots=True)
class Finding:
    """What is to be said now; ``done`` when nothing more will be."""

    cell: Cell
    done: bool = False


def finding(asked: Asked, sms: Sms | None, thing: Thing | None, now: datetime) -> Finding:
    """What the message and the Thing, as they are now, say."""
    name = thing_name(asked.thing)
    if sms is None or sms.status in SmsStatus.PENDING:
        return _underway(asked, sms, name, now)
    if sms.status != SmsStatus.DELIVERED:
        why = reason_text(sms)
        because = f": {why}" if why else ""
        text = f"✗ {name} did not get the command, it is {status_word(sms.status)}{because}"
        return Finding(Cell(text, "bad"), done=True)
    return _delivered(asked, sms, thing or asked.thing, name, now)


def _underway(asked: Asked, sms: Sms | None, name: str, now: datetime) -> Finding:
    if now >= asked.until:
        waits = " and waits until the device attaches" if sms and sms.error_code else ""
        text = f"? {name} has not got the command within {_span(asked.limit)}; it is sent{waits}"
        return Finding(Cell(text, "warn"), done=True)
    state = status_word(sms.status) if sms is not None else "queued"
    left = _left(asked, now)
    return Finding(Cell(f"◍ Verifying {name}: the command is {state} · {left}", "accent"))


def _delivered(asked: Asked, sms: Sms, thing: Thing, name: str, now: datetime) -> Finding:
    at = sms.delivered_at or now
    session = thing.session
    if session is not None and session.state == SessionState.ONLINE:
        if session.since is not None and session.since >= at:
            return _good(f"{name} came back online, {_span(session.since - at)} after delivery")
        if not asked.was_online and session.as_of is not None and session.as_of >= at:
            return _good(f"{name} is online; it was not before the command")
        if asked.was_online and now - at >= SETTLED_AFTER:
            return _good(f"{name} is online as before; nothing shows that it restarted")
    if now >= asked.until:
        return Finding(Cell(_not_seen(asked, thing, name, at), "warn"), done=True)
    text = f"◍ Verifying {name}: delivered, waiting for its session · {_left(asked, now)}"
    return Finding(Cell(text, "accent"))


def _not_seen(asked: Asked, thing: Thing, name: str, at: datetime) -> str:
    session = thing.session
    if session is None:
        return f"? {name} got the command; no session is told, so whether it is back is not known"
    if session.as_of is None or session.as_of < at:
        return f"? {name} got the command; what is known of its session is older than that"
    state = session.state.lower()
    return f"✗ {name} got the command but is {state} after {_span(asked.limit)}"


def _good(text: str) -> Finding:
    return Finding(Cell(f"✓ {text}", "ok"), done=True)


def _left(asked: Asked, now: datetime) -> str:
    return f"{_span(asked.until - now)} left"


def _span(span: timedelta) -> str:
    seconds = max(span.total_seconds(), 0)
    return f"{seconds:.0f}s" if seconds < 10 else duration(seconds)
