"""Cutting the session of a Thing, and pinging it (contract §2, EXT)."""

from __future__ import annotations

from typing import Final

from simtui.models import Service, SessionState, State, Thing
from simtui.models.action import Ping, ResetConnection
from simtui.models.effect import OPEN_SESSIONS
from simtui.views.plan.verdict import Changes, Facts, Forbidden, Judge, Verdict
from simtui.views.plan.wording import named

_CAN_BE_CUT: Final = OPEN_SESSIONS | {SessionState.BLOCKED}


def judge_reset(action: ResetConnection, facts: Facts) -> Judge:
    """A Thing that is neither ACTIVE nor connected has nothing to reset."""

    def judge(thing: Thing) -> Verdict:
        session = thing.session.state if thing.session else "no session"
        if thing.state != State.ACTIVE and session not in _CAN_BE_CUT:
            return Forbidden(f"is {named(thing.state)} and has no running session to reset")
        return Changes(named(session), "cut; the device attaches anew")

    return judge


def judge_ping(action: Ping, facts: Facts) -> Judge:
    """Only a Thing that is ACTIVE and may use DATA can answer."""

    def judge(thing: Thing) -> Verdict:
        if thing.state != State.ACTIVE:
            return Forbidden(f"is {named(thing.state)}; only an ACTIVE Thing can be pinged")
        services = thing.allowed_services
        if services is not None and Service.DATA not in services:
            return Forbidden("DATA is not among its services; allow it first")
        return Changes("", f"{action.count} echo requests of {action.size} bytes")

    return judge
