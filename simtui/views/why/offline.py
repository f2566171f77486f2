"""Is it really offline, and how old is that fact (contract §3.2, ``asOf``)?"""

from __future__ import annotations

from simtui.models import SessionState
from simtui.views.ages import age, age_ago, duration, moment_text
from simtui.views.plan.wording import named
from simtui.views.things.words import session_state_cell
from simtui.views.why.evidence import Evidence
from simtui.views.why.presence import Presence, is_usual, presence_of, usual_pause
from simtui.views.why.rung import Rung, RungName, Verdict, unknown

_WORDS = {
    SessionState.OFFLINE: "Offline",
    SessionState.BLOCKED: "Blocked by a policy",
    SessionState.ATTACHED: "Attached without a data session",
}


def judge_offline(evidence: Evidence) -> Rung:
    """FAIL is "yes, it is offline": the symptom, and never a cause by itself."""
    presence = presence_of(evidence)
    if presence is None:
        return _nothing_known(evidence)
    verdict, found = _judged(evidence, presence)
    facts = _facts(evidence, presence)
    waiting = verdict == "FAIL" and evidence.sessions.waiting
    return Rung(RungName.OFFLINE, verdict, found, facts, presence.as_of, waiting=waiting)


def _nothing_known(evidence: Evidence) -> Rung:
    thing, session = evidence.thing, evidence.session
    if thing.value is None:
        return unknown(RungName.OFFLINE, thing.missing, waiting=thing.waiting)
    if session.absent:
        seen = f"It was last seen {age_ago(thing.value.last_seen_at, evidence.now)}"
        never = "It was never seen" if thing.value.last_seen_at is None else seen
        return unknown(RungName.OFFLINE, f"{never}, and has no session", session.missing)
    return unknown(RungName.OFFLINE, "Nothing is told of a session", waiting=session.waiting)


def _judged(evidence: Evidence, presence: Presence) -> tuple[Verdict, str]:
    now, state = evidence.now, presence.state
    when = f"as of {age_ago(presence.as_of, now)}" if presence.as_of else "of unknown age"
    if not presence.fresh:
        what = session_state_cell(state).text.partition(" ")[2].capitalize()
        return "UNKNOWN", f"{what}, {when}: that is too old to rely on"
    if state == SessionState.ONLINE:
        return "PASS", f"No: online {when}"
    if state not in _WORDS:
        return "UNKNOWN", f"The platform tells “{named(state)}” {when}"
    length = f" for {age(presence.since, now)}" if presence.since else ""
    if is_usual(evidence, presence):
        return "PASS", f"{_WORDS[state]}{length}, {when}: a pause as usual for it"
    return "FAIL", f"{_WORDS[state]}{length}, {when}"


def _facts(evidence: Evidence, presence: Presence) -> tuple[str, ...]:
    now, thing = evidence.now, evidence.thing.value
    pause = usual_pause(evidence.sessions.value)
    usual = (
        f"Longest pause between its last sessions: {duration(pause.total_seconds())}"
        if pause is not None
        else "What pause is usual for it is not known"
    )
    return (
        f"Session {named(presence.state)} since {moment_text(presence.since, now)}",
        f"Known as of {moment_text(presence.as_of, now)}",
        f"Last seen {moment_text(thing.last_seen_at if thing else None, now)}",
        usual,
    )
