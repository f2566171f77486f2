"""What actions on tags, names and descriptions do, skip and refuse (contract §3.1, §9)."""

from __future__ import annotations

import pytest

from simtui.errors import UsageError
from simtui.models import Thing
from simtui.models.action import Action, AddTags, Describe, RemoveTags, RenameTag, SetTags
from simtui.views.fleet_context import FleetContext
from simtui.views.plan.make import make_plan
from simtui.views.plan.plan import Plan
from simtui.views.plan.selection import select_marked, select_thing


@pytest.fixture
def plan_for(context: FleetContext):
    def plan(action: Action, thing: Thing) -> Plan:
        return make_plan(action, select_thing(thing), context)

    return plan


def change(plan: Plan) -> tuple[str, str, str]:
    (only,) = plan.changes
    return only.before, only.after, only.note


def skipped(plan: Plan) -> str:
    (only,) = plan.skipped
    return only.reason


def illegal(plan: Plan) -> str:
    (only,) = plan.illegal
    return only.reason


class TestTags:
    def test_added_removed_renamed_and_set(self, make_thing, plan_for) -> None:
        thing = make_thing(tags=("Depot-7", "nl"))
        assert change(plan_for(AddTags(("x",)), thing)) == ("Depot-7, nl", "Depot-7, nl, x", "")
        assert change(plan_for(RemoveTags(("depot-7",)), thing))[1] == "nl"
        assert change(plan_for(RenameTag("depot-7", "d8"), thing))[1] == "nl, d8"
        assert change(plan_for(SetTags(()), thing))[1] == "–"

    def test_case_does_not_tell_tags_apart(self, make_thing, plan_for) -> None:
        thing = make_thing(tags=("Depot-7",))
        assert skipped(plan_for(AddTags(("depot-7",)), thing)) == "has the tag depot-7 already"
        assert change(plan_for(RenameTag("depot-7", "depot-7x"), thing))[1] == "depot-7x"
        assert change(plan_for(RenameTag("Depot-7", "depot-7"), thing))[1] == "depot-7"

    def test_nothing_to_do(self, make_thing, plan_for) -> None:
        thing = make_thing(tags=("a", "b"))
        assert skipped(plan_for(RemoveTags(("c", "d")), thing)) == "does not have the tags c, d"
        assert skipped(plan_for(RenameTag("c", "d"), thing)) == "does not have the tag c"
        assert skipped(plan_for(SetTags(("b", "a")), thing)) == "has exactly these tags already"

    def test_a_rename_to_a_tag_it_has_says_so(self, make_thing, plan_for) -> None:
        thing = make_thing(tags=("a", "b"))
        assert change(plan_for(RenameTag("a", "b"), thing)) == (
            "a, b", "b", "has b already, so a only goes",
        )  # fmt: skip

    def test_at_most_20(self, make_thing, plan_for) -> None:
        thing = make_thing(tags=tuple(f"t{n}" for n in range(19)))
        assert change(plan_for(AddTags(("one",)), thing))
        assert "would have 21; 20 are allowed" in illegal(plan_for(AddTags(("one", "two")), thing))
        with pytest.raises(UsageError, match="21 were given"):
            plan_for(AddTags(tuple(f"n{n}" for n in range(21))), thing)

    def test_more_than_20_from_the_server_can_be_made_fewer(self, make_thing, plan_for) -> None:
        thing = make_thing(tags=tuple(f"t{n}" for n in range(25)))
        assert change(plan_for(RemoveTags(("t1",)), thing))
        assert change(plan_for(RenameTag("t1", "u1"), thing))

    @pytest.mark.parametrize(
        ("tag", "position"),
        [("de\x1bpot", 3), ("-depot", 1), ("dépôt", 2), ("a,b", 2), ("a\u202eb", 2), ("a\n", 2)],
    )
    def test_a_bad_character_is_named_with_its_position(
        self, make_thing, plan_for, tag: str, position: int
    ) -> None:
        for action in (AddTags((tag,)), RemoveTags((tag,)), RenameTag("a", tag), SetTags((tag,))):
            with pytest.raises(UsageError, match=f"Character {position} ") as caught:
                plan_for(action, make_thing())
            assert tag not in str(caught.value) or tag.isprintable()

    @pytest.mark.parametrize("tags", [(), ("",), ("   ",), ("x" * 65,)])
    def test_no_tag_and_too_long_a_tag(self, make_thing, plan_for, tags) -> None:
        with pytest.raises(UsageError):
            plan_for(AddTags(tags), make_thing())

    def test_trimmed_and_given_once(self, make_thing, plan_for) -> None:
        assert plan_for(AddTags((" a ", "A", "b")), make_thing()).action == AddTags(("a", "b"))

    def test_a_rename_to_itself(self, make_thing, plan_for) -> None:
        with pytest.raises(UsageError, match="new tag is the old one"):
            plan_for(RenameTag("a", " a"), make_thing())

    def test_a_rename_on_several_things_adds_before_it_removes(self, context, make_thing) -> None:
        full = make_thing("full", tags=tuple(f"t{n}" for n in range(20)))
        both = select_marked([full, make_thing("b", tags=("t1",))])
        plan = make_plan(RenameTag("t1", "new"), both, context)
        assert "rename it on this Thing alone" in illegal(plan)
        assert len(plan.changes) == 1
        assert make_plan(RenameTag("t1", "new"), select_thing(full), context).changes
        assert len(make_plan(RenameTag("t1", "T2"), both, context).changes) == 2
        with pytest.raises(UsageError, match="one Thing at a time"):
            make_plan(RenameTag("t1", "T1"), both, context)


class TestNames:
    def test_a_name_and_a_description(self, make_thing, plan_for) -> None:
        thing = make_thing(name="old")
        assert change(plan_for(Describe(name="new"), thing)) == ("old", "new", "")
        assert change(plan_for(Describe(name=""), thing))[1] == "–"
        both = plan_for(Describe("new", "what"), thing)
        assert change(both) == ("old", "new", "description – → what")
        assert skipped(plan_for(Describe(name=" old "), thing))

    @pytest.mark.parametrize(
        "action",
        [
            Describe(),
            Describe(name="x" * 65),
            Describe(description="x" * 257),
            Describe(name="bell\x07"),
            Describe(description="\ud800"),
        ],
    )
    def test_refused(self, make_thing, plan_for, action) -> None:
        with pytest.raises(UsageError):
            plan_for(action, make_thing())

    def test_nfc(self, make_thing, plan_for) -> None:
        assert plan_for(Describe(name="cafe\u0301"), make_thing()).action == Describe("café")
