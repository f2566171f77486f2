"""Which state may follow which (contract §4)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Final

from simtui.models import State
from simtui.models.action import SetState
from simtui.views.plan.verdict import Already, Changes, Facts, Forbidden, Judge, Verdict
from simtui.views.plan.wording import named

MAY_FOLLOW: Final[Mapping[str, frozenset[str]]] = {
    State.PROVISIONED: frozenset({State.ACTIVE, State.RETIRED}),
    State.ACTIVE: frozenset({State.SUSPENDED, State.RETIRED}),
    State.SUSPENDED: frozenset({State.ACTIVE, State.RETIRED}),
    State.RETIRED: frozenset(),
}
"""The states that a Thing can be put into, by the state that it is in."""

_INSTEAD: Final = {
    State.PROVISIONED: "it was never in service: activate it, and it is charged from then on",
    State.SUSPENDED: "it is suspended: resume it",
}


def judge_state(action: SetState, facts: Facts) -> Judge:
    """The state machine; a change that is in flight is not asked for again."""
    target = action.state

    @cache  # there are few states, and very many Things
    def verdict(state: str, pending: str | None) -> Verdict:
        in_flight = _in_flight(pending, target)
        if state == target:
            return Already(f"is {target} already" + (in_flight and f"; {in_flight}"))
        if target not in MAY_FOLLOW.get(state, ()):
            return Forbidden(_why_not(state, target))
        if action.only_from not in (None, state):
            return Forbidden(_INSTEAD[state])
        if pending == target:
            return Already(f"is on its way to {target} already")
        return Changes(state, target, in_flight)

    return lambda thing: verdict(thing.state, thing.pending_state)


def _in_flight(pending: str | None, target: str) -> str:
    if pending is None or pending == target:
        return ""
    return f"a change to {named(pending)} is in flight"


def _why_not(state: str, target: str) -> str:
    if state == State.RETIRED:
        return "RETIRED is for good; only another SIM can take its place"
    if state not in MAY_FOLLOW:
        return f"what may follow the state {named(state)} is not known here, so it is left alone"
    if target == State.PROVISIONED:
        return "nothing goes back to PROVISIONED; suspending stops its traffic"
    return f"a {named(state)} Thing has to be activated first"
