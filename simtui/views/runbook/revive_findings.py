"""Whether a Thing is back, after a reset or after an SMS; never more than is known.

As in `simtui.views.sms.verify`: a session counts from when it began, or by a fact that is
newer than what was sent. What is older, or not told, is not known.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from simtui.models import SessionState, SessionSummary, Sms, SmsStatus, State, Thing
from simtui.models.runbook import Revival
from simtui.views.ages import age_ago, duration
from simtui.views.sms.words import reason_text, status_word
from simtui.views.text import clean


@dataclass(frozen=True, slots=True)
class Finding:
    """What became of a Thing: a ``Revival``, and a sentence."""

    revival: str
    said: str

    @property
    def is_back(self) -> bool:
        """Whether nothing more is to be done for it."""
        return self.revival in Revival.BACK


def after_reset(thing: Thing | None, was: str, at: datetime, now: datetime) -> Finding:
    """After a reset at ``at``; ``was`` is the state of its session before, if it was told."""
    if thing is None:
        return Finding(Revival.NOT_KNOWN, _GONE)
    back = _back(thing.session, was, at, "reset")
    if back:
        return Finding(Revival.BACK_AFTER_RESET, back)
    return _not_back(thing, at, now)


def after_sms(
    thing: Thing | None, was: str, reset_at: datetime, sms: Sms | None, at: datetime, now: datetime
) -> Finding:
    """After an SMS that was submitted at ``at``; ``sms`` is the message as it is known now."""
    if thing is None:
        return Finding(Revival.NOT_KNOWN, _GONE)
    session = thing.session
    online = session is not None and session.state == SessionState.ONLINE
    if online and session is not None and session.since and reset_at <= session.since < at:
        return Finding(Revival.BACK_AFTER_RESET, "online again before the SMS was sent")
    back = _back(session, was, at, "SMS")
    if back:
        early = sms is not None and sms.pending
        return Finding(Revival.BACK_AFTER_SMS, f"{back}, which waits still" if early else back)
    found = _not_back(thing, at, now)
    return Finding(found.revival, f"{_delivery(sms)}; {found.said}")


def _back(session: SessionSummary | None, was: str, at: datetime, what: str) -> str:
    """Why it is back; empty when nothing says so."""
    if session is None or session.state != SessionState.ONLINE:
        return ""
    if session.since is not None and session.since >= at:
        return f"online again, {_span(session.since, at)} after the {what}"
    if session.as_of is None or session.as_of < at:
        return ""
    if was == SessionState.ONLINE:
        return "online as before, and by now that is a new fact"
    return f"online, which it was not before the {what}"


def _not_back(thing: Thing, at: datetime, now: datetime) -> Finding:
    session = thing.session
    if thing.state != State.ACTIVE:
        return Finding(Revival.NOT_BACK, f"it is {clean(thing.state, 40)} by now")
    if session is None or session.state == SessionState.UNKNOWN:
        return Finding(Revival.NOT_KNOWN, f"no session is told, last seen {_seen(thing, now)}")
    state = clean(session.state, 40).lower()
    if session.as_of is None or session.as_of < at:
        said = f"{state} as of {age_ago(session.as_of, now)}, nothing newer is told"
        return Finding(Revival.NOT_KNOWN, said)
    return Finding(Revival.NOT_BACK, f"{state}, last seen {_seen(thing, now)}")


def _delivery(sms: Sms | None) -> str:
    if sms is None:
        return "of the SMS nothing is known"
    if sms.status == SmsStatus.DELIVERED:
        return "got the SMS"
    why = reason_text(sms)
    because = f" ({why})" if why else ""
    if sms.pending:
        return f"the SMS waits{because}"
    return f"the SMS is {status_word(sms.status)}{because}"


def _seen(thing: Thing, now: datetime) -> str:
    return age_ago(thing.last_seen_at, now) if thing.last_seen_at else "never"


def _span(since: datetime, at: datetime) -> str:
    seconds = (since - at).total_seconds()
    return f"{seconds:.0f}s" if seconds < 60 else duration(seconds)


_GONE: Final = "it is not there any more"
