"""A plan foresees what the server will do: the sandbox has its own rules, from the contract."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from ipaddress import IPv4Address
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simtui.api.decode import decode_object
from simtui.errors import UsageError
from simtui.models import NatRule, Network, State, Thing, ThingsGroup
from simtui.models.action import (
    Action,
    AddTags,
    Describe,
    LockIp,
    MoveToGroup,
    Ping,
    RemoveTags,
    ResetConnection,
    SendSms,
    SetImeiLock,
    SetServices,
    SetState,
    UnlockIp,
)
from simtui.models.network import IpPool
from simtui.sandbox.addressing import address_book, lock_address, nat_rules_of, network_of
from simtui.sandbox.bulk import actions as sandbox
from simtui.sandbox.call import Refused
from simtui.sandbox.clock import WorldClock
from simtui.sandbox.fleet.build import build_world
from simtui.sandbox.records import NatRuleRecord, ThingRecord
from simtui.sandbox.render import thing_view
from simtui.sandbox.thing_changes import read_patch
from simtui.sandbox.world import World
from simtui.views.fleet_context import FleetContext
from simtui.views.plan.make import make_plan
from simtui.views.plan.selection import select_marked, select_thing

NOW = datetime(2026, 11, 22, 3, 12, 5, tzinfo=UTC)


def built() -> World:
    """A small fleet with all that rules look at: locks, NAT rules, many and few tags."""
    world = build_world(things=120, seed=7, fresh=False, clock=WorldClock(NOW, rate=0))
    things = list(world.things.values())
    for number, thing in enumerate(things[::5]):
        thing.state = State.ALL[number % 4]
        if thing.state != State.RETIRED and not thing.ip_locked:
            lock_address(world, thing, None)
    for number, thing in enumerate(things[::10]):
        rule = NatRuleRecord(f"nr_{number}", "TCP", str(20000 + number), thing.thing_id, "80", NOW)
        network_of(world, thing).nat_rules[rule.nat_rule_id] = rule
    for number, thing in enumerate(things[::3]):
        thing.tags = tuple(f"T{n}" for n in range(number % 21))
    for thing in things[::7]:
        thing.allowed_services = ()
    for state, thing in zip(State.ALL, (one for one in things if one.session), strict=False):
        thing.state = state
        thing.session.state = "BLOCKED"
    return world


WORLD = built()
RECORDS = tuple(WORLD.things.values())


def decoded(record: ThingRecord) -> Thing:
    view = thing_view(WORLD, record, NOW)
    return decode_object(Thing, json.dumps(view, default=_as_sent).encode())


def _as_sent(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else list(value)


THINGS = tuple(map(decoded, RECORDS))
CONTEXT = FleetContext(
    NOW,
    groups={
        key: ThingsGroup(key, group.name, network_id=group.network_id)
        for key, group in WORLD.groups.items()
    },
    networks={
        key: Network(
            key,
            network.name,
            ip_pools=tuple(IpPool(pool.pool_id, pool.cidr) for pool in network.pools.values()),
        )
        for key, network in WORLD.networks.items()
    },
)
NAT_RULES: Mapping[str, list[NatRule]] = {
    record.thing_id: [
        NatRule(rule.nat_rule_id, rule.protocol, rule.public_ports, rule.thing_id, "80")
        for rule in rules
    ]
    for record in RECORDS
    if (rules := nat_rules_of(network_of(WORLD, record), record))
}

TAGS = st.lists(
    st.sampled_from([*(f"t{n}" for n in range(24)), "T1", "new", "a b", "x:1"]),
    min_size=1,
    max_size=6,
    unique_by=str.casefold,
).map(tuple)
SERVICES = st.sampled_from([(), ("DATA",), ("SMS",), ("DATA", "SMS")])


def imei_lock(enabled: bool) -> tuple[Action, sandbox.Action]:
    tac = "49015420" if enabled else None
    sent = {"enabled": enabled, "imei": None, "tac": tac}
    return SetImeiLock(enabled, tac=tac), sandbox.set_imei_lock(WORLD, sent, "me")


PAIRS: st.SearchStrategy[tuple[Action, sandbox.Action]] = st.one_of(
    st.sampled_from(State.ALL).map(
        lambda state: (SetState(state), sandbox.set_state(WORLD, {"state": state}, "me"))
    ),
    st.sampled_from(sorted(WORLD.groups)).map(
        lambda group: (
            MoveToGroup(group),
            sandbox.move_to_group(WORLD, {"thingsGroupId": group}, "me"),
        )
    ),
    TAGS.map(lambda tags: (AddTags(tags), sandbox.add_tags(WORLD, {"tags": tags}, "me"))),
    TAGS.map(lambda tags: (RemoveTags(tags), sandbox.remove_tags(WORLD, {"tags": tags}, "me"))),
    SERVICES.map(
        lambda services: (
            SetServices(services),
            sandbox.set_allowed_services(WORLD, {"allowedServices": services}, "me"),
        )
    ),
    st.just((LockIp(), sandbox.lock_ip(WORLD, {}, "me"))),
    st.just((UnlockIp(), sandbox.unlock_ip(WORLD, {}, "me"))),
    st.just((ResetConnection(), sandbox.connection_reset(WORLD, {}, "me"))),
    st.booleans().map(imei_lock),
    st.just((SendSms("STATUS"), sandbox.send_sms(WORLD, {"text": "STATUS"}, "me"))),
)


def foreseen(action: sandbox.Action, record: ThingRecord) -> str:
    """What the sandbox would answer for one target (see its ``operations.bulk``)."""
    try:
        after = action.expect(record)
    except Refused:
        return "illegal"
    return "skipped" if after == action.show(record) else "changes"


def planned(action: Action, things: tuple[Thing, ...]) -> Iterator[tuple[str, str]]:
    plan = make_plan(action, select_marked(things), CONTEXT, nat_rules=NAT_RULES)
    for where in ("changes", "skipped", "illegal"):
        yield from ((entry.thing.thing_id, where) for entry in getattr(plan, where))


@settings(max_examples=120, deadline=None)
@given(PAIRS, st.sets(st.integers(0, len(RECORDS) - 1), min_size=1))
def test_each_thing_goes_where_the_server_puts_it(pair, positions) -> None:
    ours, theirs = pair
    placed = list(planned(ours, tuple(THINGS[at] for at in positions)))
    assert len(placed) == len(positions), "each Thing in exactly one of the three"
    assert dict(placed) == {RECORDS[at].thing_id: foreseen(theirs, RECORDS[at]) for at in positions}


EVERY_RULE: list[tuple[Action, sandbox.Action]] = [
    *((SetState(to), sandbox.set_state(WORLD, {"state": to}, "me")) for to in State.ALL),
    *(
        (MoveToGroup(to), sandbox.move_to_group(WORLD, {"thingsGroupId": to}, "me"))
        for to in WORLD.groups
    ),
    *(
        (AddTags(tags), sandbox.add_tags(WORLD, {"tags": tags}, "me"))
        for tags in (("new",), ("t0", "new"), ("n1", "n2"))
    ),
    (LockIp(), sandbox.lock_ip(WORLD, {}, "me")),
    (UnlockIp(), sandbox.unlock_ip(WORLD, {}, "me")),
    (ResetConnection(), sandbox.connection_reset(WORLD, {}, "me")),
    (SendSms("STATUS"), sandbox.send_sms(WORLD, {"text": "STATUS"}, "me")),
]


def test_every_rule_that_forbids_something_for_the_whole_fleet() -> None:
    found = set()
    for ours, theirs in EVERY_RULE:
        placed = dict(planned(ours, THINGS))
        expected = {record.thing_id: foreseen(theirs, record) for record in RECORDS}
        assert placed == expected, ours
        found |= {(ours.kind, where) for where in expected.values()}
    for kind in {ours.kind for ours, _ in EVERY_RULE}:
        assert {(kind, "changes"), (kind, "illegal")} <= found, "a fleet worth asking"


@settings(max_examples=80, deadline=None)
@given(
    st.integers(0, len(RECORDS) - 1),
    st.fixed_dictionaries(
        {},
        optional={
            "name": st.text(max_size=70),
            "description": st.one_of(st.text(max_size=12), st.just("d" * 257)),
        },
    ),
)
def test_names_are_refused_where_the_server_refuses_them(at: int, body: dict[str, str]) -> None:
    ours = _accepted(Describe(**body), at)
    if not body:
        assert ours is None
        return
    try:
        theirs = read_patch(WORLD, RECORDS[at], body)
    except Refused:
        assert ours is None
    else:
        assert ours == Describe(**theirs)


@settings(max_examples=80, deadline=None)
@given(st.lists(st.one_of(st.text(max_size=5), st.sampled_from(["a", "b:1", " c "])), min_size=1))
def test_tags_are_refused_where_the_server_refuses_them(tags: list[str]) -> None:
    ours = _accepted(AddTags(tuple(tags)), 0)
    once = list({tag.strip().casefold(): tag for tag in tags}.values())
    try:
        theirs = sandbox.read_tags(once)
    except Refused:
        assert ours is None
    else:
        assert {tag.casefold() for tag in ours.tags} == {tag.casefold() for tag in theirs}


@settings(max_examples=80, deadline=None)
@given(st.integers(0, len(RECORDS) - 1), st.data())
def test_addresses_are_refused_where_they_are_outside_the_pools(at: int, data) -> None:
    record = RECORDS[at]
    pools = network_of(WORLD, record).pools.values()
    near = [pool.cidr.partition("/")[0].rpartition(".")[0] for pool in pools]
    stem = data.draw(st.sampled_from([*near, "192.0.2"]))
    address = f"{stem}.{data.draw(st.sampled_from([0, 1, 2, 7, 127, 200, 254, 255]))}"
    ours = _accepted(LockIp(address), at)
    number = int(IPv4Address(address))
    usable = any(number in address_book(WORLD, pool).span for pool in pools)
    assert ours == (LockIp(address) if usable else None)


@pytest.mark.parametrize("record", RECORDS[:40], ids=lambda record: record.thing_id)
def test_pings(record: ThingRecord) -> None:
    plan = make_plan(Ping(), select_thing(decoded(record)), CONTEXT)
    can = record.state == State.ACTIVE and "DATA" in record.allowed_services
    assert bool(plan.changes) is can


def test_a_present_device_can_be_sent() -> None:
    thing = replace(THINGS[0], imei="490154203237518")
    action = make_plan(SetImeiLock(True), select_thing(thing), CONTEXT).action
    assert isinstance(action, SetImeiLock)
    sandbox.set_imei_lock(WORLD, {"enabled": True, "imei": action.imei}, "me")


def _accepted(action: Action, at: int) -> Any:
    """The action as it would be sent, None when it is refused before."""
    try:
        return make_plan(action, select_thing(THINGS[at]), CONTEXT).action
    except UsageError:
        return None
