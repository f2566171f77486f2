"""An object that somebody else changed meanwhile: as it was, as it is, as I want it."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from simtui.models.config_change import Kind
from simtui.models.settings import Chain, GroupSettings, RouteTable, RuleSettings, Settings
from simtui.views.config.versions import GONE, versions_of
from simtui.views.plan.three_way import FieldVersions
from simtui.views.text import UNSAFE
from tests.config_samples import ANY, BEFORE, NEW_RULE, NOWHERE, OFFICE, REST, SSH, WEB, some

BASE = GroupSettings("depot-7", "", "n_1", "ip_1")


def told(base: Settings, theirs: Settings, mine: Settings) -> dict[str, tuple[str, str, str, bool]]:
    rows = versions_of(base, theirs, mine, {"n_2": "other", "tun_1": "hq"})
    return {row.label: (row.was, row.theirs, row.mine, row.clash) for row in rows}


def test_only_what_somebody_changed_is_there() -> None:
    theirs, mine = replace(BASE, name="yard"), replace(BASE, network_id="n_2")
    assert told(BASE, theirs, mine) == {
        "name": ("depot-7", "yard", "depot-7", False),
        "network": ("n_1", "n_1", "other", False),
    }
    assert told(BASE, BASE, BASE) == {}


def test_two_wishes_for_one_thing_are_a_clash_and_the_same_wish_is_none() -> None:
    theirs = replace(BASE, name="yard")
    assert told(BASE, theirs, replace(BASE, name="field"))["name"][-1]
    assert told(BASE, theirs, theirs) == {"name": ("depot-7", "yard", "yard", False)}


def test_rules_by_their_place_in_mine() -> None:
    ssh = "DROP TCP ANY → ANY :22 # no ssh"
    base = Chain((SSH, WEB, REST))
    theirs = Chain((replace(SSH, comment="hers"), WEB))
    mine = Chain((NEW_RULE, replace(SSH, comment="mine"), WEB, REST))
    assert told(base, theirs, mine) == {
        "new": ("–", "–", "ALLOW UDP ANY → ANY :53 # names", False),
        "no. 2": (ssh, ssh.replace("no ssh", "hers"), ssh.replace("no ssh", "mine"), True),
        "no. 4": ("DROP ANY ANY → ANY (off)", GONE, "DROP ANY ANY → ANY (off)", False),
    }


def test_what_i_deleted_and_they_changed_is_a_clash() -> None:
    base, theirs = Chain((SSH, WEB)), Chain((replace(SSH, action="REJECT"), WEB))
    rows = told(base, theirs, Chain((WEB,)))
    assert rows["no. 1"][1:] == ("REJECT TCP ANY → ANY :22 # no ssh", GONE, True)


def test_what_both_deleted_is_gone() -> None:
    rows = told(Chain((SSH, WEB)), Chain((WEB,)), Chain((WEB,)))
    assert rows == {"gone": ("DROP TCP ANY → ANY :22 # no ssh", GONE, GONE, False)}


def test_another_order_is_told_in_old_places() -> None:
    base, turned = Chain((SSH, WEB, REST)), Chain((REST, SSH, WEB))
    assert told(base, turned, base) == {"order": ("1 2 3", "3 1 2", "1 2 3", False)}
    assert told(base, turned, Chain((WEB, SSH, REST)))["order"][-1]
    assert told(base, Chain((WEB, REST)), base).keys() == {"no. 1"}


def test_routes_name_their_tunnels() -> None:
    base, theirs = RouteTable((OFFICE, NOWHERE)), RouteTable((replace(OFFICE, metric=9), NOWHERE))
    assert told(base, theirs, base)["no. 1"][:2] == (
        "10.8.0.0/16 → tunnel hq, metric 50",
        "10.8.0.0/16 → tunnel hq, metric 9",
    )


def test_what_i_have_sent_myself_is_not_told_as_theirs() -> None:
    """My last save made it; I went on editing before I had read its id."""
    base, theirs = Chain((SSH, NEW_RULE)), Chain((SSH, replace(NEW_RULE, rule_id="r_9")))
    mine = Chain((SSH, NEW_RULE, WEB))
    assert told(base, theirs, base) == {}
    assert [row[1] for row in told(base, theirs, mine).values()] == ["–"]


@settings(deadline=None, max_examples=200)
@given(some.flatmap(lambda one: st.tuples(st.just(one[1]), ANY[one[0]], ANY[one[0]])))
def test_whatever_it_is_it_can_be_told_safely(three) -> None:
    rows = versions_of(*three, {})
    assert all(isinstance(row, FieldVersions) for row in rows)
    assert all(len({row.was, row.theirs, row.mine}) > 1 for row in rows)
    assert not any(UNSAFE.search(text) for row in rows for text in (row.was, row.theirs, row.mine))
    assert versions_of(three[0], three[0], three[0], {}) == ()


def test_the_kinds_are_told_as_what_they_are() -> None:
    rows = told(
        BEFORE[Kind.POOL], BEFORE[Kind.POOL], replace(BEFORE[Kind.POOL], cidr="10.0.0.0/23")
    )
    assert rows == {"range": ("10.0.0.0/24", "10.0.0.0/24", "10.0.0.0/23", False)}
    assert told(Chain((RuleSettings("DROP"),)), Chain(), Chain()).keys() == {"gone"}
