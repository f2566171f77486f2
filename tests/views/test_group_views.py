"""Things Groups as rows, in detail, and the filter that leaves their Things."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simtui.models import IpPool, Network, ThingsGroup, Tunnel, TunnelStatus
from simtui.views.detail.section import Section
from simtui.views.filter.evaluate import compile_filter
from simtui.views.filter.parser import parse
from simtui.views.filter.vocabulary import vocabulary_of
from simtui.views.fleet_context import FleetContext
from simtui.views.group.rows import group_columns, group_row
from simtui.views.group.sections import group_sections
from simtui.views.group.things_filter import things_filter
from simtui.views.text import UNSAFE, cell_width
from tests.views.conftest import ThingMaker

COUNTS = {"ACTIVE": 120, "SUSPENDED": 4, "RETIRED": 12, "PARKED": 1}
GROUP = ThingsGroup(
    "g1", "depot-7", "pumps", "n1", "p1", thing_count=137, counts_by_state=COUNTS, version=3
)
NOON = datetime(2026, 11, 22, 12)


def texts(group: ThingsGroup, context: FleetContext, width: int = 80) -> list[str]:
    return [cell.text for cell in group_row(group, group_columns(width), context)]


def rows(sections: tuple[Section, ...], title: str) -> dict[str, str]:
    section = next(one for one in sections if one.title == title)
    return {label: cell.text for label, cell in section.rows}


def test_the_columns_fit_into_80_cells_and_use_120() -> None:
    for width in (80, 120):
        columns = group_columns(width)
        # the gutter and the edge take 4 cells, a gap 2
        assert sum(one.width for one in columns) + 2 * (len(columns) - 1) + 4 <= width
        assert all(cell_width(one.title) <= one.width for one in columns)


def test_a_group_as_a_row(context: FleetContext) -> None:
    assert texts(GROUP, context) == ["depot-7", "factory", "closed", "137", "120", "4", "0"]
    assert texts(GROUP, context, 120)[-1] == "12"


def test_what_is_not_known_is_no_zero(context: FleetContext) -> None:
    bare = ThingsGroup("g9", "new\x1b", network_id="n\x1b", ip_profile_id=None)
    assert texts(bare, context) == ["new\\x1b", "n\\x1b", "–", "–", "–", "–", "–"]


def test_a_long_name_leaves_room_for_the_word_default(context: FleetContext) -> None:
    assert texts(replace(GROUP, is_default=True), context)[0] == "depot-7 (default)"
    long = texts(replace(GROUP, name="x" * 64, is_default=True), context)[0]
    assert long == "xxxxxxxx… (default)"
    assert cell_width(long) == group_columns(80)[0].width


def test_a_group_in_detail(context: FleetContext) -> None:
    pool = IpPool("q1", "10.0.0.0/24", size=253, leased=31, locked=4)
    networks = {"n1": Network("n1", "factory", ip_pools=(pool,), thing_isolation=True)}
    sections = group_sections(GROUP, replace(context, networks=networks), None)
    assert [one.title for one in sections] == ["Group", "Network", "IP profile", "Things"]
    assert rows(sections, "Group") == {"Name": "depot-7", "Description": "pumps", "Default": "no"}
    assert rows(sections, "Network") == {
        "Name": "factory",
        "Pools": "10.0.0.0/24 █▒░░░░░░░░ 31 of 253 in use",
        "Isolation": "on: its Things do not reach each other",
    }
    assert rows(sections, "IP profile")["Inbound"] == "1 rule"
    assert rows(sections, "IP profile")["Outbound"] == "no rules: everything is allowed"


def test_its_things_by_state_with_states_that_are_new_to_us(context: FleetContext) -> None:
    things = rows(group_sections(GROUP, context, None), "Things")
    assert list(things) == ["Active", "Suspended", "Retired", "PARKED", "Together"]
    assert things["Active"] == "█████████████████░░░ 120 · 87 %"
    assert things["PARKED"] == "█░░░░░░░░░░░░░░░░░░░ 1 · 0 %"
    assert things["Together"] == "137 Things"


def test_an_empty_group_says_what_to_do(context: FleetContext) -> None:
    empty = replace(GROUP, thing_count=0, counts_by_state={})
    section = group_sections(empty, context, None)[-1]
    assert (section.rows, section.note) == ((), "No Thing is in it; m moves some in.")
    untold = replace(GROUP, counts_by_state=None)
    assert rows(group_sections(untold, context, None), "Things") == {"": "137 Things"}


def test_tunnels_are_told_when_they_are_known(context: FleetContext) -> None:
    tunnel = Tunnel("t1", "head\x1b", status=TunnelStatus("UP"))
    assert rows(group_sections(GROUP, context, (tunnel,)), "Network")["IPsec"] == "head\\x1b ● up"
    assert rows(group_sections(GROUP, context, ()), "Network")["IPsec"] == "no tunnel"
    assert "IPsec" not in rows(group_sections(GROUP, context, None), "Network")


def test_the_default_group_says_what_that_means(context: FleetContext) -> None:
    own = rows(group_sections(replace(GROUP, is_default=True), context, None), "Group")
    assert own["Default"] == "yes: new Things come into it, and it cannot be deleted"


def test_a_network_without_pools_and_a_group_that_is_gone(context: FleetContext) -> None:
    assert "no address" in rows(group_sections(GROUP, context, None), "Network")["Pools"]
    (gone,) = group_sections(None, context, None)
    assert "not any more" in gone.note


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("depot-7", "group:depot-7"),
        ("North yard", 'group:"North yard"'),
        ('the "old", yard', 'group:"the \\"old\\", yard"'),
        ("a\x1bb", "group:g1"),
        (" ", "group:g1"),
    ],
)
def test_the_filter_of_a_group_as_it_would_be_typed(name: str, typed: str) -> None:
    assert things_filter(replace(GROUP, name=name)) == typed


@given(st.text(min_size=1, max_size=12))
def test_the_filter_leaves_the_things_of_the_group_whatever_its_name_is(name: str) -> None:
    from simtui.models import Thing

    group = replace(GROUP, name=name)
    others = ThingsGroup("g2", "another one")
    context = FleetContext(NOON, groups={"g1": group, "g2": others})
    passes = compile_filter(parse(things_filter(group), vocabulary_of(context)), context)
    assert passes(Thing("t1", "8931086200000000019", "ACTIVE", things_group_id="g1"))
    assert not passes(Thing("t2", "8931086200000000027", "ACTIVE", things_group_id="g2"))


def test_nothing_unsafe_is_shown(context: FleetContext, make_thing: ThingMaker) -> None:
    odd = replace(GROUP, name="a\x1b[2J", description="\u202e", network_id="\x07", ip_profile_id="")
    for section in group_sections(odd, context, (Tunnel("t", "\x9b"),)):
        for label, cell in section.rows:
            assert not UNSAFE.search(label + cell.text)
