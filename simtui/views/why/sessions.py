"""The last sessions, and why they ended (contract §3.2, ``endReason``)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from simtui.models import Session, SessionState
from simtui.views.ages import age_ago, duration, moment_text
from simtui.views.detail.end_reasons import HARMLESS, end_reason_text
from simtui.views.plan.wording import named
from simtui.views.things.coverage import is_covered, place_text
from simtui.views.why.device import BREACHED
from simtui.views.why.evidence import Evidence
from simtui.views.why.presence import Presence, last_ended, presence_of
from simtui.views.why.rung import Remedy, Rung, RungName, unknown
from simtui.views.why.services import BARRED, USED_UP

SHOWN: Final = 6
POOL_EXHAUSTED: Final = "IP_POOL_EXHAUSTED"
NOT_ACTIVE: Final = "STATE_NOT_ACTIVE"
_JUDGED_ELSEWHERE: Final[Mapping[str, str]] = {
    **dict.fromkeys(USED_UP, RungName.SERVICES),
    BARRED: RungName.SERVICES,
    BREACHED: RungName.IMEI,
    POOL_EXHAUSTED: RungName.ADDRESS,
    NOT_ACTIVE: RungName.LIFECYCLE,
}
_REMEDIES: Final[Mapping[str, str]] = {
    "IMSI_NOT_FOUND": "Ask KPN: their network does not know this SIM",
    "APN_NOT_AUTHORIZED": "Set the APN of its network in the device",
    "PDN_NOT_SUPPORTED": "Set the connection type in the device to IPv4",
    "RAT_NOT_ALLOWED": "Let the device use GSM, UMTS, LTE or LTE-M",
}


def judge_sessions(evidence: Evidence) -> Rung:
    """FAIL where the platform itself ended or refused the last session."""
    presence, facts = presence_of(evidence), _facts(evidence)
    sessions = evidence.sessions
    if presence is not None and presence.online:
        return Rung(RungName.SESSIONS, "PASS", "A session is open", facts, presence.as_of)
    if presence is not None and presence.state == SessionState.ONLINE:
        when = age_ago(presence.as_of, evidence.now)
        was = f"A session was open {when}; what came after is not told"
        return unknown(RungName.SESSIONS, was, *facts)
    reason = presence.reason if presence is not None else None
    if reason is None:
        return _no_reason(evidence, facts)
    found = _found(evidence, presence, reason)
    as_of = sessions.read_at or evidence.session.read_at
    if reason in HARMLESS:
        return Rung(RungName.SESSIONS, "PASS", found, facts, as_of)
    elsewhere = _JUDGED_ELSEWHERE.get(reason)
    if reason == "RAT_NOT_ALLOWED" and _is_abroad(evidence):
        elsewhere = RungName.COVERAGE
    if elsewhere is not None:
        return Rung(RungName.SESSIONS, "FAIL", found, facts, as_of, elsewhere=elsewhere)
    words = _REMEDIES.get(reason, "Ask KPN what this reason means for this SIM")
    return Rung(
        RungName.SESSIONS,
        "FAIL",
        found,
        facts,
        as_of,
        f"its session was ended or refused: {end_reason_text(reason)}",
        remedy=Remedy(_with_apn(evidence, reason, words)),
    )


def _no_reason(evidence: Evidence, facts: tuple[str, ...]) -> Rung:
    sessions = evidence.sessions
    if sessions.value is None:
        waiting = sessions.waiting or evidence.session.waiting
        return unknown(RungName.SESSIONS, f"Not known: {sessions.missing}", *facts, waiting=waiting)
    if not sessions.value:
        return unknown(RungName.SESSIONS, "No session is told of the last days", *facts)
    return unknown(RungName.SESSIONS, "Why the last session ended is not told", *facts)


def _found(evidence: Evidence, presence: Presence | None, reason: str) -> str:
    refused = presence is not None and presence.state in (
        SessionState.BLOCKED,
        SessionState.ATTACHED,
    )
    last = last_ended(evidence)
    ended = last.ended_at if last is not None else None
    when = presence.since if refused and presence is not None else ended
    what = "Refused" if refused else "Ended"
    return f"{what} {age_ago(when, evidence.now)}: {end_reason_text(reason)}"


def _is_abroad(evidence: Evidence) -> bool:
    last = last_ended(evidence)
    return last is not None and not is_covered(last.mcc)


def _with_apn(evidence: Evidence, reason: str, words: str) -> str:
    network = evidence.network.value
    apn = network.apn.name if network is not None and network.apn is not None else None
    return f"{words}: {named(apn)}" if reason == "APN_NOT_AUTHORIZED" and apn else words


def _facts(evidence: Evidence) -> tuple[str, ...]:
    lines = [_line(one, evidence) for one in (evidence.sessions.value or ())[:SHOWN]]
    events = evidence.events.value or ()
    lines += [
        f"Event {moment_text(one.at, evidence.now)}: {named(one.type)} {named(one.message)}"
        for one in events[:SHOWN]
    ]
    return tuple(lines)


def _line(session: Session, evidence: Evidence) -> str:
    begun = moment_text(session.since, evidence.now)
    if session.ended_at is None:
        return f"{begun}: {named(session.state)} by now"
    seconds = (session.ended_at - session.since).total_seconds() if session.since else 0.0
    place = named(place_text(session.mcc, session.country))
    where = f", {place}" if place else ""
    why = end_reason_text(session.end_reason) or "why it ended is not told"
    return f"{begun}: {duration(max(seconds, 0.0))} long{where}, {why}"
