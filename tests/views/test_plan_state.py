"""Every edge of the state machine, and what is said where there is none (contract §4)."""

from __future__ import annotations

import pytest

from simtui.errors import UsageError
from simtui.models import State
from simtui.models.action import SetState
from simtui.views.fleet_context import FleetContext
from simtui.views.plan.action_words import parse_action
from simtui.views.plan.make import make_plan
from simtui.views.plan.plan import Plan
from simtui.views.plan.selection import select_thing

P, A, S, R = State.ALL

EDGES = {
    (P, P): "skipped", (P, A): "changes", (P, S): "illegal", (P, R): "changes",
    (A, P): "illegal", (A, A): "skipped", (A, S): "changes", (A, R): "changes",
    (S, P): "illegal", (S, A): "changes", (S, S): "skipped", (S, R): "changes",
    (R, P): "illegal", (R, A): "illegal", (R, S): "illegal", (R, R): "skipped",
}  # fmt: skip


def verdict(plan: Plan) -> str:
    """Where the one Thing of a plan went."""
    (where,) = (name for name in ("changes", "skipped", "illegal") if getattr(plan, name))
    return where


@pytest.mark.parametrize(("edge", "expected"), EDGES.items(), ids=lambda value: str(value))
def test_edges(make_thing, context: FleetContext, edge, expected) -> None:
    plan = make_plan(SetState(edge[1]), select_thing(make_thing(state=edge[0])), context)
    assert verdict(plan) == expected
    if expected == "changes":
        (change,) = plan.changes
        assert (change.before, change.after) == edge


def test_all_edges_are_in_the_table() -> None:
    assert set(EDGES) == {(old, new) for old in State.ALL for new in State.ALL}


@pytest.mark.parametrize(
    ("state", "target", "words"),
    [
        (R, A, "RETIRED is for good"),
        (P, S, "a PROVISIONED Thing has to be activated first"),
        (A, P, "nothing goes back to PROVISIONED"),
        ("QUARANTINED", A, "the state QUARANTINED is not known here"),
        ("\x1b[2J", R, "\\x1b[2J is not known"),
    ],
)
def test_reasons_of_the_illegal(make_thing, context, state, target, words) -> None:
    plan = make_plan(SetState(target), select_thing(make_thing(state=state)), context)
    (objection,) = plan.illegal
    assert words in objection.reason


def test_a_change_that_is_in_flight_is_not_asked_for_again(make_thing, context) -> None:
    thing = make_thing(state=A, pending_state=S)
    plan = make_plan(SetState(S), select_thing(thing), context)
    assert plan.skipped[0].reason == "is on its way to SUSPENDED already"


def test_another_change_in_flight_is_said(make_thing, context) -> None:
    thing = make_thing(state=A, pending_state=S)
    assert make_plan(SetState(R), select_thing(thing), context).changes[0].note == (
        "a change to SUSPENDED is in flight"
    )
    assert make_plan(SetState(A), select_thing(thing), context).skipped[0].reason == (
        "is ACTIVE already; a change to SUSPENDED is in flight"
    )


def test_a_state_that_does_not_exist_is_refused(make_thing, context) -> None:
    with pytest.raises(UsageError, match="SLEEPING is not a state"):
        make_plan(SetState("SLEEPING"), select_thing(make_thing()), context)


def test_a_reason_is_plain_text_of_256_characters(make_thing, context) -> None:
    selection = select_thing(make_thing())
    assert make_plan(SetState(S, " INC-1 "), selection, context).action == SetState(S, "INC-1")
    with pytest.raises(UsageError, match="Character 4"):
        make_plan(SetState(S, "INC\x07"), selection, context)
    with pytest.raises(UsageError, match="257 characters"):
        make_plan(SetState(S, "x" * 257), selection, context)


@pytest.mark.parametrize(
    ("word", "state", "expected", "reason"),
    [
        ("resume", S, "changes", ""),
        ("resume", P, "illegal", "it was never in service: activate it"),
        ("resume", A, "skipped", "is ACTIVE already"),
        ("activate", P, "changes", ""),
        ("activate", S, "illegal", "it is suspended: resume it"),
        ("activate", R, "illegal", "RETIRED is for good"),
    ],
)
def test_resuming_never_puts_into_service_what_never_was(
    make_thing, context, word, state, expected, reason
) -> None:
    action = parse_action(word, (), context)
    plan = make_plan(action, select_thing(make_thing(state=state)), context)
    assert verdict(plan) == expected
    assert all(reason in objection.reason for objection in (*plan.illegal, *plan.skipped))
    assert plan.question.startswith(word.capitalize())
