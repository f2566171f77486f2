from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import asdict
from ipaddress import IPv4Address, IPv4Network
from typing import Any

import pytest
from stdnum import imei, luhn

from simtui.sandbox.limits import IP_POOLS
from simtui.sandbox.world import World

MakeWorld = Callable[..., World]


def facts(world: World) -> dict[str, Any]:
    """Everything that a client could see of a world."""
    tables = ("things", "groups", "networks", "ip_profiles", "users", "sms")
    seen: dict[str, Any] = {
        table: {key: asdict(record) for key, record in getattr(world, table).items()}
        for table in tables
    }
    seen["events"] = [asdict(event) for event in world.events]
    return seen


def test_the_same_seed_makes_the_same_world(make_world: MakeWorld) -> None:
    assert facts(make_world(300, 7)) == facts(make_world(300, 7))


def test_the_same_seed_lives_the_same_life(make_world: MakeWorld) -> None:
    one, other = make_world(300, 7), make_world(300, 7)
    for seconds in (5, 90, 4_000, 86_400 * 12):
        for world in (one, other):
            world.clock.advance(seconds)
            world.catch_up()
    assert facts(one) == facts(other)


def test_another_seed_makes_another_world(make_world: MakeWorld) -> None:
    assert facts(make_world(50, 1))["things"] != facts(make_world(50, 2))["things"]


@pytest.mark.parametrize("things", [0, 9, 1_000_001, -5])
def test_a_fleet_has_its_limits(make_world: MakeWorld, things: int) -> None:
    with pytest.raises(ValueError, match="10 to 1,000,000"):
        make_world(things)


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("things", [10, 13, 31])
def test_the_smallest_fleets_build_and_live(make_world: MakeWorld, things: int, seed: int) -> None:
    world = make_world(things, seed)
    assert len(world.things) == things
    world.clock.advance(3_600)
    world.catch_up()


def test_every_number_is_valid_and_unique(fleet: World) -> None:
    things = list(fleet.things.values())
    assert all(luhn.is_valid(thing.iccid) for thing in things)
    assert all(thing.iccid.startswith("8931086") for thing in things)
    assert {len(thing.iccid) for thing in things} == {19, 20}
    assert all(thing.imsi.startswith("20408") and len(thing.imsi) == 15 for thing in things)
    devices = [thing.imei for thing in things if thing.imei]
    assert all(len(number) == 15 and imei.is_valid(number) for number in devices)
    assert len({number[:8] for number in devices}) >= 24
    for numbers in ([t.iccid for t in things], [t.imsi for t in things], devices):
        assert len(set(numbers)) == len(numbers)


def test_things_stand_in_the_order_of_their_creation(fleet: World) -> None:
    created = [thing.created_at for thing in fleet.things.values()]
    assert created == sorted(created)
    assert all(
        thing.created_at <= (thing.state_changed_at or thing.created_at) <= fleet.clock.now()
        for thing in fleet.things.values()
    )


def test_482_things_of_many_groups_have_the_tag_of_the_site(fleet: World) -> None:
    tagged = [thing for thing in fleet.things.values() if "depot-7" in thing.tags]
    assert len(tagged) == 482
    assert len({thing.group_id for thing in tagged}) > 8


def test_tags_are_few_and_unique(fleet: World) -> None:
    for thing in fleet.things.values():
        assert len({tag.casefold() for tag in thing.tags}) == len(thing.tags) <= 20


def test_most_things_are_active(fleet: World) -> None:
    states = Counter(thing.state for thing in fleet.things.values())
    assert set(states) == {"PROVISIONED", "ACTIVE", "SUSPENDED", "RETIRED"}
    assert states["ACTIVE"] > 0.8 * len(fleet.things)
    assert all(count >= 100 for count in states.values())


def test_every_address_is_held_once_and_in_its_pool(fleet: World) -> None:
    networks = {group.group_id: group.network_id for group in fleet.groups.values()}
    seen = set()
    for thing in fleet.things.values():
        if thing.ip_address is None or thing.ip_pool_id is None:
            assert not thing.ip_locked
            continue
        network = fleet.networks[networks[thing.group_id]]
        pool = network.pools[thing.ip_pool_id]
        assert IPv4Address(thing.ip_address) in IPv4Network(pool.cidr)
        number = int(IPv4Address(thing.ip_address))
        book = fleet.addresses[pool.pool_id]
        assert book.holders[number] == thing.thing_id
        assert (number in book.locked) == thing.ip_locked
        seen.add((pool.pool_id, number))
    held = sum(len(fleet.addresses[p].holders) for n in fleet.networks.values() for p in n.pools)
    assert len(seen) == held


def test_pools_stay_within_the_limits_and_do_not_overlap(fleet: World) -> None:
    for network in fleet.networks.values():
        cidrs = [IPv4Network(pool.cidr) for pool in network.pools.values()]
        assert 1 <= len(cidrs) <= IP_POOLS
        assert not any(a.overlaps(b) for a in cidrs for b in cidrs if a is not b)
        assert [pool.is_default for pool in network.pools.values()].count(True) == 1


def test_what_was_never_activated_was_never_on_air(fleet: World) -> None:
    for thing in fleet.things.values():
        if thing.state == "PROVISIONED":
            assert thing.session is None and thing.imei is None and thing.last_seen_at is None
            assert thing.data_bytes == thing.sms_mt == thing.sms_mo == 0


def test_usage_has_a_heavy_tail(fleet: World) -> None:
    meters = sorted(
        thing.data_bytes
        for thing in fleet.things.values()
        if thing.name.startswith("meter-") and thing.data_bytes
    )
    assert meters[-1] > 20 * meters[len(meters) // 2]


def test_sessions_are_of_the_coverage_but_for_those_that_crossed_the_border(fleet: World) -> None:
    codes = Counter(thing.session.mcc for thing in fleet.things.values() if thing.session)
    assert set(codes) == {"204", "206", "270", "262"}
    assert codes["262"] <= 4


def test_a_fresh_account_is_as_shipped(make_world: MakeWorld) -> None:
    world = make_world(40, fresh=True)
    (group,) = world.groups.values()
    (network,) = world.networks.values()
    (pool,) = network.pools.values()
    (profile,) = world.ip_profiles.values()
    (user,) = world.users.values()
    assert group.is_default and pool.is_default
    assert not profile.inbound and not profile.outbound
    assert user.permission_level == "ADMINISTRATOR" and user.status == "ACTIVE"
    assert len(world.things) == 40
    for thing in world.things.values():
        assert thing.state == "PROVISIONED" and thing.group_id == group.group_id
        assert not thing.tags and thing.session is None and thing.ip_address is None
        assert luhn.is_valid(thing.iccid)
    assert not world.sms and not world.events and not network.tunnels and not network.nat_rules


def test_a_fresh_account_stays_quiet(make_world: MakeWorld) -> None:
    world = make_world(40, fresh=True)
    before = facts(world)
    world.clock.advance(7_200)
    world.catch_up()
    assert facts(world) == before


def test_new_ids_do_not_collide_with_the_seeded_ones(make_world: MakeWorld) -> None:
    world = make_world(20)
    assert world.new_id("t") not in world.things
    assert world.new_id("g") not in world.groups
    assert world.new_id("sms") not in world.sms
