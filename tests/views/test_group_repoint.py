"""What is said before a group is given another network or IP profile (contract §3.3)."""

from __future__ import annotations

from dataclasses import replace

from simtui.models import IpLease, IpPool, NatRule, Network, Thing
from simtui.models.settings import GroupSettings
from simtui.views.cell import Cell
from simtui.views.fleet_context import FleetContext
from simtui.views.group.repoint import repoint_remarks
from tests.views.conftest import ThingMaker

BEFORE = GroupSettings("depot-7", "", "n1", "p1")
MOVED = replace(BEFORE, network_id="n2")
POOL = IpPool("q2", "10.9.0.0/24", size=253, leased=3, available=250)


def with_pool(context: FleetContext) -> FleetContext:
    field = Network("n2", "field", ip_pools=(POOL,))
    return replace(context, networks={**context.networks, "n2": field})


def texts(remarks: tuple[Cell, ...]) -> list[str]:
    return [cell.text for cell in remarks]


def things(make_thing: ThingMaker) -> list[Thing]:
    locked = IpLease("10.0.0.2", "q1", "LOCKED")
    return [
        make_thing("t1", name="pump-1", ip=locked),
        make_thing("t2", name="pump-2", ip=IpLease("10.0.0.3", "q1")),
    ]


def test_the_new_addresses_and_how_many_are_free(
    context: FleetContext, make_thing: ThingMaker
) -> None:
    remarks = repoint_remarks(BEFORE, MOVED, things(make_thing)[1:], (), with_pool(context))
    assert texts(remarks) == [
        "The Things get other addresses, from 10.9.0.0/24 of network field.",
        "250 are free there now.",
    ]


def test_locked_addresses_must_be_unlocked_first(
    context: FleetContext, make_thing: ThingMaker
) -> None:
    remarks = repoint_remarks(BEFORE, MOVED, things(make_thing), (), with_pool(context))
    assert remarks[-1] == Cell(
        "1 Thing has a locked address in network factory; the server refuses this until it is "
        "unlocked: pump-1.",
        "bad",
    )
    many = [replace(things(make_thing)[0], thing_id=f"x{n}") for n in range(7)]
    last = repoint_remarks(BEFORE, MOVED, many, (), with_pool(context))[-1].text
    assert last.startswith("7 Things have a locked address")
    assert "until they are unlocked: pump-1" in last
    assert last.endswith("and 2 more.")


def test_port_forwardings_stay_behind(context: FleetContext, make_thing: ThingMaker) -> None:
    rules = (
        NatRule("r1", "TCP", "8080", "t2", "80", name="web\x1b"),
        NatRule("r2", "UDP", "9000", "t2", "9000"),
        NatRule("r3", "TCP", "8081", "another", "80"),
    )
    found = repoint_remarks(BEFORE, MOVED, things(make_thing)[1:], rules, with_pool(context))
    assert found[-1].text == (
        "2 NAT rules for its Things stay in network factory and forward nothing any more: "
        "web\\x1b, UDP 9000."
    )


def test_a_network_without_pools_is_a_trap(context: FleetContext, make_thing: ThingMaker) -> None:
    remarks = repoint_remarks(BEFORE, MOVED, things(make_thing)[1:], (), context)
    assert remarks == (
        Cell("Network field has no IP pool: its Things would get no address.", "bad"),
    )


def test_another_firewall(context: FleetContext, make_thing: ThingMaker) -> None:
    opened = replace(BEFORE, ip_profile_id="p2")
    assert repoint_remarks(BEFORE, opened, things(make_thing), (), context) == (
        Cell("Firewall: closed (1 rule) → open (no rules: everything is allowed).", "warn"),
    )
    assert repoint_remarks(opened, BEFORE, things(make_thing), (), context)[0].tone == "dim"


def test_nothing_is_said_where_nothing_changes(
    context: FleetContext, make_thing: ThingMaker
) -> None:
    renamed = replace(BEFORE, name="depot-8")
    assert repoint_remarks(BEFORE, renamed, things(make_thing), (), context) == ()
    assert repoint_remarks(None, MOVED, things(make_thing), (), context) == ()
    assert repoint_remarks(BEFORE, MOVED, (), (), context) == ()
    unknown = replace(BEFORE, network_id="n9", ip_profile_id="p9")
    assert repoint_remarks(BEFORE, unknown, things(make_thing)[1:], (), context) == ()
