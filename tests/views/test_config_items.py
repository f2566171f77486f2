"""What happened to each rule and route of a list, against a slow and simple reading of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simtui.models.settings import Chain, RouteSettings, RouteTable, RuleSettings
from simtui.views.config.items import (
    MARKS,
    ItemChange,
    aligned,
    id_of,
    identified,
    item_changes,
    without_id,
)
from tests.config_samples import BEFORE, NOWHERE, OFFICE, REST, SSH, WEB

NAMES = "abcdefg"


def rule(name: str, *, changed: bool = False) -> RuleSettings:
    """A rule with an id, or a new one when the name is a digit."""
    identity = None if name.isdigit() else name
    return RuleSettings("DROP", comment=name + "!" * changed, rule_id=identity)


def chain(names: str) -> Chain:
    """``aB1`` is rule a, rule b changed, and a new rule 1."""
    return Chain(tuple(rule(name.lower(), changed=name.isupper()) for name in names))


def told(before: str, after: str) -> list[str]:
    """Each change as its mark, whom it is about, and its places."""
    found = []
    for one in item_changes(chain(before), chain(after)):
        item = one.after or one.before
        assert isinstance(item, RuleSettings)
        found.append(f"{MARKS[one.fate]}{item.comment[0]}{one.was_at}{one.is_at}")
    return found


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("", "", []),
        ("ab", "ab", [" a11", " b22"]),
        ("", "1", ["+101"]),
        ("a", "", ["-a10"]),
        ("ab", "a1b", [" a11", "+102", " b23"]),
        ("ab", "Ab", ["~a11", " b22"]),
        ("abc", "ac", [" a11", "-b20", " c32"]),
        ("abc", "c", ["-a10", "-b20", " c31"]),
        ("abc", "", ["-a10", "-b20", "-c30"]),
        ("abcd", "bcda", [" b21", " c32", " d43", "↕a14"]),
        ("abcd", "dabc", ["↕d41", " a12", " b23", " c34"]),
        ("ab", "bA", ["↕b21", "~a12"]),
        ("abc", "1C2", ["-a10", "-b20", "+101", "~c32", "+203"]),
    ],
)
def test_what_became_of_each(before: str, after: str, expected: list[str]) -> None:
    assert told(before, after) == expected


def test_removed_ones_stand_behind_what_stood_before_them() -> None:
    assert [one[:2] for one in told("abcde", "ae1")] == [" a", "-b", "-c", "-d", " e", "+1"]


@st.composite
def edits(draw: st.DrawFn) -> tuple[str, str]:
    """Two lists of up to seven rules: some gone, moved, changed, and new."""
    before = "".join(draw(st.permutations(NAMES))[: draw(st.integers(0, 7))])
    staying = [name for name in before if draw(st.booleans())]
    order = draw(st.permutations(staying))
    changed = [name.upper() if draw(st.booleans()) else name for name in order]
    for number in range(draw(st.integers(0, 3))):
        changed.insert(draw(st.integers(0, len(changed))), str(number))
    return before, "".join(changed)


def longest_rising(places: Sequence[int]) -> int:
    """By trying all of them."""
    return max(
        count
        for count in range(len(places) + 1)
        for some in combinations(places, count)
        if list(some) == sorted(some)
    )


@settings(deadline=None, max_examples=300)
@given(edits())
def test_every_item_of_both_lists_is_there_once_and_in_its_place(edit: tuple[str, str]) -> None:
    before, after = map(chain, edit)
    changes = item_changes(before, after)
    assert [one.after for one in changes if one.after is not None] == list(after.items)
    places = [one.is_at for one in changes if one.after is not None]
    assert places == list(range(1, len(after.items) + 1))
    old = sorted((one.was_at, one.before) for one in changes if one.before is not None)
    assert [item for _, item in old] == list(before.items)
    assert [place for place, _ in old] == list(range(1, len(before.items) + 1))
    for one in changes:
        assert_fate(one)


def assert_fate(one: ItemChange) -> None:
    if one.before is None or one.after is None:
        assert one.fate == ("added" if one.before is None else "removed")
        assert 0 in (one.was_at, one.is_at)
    else:
        assert id_of(one.before) == id_of(one.after)
        assert (one.fate == "changed") is (one.before != one.after)


@settings(deadline=None, max_examples=300)
@given(edits())
def test_what_is_said_to_have_moved_is_the_least_that_can_be_said(edit: tuple[str, str]) -> None:
    before, after = chain(edit[0]), chain(edit[1].lower())
    staying = [one for one in item_changes(before, after) if one.was_at and one.is_at]
    moved = [one for one in staying if one.fate == "moved"]
    still = [one.was_at for one in staying if one.fate == "kept"]
    assert len(moved) + len(still) == len(staying)
    assert still == sorted(still)
    assert len(still) == longest_rising([one.was_at for one in staying])


def test_routes_are_items_too() -> None:
    after = RouteTable((replace(NOWHERE, metric=7), RouteSettings("172.16.0.0/12")))
    fates = [one.fate for one in item_changes(RouteTable((OFFICE, NOWHERE)), after)]
    assert sorted(fates) == ["added", "changed", "removed"]


def test_new_ones_that_are_in_both_lists_are_the_same() -> None:
    """The server has not told their ids yet."""
    assert told("a12", "a12") == [" a11", " 122", " 233"]
    assert told("a11", "1a1") == ["↕121", " a12", " 133"]
    assert [one[:2] for one in told("a12", "a23")] == [" a", "-1", " 2", "+3"]


def test_ids_that_the_server_has_given_since() -> None:
    sent = (rule("1"), rule("a"), rule("1"))
    now = (rule("a"), replace(rule("1"), rule_id="x"), replace(rule("1"), rule_id="y"))
    assert [id_of(item) for item in identified(sent, now)] == ["x", "a", "y"]
    assert identified(sent, ()) == sent
    assert identified((), now) == ()
    assert [id_of(item) for item in identified((rule("2"), rule("1")), now)] == ["", "x"]


def test_only_what_was_new_before_is_taken_for_it_in_mine() -> None:
    """A copy of a rule that is there already is another one."""
    base, mine = (rule("a"), rule("1")), (without_id(rule("a")), rule("1"), rule("1"))
    known, own = aligned(base, (rule("a"), replace(rule("1"), rule_id="x")), mine)
    assert [id_of(item) for item in known] == ["a", "x"]
    assert [id_of(item) for item in own] == ["", "x", ""]


def test_without_an_id_it_is_a_new_one() -> None:
    assert without_id(SSH) == replace(SSH, rule_id=None)
    assert without_id(OFFICE) == replace(OFFICE, route_id=None)
    assert BEFORE["chain"] == Chain((SSH, WEB, REST))
