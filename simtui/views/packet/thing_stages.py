"""What the Thing itself has to say: its services, its state and its session (contract §5)."""

from __future__ import annotations

from ipaddress import IPv4Address

from simtui.models import Service, SessionState, SessionSummary, State, Thing
from simtui.views.ages import moment_text
from simtui.views.packet.passage import Passage, Passed, address_text
from simtui.views.packet.step import Outcome, Stage, Step
from simtui.views.plan.wording import listed, named, thing_name
from simtui.views.things.words import is_stale

NO_THING = "no Thing chosen"


def services(passage: Passage) -> Passed:
    """DATA has to be among the allowed services."""
    thing = passage.scene.thing
    if thing is None or (why := _of_another(passage, thing)):
        return Passed(Step(Stage.SERVICES, "SKIP", NO_THING if thing is None else why), passage)
    allowed = thing.allowed_services
    if allowed is None:
        return _passed(passage, Stage.SERVICES, "UNKNOWN", "its allowed services are not known")
    if Service.DATA in allowed:
        return _passed(passage, Stage.SERVICES, "PASS", "DATA is allowed")
    text = f"DATA is not among its allowed services: {listed(allowed) or 'none'}"
    return _passed(passage, Stage.SERVICES, "DROP", text)


def state(passage: Passage) -> Passed:
    """The Thing has to be ACTIVE."""
    thing = passage.scene.thing
    if thing is None or (why := _of_another(passage, thing)):
        return Passed(Step(Stage.STATE, "SKIP", NO_THING if thing is None else why), passage)
    name = thing_name(thing)
    text = f"{name} is {named(thing.state)}"
    if thing.pending_state is not None:
        text += f", a change to {named(thing.pending_state)} is under way"
    if thing.state == State.ACTIVE:
        return _passed(passage, Stage.STATE, "PASS", text)
    if thing.state in State.ALL:
        return _passed(passage, Stage.STATE, "DROP", text)
    return _passed(passage, Stage.STATE, "UNKNOWN", f"{text}, which is not known here")


def session(passage: Passage) -> Passed:
    """A packet needs an open data session; a fact that is too old decides nothing."""
    thing, now = passage.scene.thing, passage.scene.now
    if thing is None or (why := _of_another(passage, thing)):
        return Passed(Step(Stage.SESSION, "SKIP", NO_THING if thing is None else why), passage)
    summary = thing.session
    if summary is None:
        return _passed(passage, Stage.SESSION, "UNKNOWN", "nothing is known of a session")
    moment = moment_text(summary.as_of, now) if summary.as_of else "an unknown time"
    text = f"{named(summary.state)} as of {moment}"
    if is_stale(summary, now):
        text = f"{text}, which is too old to rely on"
        return _passed(passage, Stage.SESSION, "UNKNOWN", text)
    outcome, words = _session_outcome(summary)
    return _passed(passage, Stage.SESSION, outcome, f"{text}: {words}")


def _session_outcome(summary: SessionSummary) -> tuple[Outcome, str]:
    match summary.state:
        case SessionState.ONLINE:
            return "PASS", "a data session is open"
        case SessionState.ATTACHED:
            return "UNKNOWN", "registered, without a data session that is known of"
        case SessionState.OFFLINE | SessionState.BLOCKED:
            return "DROP", "there is no data session"
        case _:
            return "UNKNOWN", "whether a data session is open is not known"


def _of_another(passage: Passage, thing: Thing) -> str:
    """Why the Thing has no part in a packet that goes to another one; empty when it has."""
    if passage.direction == "FROM_THING":
        return ""
    name = thing_name(thing)
    if passage.thing_id not in (None, thing.thing_id):
        return f"the NAT rule leads to another Thing than {name}"
    address = thing.ip.address if thing.ip else None
    if _number(address) in (None, passage.packet.dst):
        return ""
    return f"{address_text(passage.packet.dst)} is not the address of {name}"


def _number(address: str | None) -> int | None:
    try:
        return int(IPv4Address(address)) if address else None
    except ValueError:
        return None


def _passed(passage: Passage, stage: str, outcome: Outcome, text: str) -> Passed:
    return Passed(Step(stage, outcome, text), None if outcome == "DROP" else passage)
