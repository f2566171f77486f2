"""The lifecycle state, and a change of it that is under way (contract §4)."""

from __future__ import annotations

from typing import Final

from simtui.models import State, StateHistoryEntry, Thing
from simtui.models.action import SetState
from simtui.views.ages import age_ago, moment_text
from simtui.views.plan.wording import named
from simtui.views.text import clean
from simtui.views.things.words import state_name
from simtui.views.why.evidence import Evidence
from simtui.views.why.rung import Remedy, Rung, RungName, unknown

SHOWN: Final = 5
_REMEDIES: Final = {
    State.PROVISIONED: Remedy("Activate it", SetState(State.ACTIVE)),
    State.SUSPENDED: Remedy("Resume it, if nobody wants it suspended", SetState(State.ACTIVE)),
    State.RETIRED: Remedy("Retired is for good: put another SIM into the device"),
}


def judge_lifecycle(evidence: Evidence) -> Rung:
    """Only an ACTIVE Thing gets a data session."""
    thing = evidence.thing.value
    if thing is None:
        return unknown(RungName.LIFECYCLE, evidence.thing.missing, waiting=evidence.thing.waiting)
    facts, as_of = _facts(evidence, thing), evidence.thing.read_at
    if thing.pending_state is not None and thing.pending_state != thing.state:
        return _pending(evidence, thing)
    if thing.state == State.ACTIVE:
        return Rung(RungName.LIFECYCLE, "PASS", "Active", facts, as_of)
    if thing.state not in _REMEDIES:
        found = f"Its state “{named(thing.state)}” is not known here"
        return unknown(RungName.LIFECYCLE, found, *facts)
    what = _what(evidence, thing)
    return Rung(
        RungName.LIFECYCLE,
        "FAIL",
        f"{what[0].upper()}{what[1:]}",
        facts,
        as_of,
        f"it {'is' if thing.state == State.PROVISIONED else 'was'} {what}",
        remedy=_REMEDIES[thing.state],
    )


def _pending(evidence: Evidence, thing: Thing) -> Rung:
    target = state_name(thing.pending_state or "")
    found = f"{state_name(thing.state).capitalize()}, a change to {target} is under way"
    facts, as_of = _facts(evidence, thing), evidence.thing.read_at
    if thing.state == State.ACTIVE and thing.pending_state == State.ACTIVE:
        return Rung(RungName.LIFECYCLE, "PASS", found, facts, as_of)
    cause = f"it is {state_name(thing.state)}, and a change to {target} is under way"
    words = "Wait for the change; KPN can say why, if it takes longer than some minutes"
    return Rung(RungName.LIFECYCLE, "FAIL", found, facts, as_of, cause, remedy=Remedy(words))


def _what(evidence: Evidence, thing: Thing) -> str:
    """``suspended 3h ago by daan@example.com: stolen``, as far as it is told."""
    change = _change(evidence, thing)
    at = (change.at if change else None) or thing.state_changed_at
    when = f" {age_ago(at, evidence.now)}" if at else ""
    by = f" by {named(change.by)}" if change and change.by else ""
    why = f": {clean(change.reason, 80)}" if change and change.reason else ""
    if thing.state == State.PROVISIONED:
        return "provisioned: it was never activated"
    return f"{state_name(thing.state)}{when}{by}{why}"


def _change(evidence: Evidence, thing: Thing) -> StateHistoryEntry | None:
    states = evidence.states.value or ()
    latest = states[0] if states else None
    return latest if latest is not None and latest.to == thing.state else None


def _facts(evidence: Evidence, thing: Thing) -> tuple[str, ...]:
    now = evidence.now
    facts = [f"{state_name(thing.state)} since {moment_text(thing.state_changed_at, now)}"]
    for change in (evidence.states.value or ())[:SHOWN]:
        by = f" by {named(change.by)}" if change.by else ""
        why = f": {clean(change.reason, 80)}" if change.reason else ""
        facts.append(f"{moment_text(change.at, now)}: {state_name(change.to)}{by}{why}")
    return tuple(facts)
