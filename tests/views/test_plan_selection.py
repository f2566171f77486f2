"""Whom a person means: by marks, by a filter, by a pasted list."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simtui.errors import UsageError
from simtui.models import Thing
from simtui.views.filter.problem import FilterError
from simtui.views.identity import check_iccid
from simtui.views.plan.pasted import select_pasted
from simtui.views.plan.selection import select_filter, select_marked
from simtui.views.text import UNSAFE

ICCIDS = (
    "8931086200000000019",
    "8931086200000000027",
    "89310862000000000355",
    "89310862000000000363",
)
FLEET = tuple(Thing(f"t{n}", iccid, "ACTIVE") for n, iccid in enumerate(ICCIDS))


class TestMarked:
    def test_one_is_called_by_its_name(self, make_thing) -> None:
        assert select_marked([make_thing(name="pump-12")]).words == "pump-12"
        assert select_marked([make_thing(iccid=ICCIDS[0])]).words == ICCIDS[0]

    def test_many(self, make_thing) -> None:
        things = [make_thing(f"t{n}") for n in range(1200)]
        assert select_marked(things).words == "1,200 marked Things"


class TestFilter:
    @pytest.fixture
    def fleet(self, make_thing) -> tuple[Thing, ...]:
        return (
            make_thing("a", tags=("Depot-7",), things_group_id="g1"),
            make_thing("b", tags=("depot-7", "nl"), things_group_id="g2", state="SUSPENDED"),
            make_thing("c", things_group_id="g2"),
        )

    def ids(self, text: str, fleet, context) -> tuple[str, ...]:
        return tuple(thing.thing_id for thing in select_filter(text, fleet, context).things)

    def test_exactly_a_tag(self, fleet, context) -> None:
        selection = select_filter(" TAG:depot-7 ", fleet, context)
        assert (selection.words, selection.tag) == ("tag depot-7", "depot-7")
        assert [thing.thing_id for thing in selection.things] == ["a", "b"]

    @pytest.mark.parametrize("text", ['group:"north YARD"', "group:g2"])
    def test_exactly_a_group(self, fleet, context, text: str) -> None:
        selection = select_filter(text, fleet, context)
        assert (selection.words, selection.things_group_id) == ("group North yard", "g2")
        assert self.ids(text, fleet, context) == ("b", "c")

    @pytest.mark.parametrize(
        "text",
        ["!tag:nl", "tag:nl,depot-7", "tag:depot-7 state:active", "!group:g1", "state:active"],
    )
    def test_anything_else_is_a_filter(self, fleet, context, text: str) -> None:
        selection = select_filter(text, fleet, context)
        assert selection.tag is None
        assert selection.things_group_id is None
        assert selection.words == f"filter {text}"

    def test_a_name_that_two_groups_have_is_no_group(self, fleet, context) -> None:
        groups = dict(context.groups)
        groups["g3"] = type(groups["g1"])("g3", "NORTH yard")
        selection = select_filter('group:"north yard"', fleet, replace(context, groups=groups))
        assert selection.things_group_id is None

    def test_an_empty_filter_is_refused(self, fleet, context) -> None:
        with pytest.raises(UsageError, match="every Thing"):
            select_filter("  ", fleet, context)

    @pytest.mark.parametrize("text", ["state:sleepy", "group:nowhere", "tag:", "tag:a\x1b"])
    def test_what_is_not_understood(self, fleet, context, text: str) -> None:
        with pytest.raises(FilterError):
            select_filter(text, fleet, context)


class TestPasted:
    @pytest.mark.parametrize(
        "text",
        [
            "\n".join(ICCIDS),
            "\r\n".join(ICCIDS),
            ", ".join(ICCIDS),
            " ".join(ICCIDS),
            ";".join(ICCIDS) + ";",
            "\t".join(ICCIDS),
            "\ufeffICCID;name\n" + "\n".join(f"{iccid};pump" for iccid in ICCIDS),
            "\n".join(f'"{iccid}","a, b","89"' for iccid in ICCIDS),
            "\n".join(f'="{iccid}"' for iccid in ICCIDS),
            "\n".join(f"name-{n},{iccid},204080000000001" for n, iccid in enumerate(ICCIDS)),
            "\n".join(f"- {iccid[:4]} {iccid[4:8]}-{iccid[8:]}" for iccid in ICCIDS),
            "\n\n".join(f"{iccid}F pump" for iccid in ICCIDS),
            "\n".join([*ICCIDS, *ICCIDS]),
        ],
    )
    def test_the_same_four_however_they_are_written(self, text: str) -> None:
        pasted = select_pasted(text, FLEET)
        assert pasted.problems == ()
        assert pasted.selection.things == FLEET
        assert pasted.selection.words == "4 pasted ICCIDs"

    def test_without_check_digit(self) -> None:
        pasted = select_pasted(ICCIDS[2][:19], FLEET)
        assert pasted.selection.things == (FLEET[2],)
        assert pasted.selection.words == "1 pasted ICCID"

    def test_19_digits_that_begin_two(self) -> None:
        start = "8931086200000000035"
        fleet = [Thing("a", start + "1", "ACTIVE"), Thing("b", start + "2", "ACTIVE")]
        (problem,) = select_pasted(start, fleet).problems
        assert problem.reason == "2 Things have an ICCID that begins so; give all 20 digits."

    def test_a_wrong_check_digit_from_the_server_is_found(self) -> None:
        thing = Thing("t", "89310862000000000354", "ACTIVE")
        assert not check_iccid(thing.iccid).ok
        assert select_pasted(thing.iccid, [thing]).selection.things == (thing,)

    @pytest.mark.parametrize(
        ("text", "reason"),
        [
            ("8931086200000000035", "nor one that begins so"),
            ("89310862000000009992", "check digit"),
            ("893108620", "this has 9"),
            ("8931O86200000000019", "character 5"),
            ("pump-12", "made of digits"),
            ("8.93109E+18", "made of digits"),
            ("7931086200000000019", "starts with 89"),
            ("x\x1b[2J", "made of digits"),
        ],
    )
    def test_what_is_no_iccid_of_ours(self, text: str, reason: str) -> None:
        pasted = select_pasted(f"\n{text}\n{ICCIDS[0]}", FLEET[:2])
        (problem,) = pasted.problems
        assert (problem.line, reason in problem.reason) == (2, True), problem
        assert problem.text.isprintable()
        assert pasted.selection.things == FLEET[:1]

    def test_a_mistyped_number_in_a_list_is_not_taken_for_a_column(self) -> None:
        pasted = select_pasted(f"{ICCIDS[0]}, 89310862000000000359, 89", FLEET)
        assert [problem.text for problem in pasted.problems] == ["89310862000000000359"]

    def test_nothing(self) -> None:
        assert select_pasted(" \n,;\n", FLEET).selection.things == ()

    @given(st.text(max_size=200))
    def test_never_fails_and_never_prints_controls(self, text: str) -> None:
        for problem in select_pasted(text, FLEET).problems:
            assert problem.reason
            assert not UNSAFE.search(problem.text)

    @given(st.permutations(ICCIDS), st.sampled_from([",", ";", "\n", "\t", " | ", "\r\n"]))
    def test_in_the_order_of_the_paste(self, iccids: list[str], separator: str) -> None:
        pasted = select_pasted(separator.join(iccids), FLEET)
        assert [thing.iccid for thing in pasted.selection.things] == iccids
