"""A plan as rows, and what the API's word makes of it."""

from __future__ import annotations

from dataclasses import replace

from simtui.models import ItemOutcome, JobItem, Thing
from simtui.models.action import SetState
from simtui.store.operation import Report
from simtui.ui.acting.plan_rows import PlanRows
from simtui.ui.acting.plan_words import typing_problem
from simtui.ui.acting.rehearsed import rehearsed_plan
from simtui.views.cell import Cell
from simtui.views.plan.plan import Change, Objection, Plan
from simtui.views.plan.selection import Selection


def thing(number: int) -> Thing:
    return Thing(f"t{number}", f"893108620000000{number:04}", "ACTIVE", name=f"pump-{number}")


def plan_of(count: int, typed: str = "") -> Plan:
    things = tuple(thing(number) for number in range(count))
    return Plan(
        SetState("SUSPENDED"),
        Selection("tag a", things, tag="a"),
        tuple(Change(one, "ACTIVE", "SUSPENDED") for one in things[:-2]),
        (Objection(things[-2], "is so already"),),
        (Objection(things[-1], "cannot be"),),
        (Cell("It is charged all the same", "warn"),),
        typed=typed,
    )


def texts(rows: PlanRows) -> list[str]:
    return ["".join(cell.text for cell in rows.row(key)) for key in rows.keys]


def test_many_stay_closed_until_asked_and_few_are_open() -> None:
    rows = PlanRows(plan_of(12), 60)
    assert texts(rows)[:3] == ["▸ change 10", "▸ already so 1", "▸ not possible 1"]
    assert rows.toggle("impossible")
    assert "cannot be" in texts(rows)[3]
    assert rows.toggle("impossible t11 0"), "a row closes the group that it is in"
    assert len(texts(rows)) == 5
    assert not rows.toggle("remark 0 0")
    assert texts(PlanRows(plan_of(3), 60))[0] == "▾ change 1"


def test_a_group_that_the_rehearsal_brings_opens_when_it_is_small() -> None:
    plan = plan_of(3)
    rows = PlanRows(replace(plan, illegal=()), 60)
    rows.toggle("change")
    rows.show(plan, 60)
    assert texts(rows)[0] == "▸ change 1", "what was closed by hand stays closed"
    place = texts(rows).index("▾ not possible 1")
    assert texts(rows)[place + 1].split() == ["pump-2", "cannot", "be"]


def test_a_row_says_what_its_key_stands_for_also_in_a_very_large_group() -> None:
    rows = PlanRows(plan_of(5_000), 60)
    assert rows.toggle("change")
    assert len(rows.keys) == 4_998 + 3 + 2, "a line a Thing, three heads, a blank and a remark"
    assert texts(rows)[4_998].split() == ["pump-4997", "ACTIVE", "→", "SUSPENDED"]


def test_what_has_no_room_goes_on_below_with_a_key_of_its_own() -> None:
    rows = PlanRows(plan_of(12), 30)
    rows.show(replace(plan_of(12), illegal=(Objection(thing(1), "far too long " * 5),)), 30)
    rows.toggle("impossible")
    place = list(rows.keys).index("impossible")
    lines = texts(rows)[place + 1 : -2]
    assert lines[0].split()[0] == "pump-1"
    assert " ".join(" ".join(lines).split()[1:]) == ("far too long " * 5).strip()
    assert len(set(rows.keys)) == len(rows.keys)


def test_no_row_is_wider_than_there_is_room() -> None:
    rows = PlanRows(plan_of(3), 30)
    assert all(len(text) <= 30 for text in texts(rows))


def test_the_server_moves_things_between_the_groups_with_its_own_words() -> None:
    plan = plan_of(6, typed="4")
    report = Report(
        (
            JobItem(ItemOutcome.FAILED, "t0", message="The Thing is \x1bretired"),
            JobItem(ItemOutcome.SKIPPED, "t1"),
            JobItem(ItemOutcome.OK, "t5", before={"state": "ACTIVE"}, after={"state": "SUSPENDED"}),
            JobItem(ItemOutcome.OK, "unknown"),
        )
    )
    made = rehearsed_plan(plan, report)
    assert [change.thing.thing_id for change in made.changes] == ["t2", "t3", "t5"]
    assert [one.reason for one in made.skipped] == ["It is so already.", "is so already"]
    (illegal,) = made.illegal
    assert illegal.reason == r"The Thing is \x1bretired"
    assert made.typed == "3"
    assert made.target.thing_ids == ("t2", "t3", "t5"), "the failed ones are not asked for again"


def test_without_a_rehearsal_the_plan_stays_as_it_is() -> None:
    plan = plan_of(4)
    assert rehearsed_plan(plan, Report(())) is plan


def test_only_exactly_what_is_asked_for_confirms() -> None:
    plan = plan_of(6, typed="4")
    assert typing_problem(plan, "4") == ""
    assert typing_problem(plan, " 4 ") == ""
    assert "first" in typing_problem(plan, "")
    assert "Nothing was done" in typing_problem(plan, "40")
    assert typing_problem(plan_of(6), "") == ""
