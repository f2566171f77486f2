"""How the Thing is now: the newer of what the list and what the session itself tell."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Final

from simtui.models import Session, SessionState, State, Thing
from simtui.views.detail.end_reasons import HARMLESS
from simtui.views.things.words import STALE_AFTER
from simtui.views.why.evidence import Evidence

FEWEST_PAUSES: Final = 3
"""How many pauses between sessions have to be known to say what is usual."""
_LONGER_THAN_USUAL: Final = 1.5
_ALLOWANCE: Final = timedelta(minutes=2)


@dataclass(frozen=True, slots=True)
class Presence:
    """A session state, since when, and as of when that is known.

    ``fresh`` is whether the fact is young enough to rely on (contract §3.2). ``reason`` is
    why it is as it is: of a session that is blocked or has no data, its own, otherwise why
    the last one ended.
    """

    state: str
    since: datetime | None
    as_of: datetime | None
    fresh: bool
    reason: str | None = None

    @property
    def online(self) -> bool:
        """Whether a data session is known to be open now."""
        return self.fresh and self.state == SessionState.ONLINE

    @property
    def harmless(self) -> bool:
        """Whether nothing but the device's own habit ended the last session."""
        return (self.reason or "NORMAL") in HARMLESS


def presence_of(evidence: Evidence) -> Presence | None:
    """How it is now; None where nothing is known of a session."""
    told = _told(evidence)
    if told is None:
        return None
    state, since, as_of, own_reason = told
    if state == SessionState.OFFLINE or (state != SessionState.ONLINE and not own_reason):
        last = last_ended(evidence)
        own_reason = (last.end_reason if last is not None else None) or own_reason
    fresh = as_of is not None and evidence.now - as_of <= STALE_AFTER
    return Presence(state, since, as_of, fresh, own_reason)


def _told(evidence: Evidence) -> tuple[str, datetime | None, datetime | None, str | None] | None:
    detail, thing = evidence.session.value, evidence.thing.value
    summary = thing.session if thing is not None else None
    if detail is not None and (summary is None or _is_newer(detail.as_of, summary.as_of)):
        return detail.state, detail.since, detail.as_of, detail.end_reason
    if summary is None:
        return None
    reason = detail.end_reason if detail and detail.state == summary.state else None
    return summary.state, summary.since, summary.as_of, reason


def _is_newer(one: datetime | None, other: datetime | None) -> bool:
    return other is None or (one is not None and one >= other)


def last_ended(evidence: Evidence) -> Session | None:
    """The session that ended last, as far as sessions are told."""
    ended = [(one.ended_at, one) for one in evidence.sessions.value or () if one.ended_at]
    return max(ended, key=lambda pair: pair[0])[1] if ended else None


def last_contact(thing: Thing | None, presence: Presence | None) -> datetime | None:
    """The last moment at which it is known to have been there."""
    moments = [thing.last_seen_at if thing else None]
    if presence is not None and presence.state == SessionState.OFFLINE:
        moments.append(presence.since)
    known = [moment for moment in moments if moment is not None]
    return max(known, default=None)


def usual_pause(sessions: tuple[Session, ...] | None) -> timedelta | None:
    """The longest pause between the last sessions; None where too few are told."""
    known = sorted(
        (one.since, one.ended_at) for one in sessions or () if one.since and one.ended_at
    )
    pauses = [later[0] - earlier[1] for earlier, later in pairwise(known)]
    open_since = [one.since for one in sessions or () if one.since and one.ended_at is None]
    if known and open_since:
        pauses.append(max(open_since) - known[-1][1])
    return max(pauses) if len(pauses) >= FEWEST_PAUSES else None


def is_usual(evidence: Evidence, presence: Presence) -> bool:
    """Whether a silence is no longer than its device's own habit makes them."""
    thing, pause = evidence.thing.value, usual_pause(evidence.sessions.value)
    if thing is None or thing.state != State.ACTIVE or not presence.harmless:
        return False
    if pause is None or presence.since is None:
        return False
    return evidence.now - presence.since <= pause * _LONGER_THAN_USUAL + _ALLOWANCE
