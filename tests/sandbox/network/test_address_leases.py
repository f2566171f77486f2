"""Leases and locks: who has which address, and until when (contract §3.1, §3.4)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from simtui.sandbox.address_book import AddressBook, AddressSpan
from simtui.sandbox.addressing import (
    LEASE_TIME,
    SWEEP_TIME,
    drop_lock,
    lease_address,
    lock_address,
    locked_things,
    network_of,
    pool_fill,
    release_address,
    unlock_address,
)
from simtui.sandbox.call import Refused
from simtui.sandbox.clock import WorldClock
from simtui.sandbox.records import (
    GroupRecord,
    NatRuleRecord,
    NetworkRecord,
    PoolRecord,
    SessionRecord,
    ThingRecord,
)
from simtui.sandbox.world import World


def fill(world: World, network_id: str = "n_1") -> tuple[int, int, int]:
    (pool,) = world.networks[network_id].pools.values()
    return pool_fill(world, pool)


def refusal(call: Callable[[], object]) -> str:
    with pytest.raises(Refused) as caught:
        call()
    return caught.value.name


def nat_rule(world: World, thing: ThingRecord) -> None:
    rule = NatRuleRecord("nat_1", "TCP", "8080", thing.thing_id, "80", world.clock.now())
    network_of(world, thing).nat_rules[rule.nat_rule_id] = rule


def test_a_pool_has_three_addresses_that_nobody_gets() -> None:
    span = AddressSpan.of("10.0.0.0/29")
    assert len(span) == 2**3 - 3
    assert len(AddressSpan.of("10.0.0.0/16")) == 2**16 - 3
    book = AddressBook(span)
    taken = []
    while (address := book.next_free()) is not None:
        book.take(address, f"t_{address}")
        taken.append(address & 0xFF)
    assert taken == [2, 3, 4, 5, 6]


def test_an_address_that_was_given_back_is_used_last() -> None:
    book = AddressBook(AddressSpan.of("10.0.0.0/29"))
    first, second = book.span.first, book.span.first + 1
    for address in (first, second):
        book.take(address, "t")
    book.give_back(second)
    book.give_back(first)
    order = []
    while (address := book.next_free()) is not None:
        book.take(address, "t")
        order.append(address - book.span.first)
    assert order == [2, 3, 4, 1, 0]


def test_a_smaller_book_forgets_what_lies_outside() -> None:
    book = AddressBook(AddressSpan.of("10.0.0.0/28"))
    while (address := book.next_free()) is not None:
        book.take(address, "t")
    for address in reversed(list(book.holders)[4:]):
        book.give_back(address)
    assert book.fits(AddressSpan.of("10.0.0.0/29"))
    book.resize(AddressSpan.of("10.0.0.0/29"))
    (last,) = {book.span.last} - set(book.holders)
    assert book.next_free() == last
    book.take(last, "t")
    assert book.next_free() is None
    assert not book.fits(AddressSpan.of("10.0.0.8/29"))


def test_a_lease_is_an_address_of_the_groups_network(world: World) -> None:
    thing = world.things["t_5"]
    now = world.clock.now()
    revision = world.revision
    assert lease_address(world, thing, now) == "10.0.8.2"
    assert (thing.ip_address, thing.ip_pool_id, thing.ip_locked) == ("10.0.8.2", "p_2", False)
    assert thing.lease_expires_at == now + LEASE_TIME
    assert fill(world, "n_2") == (5, 1, 0)
    assert world.revision > revision


def test_the_next_session_renews_the_lease(world: World) -> None:
    thing = world.things["t_2"]
    address = thing.ip_address
    later = world.clock.now() + timedelta(hours=5)
    assert lease_address(world, thing, later) == address
    assert thing.lease_expires_at == later + LEASE_TIME


def test_an_exhausted_network_has_no_lease_to_give(world: World) -> None:
    things = [world.things[f"t_{number}"] for number in range(1, 7)]
    drop_lock(world, things[0])
    for thing in things:
        thing.group_id = "g_2"
    leases = [lease_address(world, thing, world.clock.now()) for thing in things]
    assert leases[:5] == [f"10.0.8.{host}" for host in range(2, 7)]
    assert leases[5] is None
    assert things[5].ip_address is None
    assert refusal(lambda: lock_address(world, things[5], None)) == "POOL_EXHAUSTED"
    release_address(world, things[2])
    assert lease_address(world, things[5], world.clock.now()) == "10.0.8.4"


def test_a_second_pool_is_used_when_the_first_is_full(world: World) -> None:
    world.networks["n_2"].pools["p_9"] = PoolRecord("p_9", "10.0.9.0/29")
    for number in (2, 3, 4, 5, 6):
        world.things[f"t_{number}"].group_id = "g_2"
        lease_address(world, world.things[f"t_{number}"], world.clock.now())
    extra = ThingRecord("t_9", "x", "y", world.clock.now(), "g_2")
    world.add_thing(extra)
    assert lease_address(world, extra, world.clock.now()) == "10.0.9.2"


def test_a_thing_that_moved_changes_network_at_its_next_session(world: World) -> None:
    thing = world.things["t_2"]
    old = thing.ip_address
    thing.group_id = "g_2"
    assert thing.ip_address == old
    assert lease_address(world, thing, world.clock.now()) == "10.0.8.2"
    assert fill(world, "n_1") == (253, 1, 1)
    assert fill(world, "n_2") == (5, 1, 0)


def test_a_lock_keeps_the_lease_and_never_ends(world: World) -> None:
    thing = world.things["t_2"]
    address = thing.ip_address
    lock_address(world, thing, None)
    assert (thing.ip_address, thing.ip_locked, thing.lease_expires_at) == (address, True, None)
    lock_address(world, thing, address)
    lease_address(world, thing, world.clock.now())
    assert thing.lease_expires_at is None
    assert fill(world) == (253, 2, 2)
    assert {thing.thing_id for thing in locked_things(world, world.networks["n_1"])} == {
        "t_1",
        "t_2",
    }


def test_a_lock_without_a_lease_takes_a_free_address(world: World) -> None:
    thing = world.things["t_3"]
    lock_address(world, thing, None)
    assert thing.ip_locked
    assert thing.ip_pool_id == "p_1"


def test_a_lock_may_choose_another_address(world: World) -> None:
    thing = world.things["t_1"]
    lock_address(world, thing, "10.0.4.200")
    assert thing.ip_address == "10.0.4.200"
    assert fill(world) == (253, 2, 1)


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("10.0.4.0", "IP_OUT_OF_POOL"),
        ("10.0.4.1", "IP_OUT_OF_POOL"),
        ("10.0.4.255", "IP_OUT_OF_POOL"),
        ("10.0.8.3", "IP_OUT_OF_POOL"),
        ("192.0.2.1", "IP_OUT_OF_POOL"),
        ("10.0.4.17", "IP_IN_USE"),
        ("10.0.4", "VALIDATION_FAILED"),
        ("fd00::1", "VALIDATION_FAILED"),
    ],
)
def test_addresses_that_cannot_be_locked(world: World, address: str, name: str) -> None:
    thing = world.things["t_3"]
    assert refusal(lambda: lock_address(world, thing, address)) == name
    assert thing.ip_address is None


def test_a_lease_of_another_thing_cannot_be_locked(world: World) -> None:
    leased = world.things["t_2"].ip_address
    assert refusal(lambda: lock_address(world, world.things["t_3"], leased)) == "IP_IN_USE"


def test_unlocking_makes_a_lease_of_it(world: World) -> None:
    thing = world.things["t_1"]
    unlock_address(world, thing)
    assert (thing.ip_address, thing.ip_locked) == ("10.0.4.17", False)
    assert thing.lease_expires_at == world.clock.now() + LEASE_TIME
    assert refusal(lambda: unlock_address(world, thing)) == "IP_NOT_LOCKED"


def test_an_address_with_nat_rules_stays_locked_and_where_it_is(world: World) -> None:
    thing = world.things["t_1"]
    nat_rule(world, thing)
    assert refusal(lambda: unlock_address(world, thing)) == "RESOURCE_IN_USE"
    assert refusal(lambda: lock_address(world, thing, "10.0.4.99")) == "RESOURCE_IN_USE"
    lock_address(world, thing, "10.0.4.17")
    lock_address(world, thing, None)
    assert (thing.ip_address, thing.ip_locked) == ("10.0.4.17", True)


def test_a_lock_can_be_dropped_whatever_points_at_it(world: World) -> None:
    thing = world.things["t_1"]
    nat_rule(world, thing)
    drop_lock(world, thing)
    assert not thing.ip_locked
    assert fill(world) == (253, 2, 0)


def test_a_lease_runs_out_when_the_thing_stays_away(
    world: World, wait: Callable[[float], None]
) -> None:
    away, online = world.things["t_3"], world.things["t_2"]
    lease_address(world, away, world.clock.now())
    wait((LEASE_TIME - SWEEP_TIME).total_seconds())
    assert away.ip_address is not None
    wait(2 * SWEEP_TIME.total_seconds())
    assert away.ip_address is None
    assert isinstance(online.session, SessionRecord)
    assert online.ip_address is not None
    assert online.lease_expires_at is not None
    assert online.lease_expires_at > world.clock.now()
    assert world.things["t_1"].ip_address == "10.0.4.17"


def test_releasing_twice_is_no_harm(world: World) -> None:
    thing = world.things["t_1"]
    release_address(world, thing)
    release_address(world, thing)
    assert (thing.ip_address, thing.ip_pool_id, thing.ip_locked) == (None, None, False)
    assert fill(world) == (253, 1, 0)


@given(
    st.lists(st.tuples(st.sampled_from(["take", "give", "choose"]), st.integers(0, 4)), max_size=60)
)
def test_a_book_always_finds_what_is_free(steps: list[tuple[str, int]]) -> None:
    book = AddressBook(AddressSpan.of("10.0.0.0/29"))
    for step, number in steps:
        address = book.span.first + number
        if step == "take" and (free := book.next_free()) is not None:
            assert free not in book.holders
            assert free in book.span
            book.take(free, "t")
        elif step == "give" and address in book.holders:
            book.give_back(address)
        elif step == "choose" and address not in book.holders:
            book.take(address, "t")
        assert (book.next_free() is None) == (len(book.holders) == 5)


class Leasing(RuleBasedStateMachine):
    """Things of two groups lease, lock, unlock, move, leave and grow old."""

    thing_ids = st.integers(0, 8)

    def __init__(self) -> None:
        super().__init__()
        self.world = World(WorldClock(rate=0), Random(1))
        for number, cidrs in {1: ("10.0.0.0/29",), 2: ("10.1.0.0/29", "10.1.0.8/29")}.items():
            network = NetworkRecord(f"n_{number}", "n", f"198.51.100.{number}")
            for part, cidr in enumerate(cidrs):
                pool_id = f"p_{number}{part}"
                network.pools[pool_id] = PoolRecord(pool_id, cidr)
            self.world.networks[network.network_id] = network
            group = GroupRecord(f"g_{number}", "g", network.network_id, "ip_1")
            self.world.groups[group.group_id] = group
        for number in range(9):
            thing = ThingRecord(f"t_{number}", "i", "s", self.world.clock.now(), "g_1")
            self.world.add_thing(thing)

    def thing(self, number: int) -> ThingRecord:
        return self.world.things[f"t_{number}"]

    @rule(number=thing_ids)
    def lease(self, number: int) -> None:
        thing = self.thing(number)
        address = lease_address(self.world, thing, self.world.clock.now())
        network = network_of(self.world, thing)
        assert address == thing.ip_address
        if address is None:
            pools = network.pools.values()
            assert all(size == leased for size, leased, _ in self.fills(pools))
        else:
            assert thing.ip_pool_id in network.pools

    @rule(number=thing_ids, host=st.integers(0, 17), group=st.integers(0, 1))
    def lock(self, number: int, host: int, group: int) -> None:
        thing = self.thing(number)
        address = f"10.{group}.0.{host}" if host < 16 else None
        before = thing.ip_address, thing.ip_locked
        try:
            lock_address(self.world, thing, address)
        except Refused as refused:
            assert refused.name in ("IP_IN_USE", "IP_OUT_OF_POOL", "POOL_EXHAUSTED")
            assert (thing.ip_address, thing.ip_locked) == before
        else:
            assert thing.ip_locked
            assert address in (None, thing.ip_address)

    @rule(number=thing_ids)
    def unlock(self, number: int) -> None:
        thing = self.thing(number)
        if thing.ip_locked:
            unlock_address(self.world, thing)
            assert thing.lease_expires_at is not None

    @rule(number=thing_ids)
    def release(self, number: int) -> None:
        release_address(self.world, self.thing(number))

    @rule(number=thing_ids, group=st.sampled_from(["g_1", "g_2"]))
    def move(self, number: int, group: str) -> None:
        if not self.thing(number).ip_locked:
            self.thing(number).group_id = group

    @rule(hours=st.integers(1, 30))
    def pass_time(self, hours: int) -> None:
        self.world.clock.advance(hours * 3600)
        self.world.catch_up()

    @invariant()
    def no_address_has_two_things(self) -> None:
        held = [thing.ip_address for thing in self.world.things.values() if thing.ip_address]
        assert len(held) == len(set(held))

    @invariant()
    def the_fill_is_what_the_things_say(self) -> None:
        for network in self.world.networks.values():
            for pool in network.pools.values():
                held = [t for t in self.world.things.values() if t.ip_pool_id == pool.pool_id]
                locked = [thing for thing in held if thing.ip_locked]
                assert pool_fill(self.world, pool) == (5, len(held), len(locked))

    def fills(self, pools: object) -> list[tuple[int, int, int]]:
        return [pool_fill(self.world, pool) for pool in pools]  # type: ignore[attr-defined]


TestLeasing = Leasing.TestCase
TestLeasing.settings = settings(max_examples=40, stateful_step_count=30, deadline=None)
