"""What ``simtui apply`` says became of each Thing."""

from __future__ import annotations

import json

import pytest

from simtui.models import ItemOutcome, JobItem, State, Thing
from simtui.models.action import SetState
from simtui.views.output.outcomes_json import outcomes_json
from simtui.views.output.outcomes_text import LISTED, after_lines, before_lines
from simtui.views.output.thing_outcomes import Fate, ThingOutcome, outcomes_after, outcomes_before
from simtui.views.plan.plan import Change, Objection, Phrase, Plan
from simtui.views.plan.selection import Selection


def thing(number: int) -> Thing:
    return Thing(f"t_{number}", f"89{number:017}", State.ACTIVE, name=f"pump-{number}")


def item(number: int, outcome: str, message: str = "") -> JobItem:
    return JobItem(outcome, f"t_{number}", f"89{number:017}", "INTERNAL", message)


@pytest.fixture
def plan() -> Plan:
    """Things 1 to 3 change, 4 is so already, 5 must not."""
    every = [thing(number) for number in range(1, 6)]
    return Plan(
        SetState(State.SUSPENDED),
        Selection("tag depot", tuple(every), tag="depot"),
        tuple(Change(one, "ACTIVE", "SUSPENDED") for one in every[:3]),
        (Objection(every[3], "is so"),),
        (Objection(every[4], "must not"),),
        phrase=Phrase("Suspend"),
    )


def fates(outcomes: tuple[ThingOutcome, ...]) -> list[str]:
    return [one.outcome for one in outcomes]


def test_a_rehearsal_corrects_the_plan(plan: Plan) -> None:
    rehearsed = [
        item(1, ItemOutcome.OK),
        item(2, ItemOutcome.FAILED, "no"),
        item(4, ItemOutcome.SKIPPED),
    ]
    outcomes = outcomes_before(plan, rehearsed)
    assert fates(outcomes) == ["CHANGE", "FAILED", "CHANGE", "SKIPPED", "ILLEGAL"]
    assert outcomes[1].message == "no"
    assert outcomes[3].message == "is so"


def test_what_the_server_did_otherwise_than_planned_is_told(plan: Plan) -> None:
    outcomes = outcomes_after(plan, [item(1, ItemOutcome.SKIPPED), item(4, ItemOutcome.OK)])
    assert fates(outcomes) == ["SKIPPED", "OK", "OK", "OK", "ILLEGAL"]


def test_what_a_cancelled_job_did_not_reach_is_not_done(plan: Plan) -> None:
    outcomes = outcomes_after(plan, [item(1, ItemOutcome.OK)], "the job was cancelled before it")
    assert fates(outcomes) == ["OK", "FAILED", "FAILED", "SKIPPED", "ILLEGAL"]
    assert outcomes[1].message == "the job was cancelled before it"


def test_the_echoes_of_a_ping_are_told_too(plan: Plan) -> None:
    outcomes = outcomes_after(plan, [JobItem(ItemOutcome.FAILED, message="no answer")])
    assert fates(outcomes)[-1] == Fate.FAILED
    assert "  echo: no answer" in list(after_lines("Ping", outcomes))


def test_every_kind_has_its_number_and_its_things(plan: Plan) -> None:
    assert list(before_lines(plan.summary, outcomes_before(plan))) == [
        "Suspend 3 Things (tag depot): 3 would change, 1 so already, 1 not possible",
        "",
        "would change: 3 Things",
        "  3 × ACTIVE → SUSPENDED",
        "    8900000000000000001 pump-1",
        "    8900000000000000002 pump-2",
        "    8900000000000000003 pump-3",
        "",
        "so already: 1 Thing",
        "  8900000000000000004 pump-4: is so",
        "",
        "not possible: 1 Thing",
        "  8900000000000000005 pump-5: must not",
    ]


def test_only_the_first_things_are_named_but_every_shared_reason_is() -> None:
    many = [ThingOutcome(Fate.FAILED, f"t_{n}", message="busy") for n in range(30)]
    few = [ThingOutcome(Fate.FAILED, f"x_{n}", message="gone") for n in range(2)]
    lines = list(after_lines("Suspend", [*few, *many]))
    assert lines[3] == "  30 × busy"
    assert sum(line.startswith("    ") for line in lines) == LISTED
    assert "  2 × gone" in lines
    assert lines[-1] == "  … and 12 more"


def test_what_the_server_says_cannot_act_on_the_terminal(plan: Plan) -> None:
    evil = "\x1b]0;x\x07\u202e\ud800\x7f"
    outcomes = outcomes_after(plan, [item(1, ItemOutcome.FAILED, evil)])
    text = "\n".join(after_lines("Suspend", outcomes))
    encoded = outcomes_json(plan, outcomes, operation="o", dry_run=False)
    for output in (text, encoded):
        assert not set("\x1b\x07\u202e\ud800\x7f") & set(output)
    assert json.loads(encoded)["items"][0]["message"] == evil


def test_the_json_of_a_plan_counts_what_would_be(plan: Plan) -> None:
    told = json.loads(outcomes_json(plan, outcomes_before(plan), operation=None, dry_run=True))
    assert told["counts"] == {"change": 3, "skipped": 1, "failed": 0, "illegal": 1}
    assert (told["operation"], told["dry_run"], told["action"]) == (None, True, "set-state")
    assert told["items"][4] == {
        "outcome": "ILLEGAL",
        "thing_id": "t_5",
        "iccid": "8900000000000000005",
        "name": None,
        "message": "must not",
    }
