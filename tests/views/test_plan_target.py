"""How a plan names itself and its Things, to a person and to the server."""

from __future__ import annotations

import pytest

from simtui.models import IpLease, SessionSummary
from simtui.models.action import (
    AddTags,
    Describe,
    LockIp,
    MoveToGroup,
    Ping,
    RemoveTags,
    RenameTag,
    ResetConnection,
    SetImeiLock,
    SetServices,
    SetState,
    SetTags,
    UnlockIp,
)
from simtui.models.bulk import Target
from simtui.views.plan.make import make_plan
from simtui.views.plan.selection import Selection, select_filter, select_marked, select_thing

SUSPEND = SetState("SUSPENDED")
IMEI = "490154203237518"


@pytest.fixture
def depot(make_thing):
    """Things with a tag, in the states given."""

    def select(*states: str, **fields) -> Selection:
        things = [make_thing(f"t{n}", state=state, **fields) for n, state in enumerate(states)]
        return Selection("tag depot-7", tuple(things), tag="depot-7")

    return select


class TestTarget:
    def test_a_tag_when_the_server_skips_the_same(self, depot, context) -> None:
        plan = make_plan(SUSPEND, depot("ACTIVE", "SUSPENDED", "ACTIVE"), context)
        assert plan.target == Target(tag="depot-7")
        assert plan.expected == 3
        assert [thing.thing_id for thing in plan.things] == ["t0", "t2"]

    def test_a_group(self, make_thing, context) -> None:
        things = [make_thing("a", things_group_id="g2"), make_thing("b")]
        plan = make_plan(AddTags(("x",)), select_filter("group:g2", things, context), context)
        assert (plan.target, plan.expected) == (Target(things_group_id="g2"), 1)

    def test_the_ids_when_something_is_illegal(self, depot, context) -> None:
        plan = make_plan(SUSPEND, depot("ACTIVE", "PROVISIONED", "SUSPENDED"), context)
        assert (plan.target, plan.expected) == (Target(thing_ids=("t0",)), 1)

    def test_the_ids_when_the_server_would_not_skip(self, depot, context) -> None:
        on_its_way = depot("ACTIVE", pending_state="SUSPENDED")
        things = (*depot("ACTIVE", "ACTIVE").things[1:], *on_its_way.things)
        plan = make_plan(SUSPEND, Selection("tag x", things, tag="x"), context)
        assert (plan.target, plan.expected) == (Target(thing_ids=("t1",)), 1)

    def test_a_rename_goes_by_ids(self, depot, context) -> None:
        plan = make_plan(RenameTag("a", "b"), depot("ACTIVE", tags=("a",)), context)
        assert plan.target == Target(thing_ids=("t0",))

    def test_marked_and_filtered_things_go_by_ids(self, make_thing, context) -> None:
        things = [make_thing("a"), make_thing("b", state="SUSPENDED")]
        for selection in (select_marked(things), select_filter("!state:prov", things, context)):
            plan = make_plan(SUSPEND, selection, context)
            assert (plan.target, plan.expected) == (Target(thing_ids=("a",)), 1)


class TestTyped:
    def test_the_iccid_or_the_count(self, depot, context) -> None:
        retire = SetState("RETIRED")
        one = depot("ACTIVE", "RETIRED")
        assert make_plan(retire, one, context).typed == "8931086200000000019"
        many = depot(*["ACTIVE"] * 1482)
        assert make_plan(retire, many, context).typed == "1482"

    def test_nothing_else_is_typed(self, depot, context) -> None:
        assert make_plan(SUSPEND, depot("ACTIVE"), context).typed == ""
        assert make_plan(SetState("RETIRED"), depot("RETIRED"), context).typed == ""


def test_sessions_that_can_be_ended(depot, context) -> None:
    online = depot("ACTIVE", "ACTIVE", "PROVISIONED", session=SessionSummary("ONLINE"))
    assert make_plan(SUSPEND, online, context).can_end_session == 2
    assert make_plan(SetState("ACTIVE"), online, context).can_end_session == 0
    assert make_plan(ResetConnection(), online, context).can_end_session == 0


@pytest.mark.parametrize(
    ("action", "summary"),
    [
        (SetState("SUSPENDED"), "Suspend pump-12"),
        (SetState("RETIRED"), "Retire pump-12"),
        (SetState("ACTIVE"), "Activate pump-12"),
        (Describe(name="p"), "Rename pump-12 to p"),
        (Describe(name=""), "Clear the name of pump-12"),
        (Describe(description="d"), "Describe pump-12"),
        (Describe(description=""), "Clear the description of pump-12"),
        (Describe("p", "d"), "Change name and description of pump-12"),
        (SetTags(("a", "b")), "Set the tags of pump-12 to a, b"),
        (SetTags(()), "Remove all tags of pump-12"),
        (AddTags(("a",)), "Add tag a to pump-12"),
        (AddTags(("a", "b")), "Add tags a, b to pump-12"),
        (RemoveTags(("a",)), "Remove tag a from pump-12"),
        (RenameTag("a", "b"), "Rename tag a to b on pump-12"),
        (MoveToGroup("g2"), "Move pump-12 to group North yard"),
        (SetServices(()), "Block all services of pump-12"),
        (SetServices(("SMS",)), "Restrict pump-12 to SMS"),
        (SetServices(("DATA", "SMS")), "Allow pump-12 DATA and SMS"),
        (LockIp(), "Lock the IP of pump-12"),
        (LockIp("10.0.4.17"), "Lock 10.0.4.17 to pump-12"),
        (UnlockIp(), "Unlock the IP of pump-12"),
        (SetImeiLock(False), "Remove the IMEI lock of pump-12"),
        (SetImeiLock(True), f"Lock pump-12 to IMEI {IMEI}"),
        (SetImeiLock(True, tac="49015420"), "Lock pump-12 to TAC 49015420"),
        (ResetConnection(), "Reset the connection of pump-12"),
        (Ping(), "Ping pump-12"),
    ],
)
def test_the_summary_and_the_question_of_one(make_thing, context, action, summary) -> None:
    plan = make_plan(action, select_thing(make_thing(name="pump-12", imei=IMEI)), context)
    assert plan.summary == summary
    assert plan.question == f"{summary}?"


class TestSummaryOfMany:
    def test_the_number_is_that_of_the_changes(self, depot, context) -> None:
        plan = make_plan(SUSPEND, depot(*["ACTIVE"] * 1470, "SUSPENDED", "RETIRED"), context)
        assert plan.summary == "Suspend 1,470 Things (tag depot-7)"
        assert plan.question == "Suspend 1,470 Things?"

    def test_one_of_many_and_none_of_many(self, depot, context) -> None:
        one = make_plan(SUSPEND, depot("ACTIVE", "SUSPENDED"), context)
        assert one.summary == "Suspend 1 Thing (tag depot-7)"
        none = make_plan(SUSPEND, depot("SUSPENDED", "SUSPENDED"), context)
        assert none.summary == "Suspend no Things (tag depot-7)"

    def test_words_behind_the_things(self, make_thing, context) -> None:
        marked = select_marked([make_thing("a", ip=IpLease("10.0.0.5")), make_thing("b")])
        assert make_plan(MoveToGroup("g2"), marked, context).question == (
            "Move 2 Things to group North yard?"
        )

    def test_activating_and_resuming(self, depot, context) -> None:
        activate = SetState("ACTIVE")
        assert make_plan(activate, depot("SUSPENDED", "ACTIVE"), context).summary.startswith(
            "Resume 1 Thing "
        )
        assert make_plan(activate, depot("SUSPENDED", "PROVISIONED"), context).summary.startswith(
            "Activate 2 Things "
        )
