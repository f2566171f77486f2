"""Addresses of Things: dynamic leases and locks from the pools of their network.

Contract §3.1 (``ip``), §3.4 (pools) and the §8 names. All of it goes through the
address books of ``World.addresses``, so nothing here looks at the whole fleet.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from ipaddress import AddressValueError, IPv4Address

from simtui.sandbox.address_book import AddressBook, AddressSpan
from simtui.sandbox.call import invalid, precondition
from simtui.sandbox.records import NatRuleRecord, NetworkRecord, PoolRecord, ThingRecord
from simtui.sandbox.world import World

LEASE_TIME = timedelta(hours=24)
"""How long an address stays with a Thing after its last data session began."""

SWEEP_TIME = timedelta(hours=1)
"""How often the world looks for leases that ran out."""


def network_of(world: World, thing: ThingRecord) -> NetworkRecord:
    """The network that a Thing is in by its group (contract §3.3)."""
    return world.networks[world.groups[thing.group_id].network_id]


def lease_address(world: World, thing: ThingRecord, now: datetime) -> str | None:
    """Give a Thing the address for a session that begins now, as text.

    A lock or a lease in the network of its group is kept and renewed; one left over
    from another network is given back first (contract §3.3, ``NEXT_SESSION``).
    None means that every pool of the network is exhausted.
    """
    network = network_of(world, thing)
    if thing.ip_address is not None and thing.ip_pool_id in network.pools:
        if not thing.ip_locked:
            thing.lease_expires_at = now + LEASE_TIME
            world.revision += 1
        return thing.ip_address
    release_address(world, thing)
    free = _find_free(world, network)
    if free is None:
        return None
    _hold(world, thing, *free)
    thing.lease_expires_at = now + LEASE_TIME
    return thing.ip_address


def release_address(world: World, thing: ThingRecord) -> None:
    """Take the address of a Thing away, lease or lock; nothing happens without one."""
    if thing.ip_address is None or thing.ip_pool_id is None:
        return
    world.addresses[thing.ip_pool_id].give_back(int(IPv4Address(thing.ip_address)))
    thing.ip_address = thing.ip_pool_id = thing.lease_expires_at = None
    thing.ip_locked = False
    world.revision += 1


def lock_address(world: World, thing: ThingRecord, address: str | None) -> None:
    """Lock ``address`` for a Thing; None locks its lease, or a free address without one.

    Raises:
        Refused: 400 for an address that is not IPv4; 412 ``IP_OUT_OF_POOL``,
            ``IP_IN_USE``, ``POOL_EXHAUSTED``, or ``RESOURCE_IN_USE`` when NAT rules
            point at the address that is locked now.
    """
    network = network_of(world, thing)
    pool, number = _address_to_lock(world, network, thing, address)
    if thing.ip_address != _text(number):
        _refuse_natted(network, thing)
        release_address(world, thing)
        _hold(world, thing, pool, number)
    world.addresses[pool.pool_id].locked.add(number)
    thing.ip_locked = True
    thing.lease_expires_at = None
    world.revision += 1


def unlock_address(world: World, thing: ThingRecord) -> None:
    """Turn a lock back into a lease.

    Raises:
        Refused: 412 ``IP_NOT_LOCKED``, or ``RESOURCE_IN_USE`` while NAT rules point at it.
    """
    if not thing.ip_locked or thing.ip_address is None or thing.ip_pool_id is None:
        raise precondition("IP_NOT_LOCKED", "The address of this Thing is not locked")
    _refuse_natted(network_of(world, thing), thing)
    drop_lock(world, thing)


def drop_lock(world: World, thing: ThingRecord) -> None:
    """Turn a lock, if there is one, into a lease, whatever points at it (contract §4)."""
    if not thing.ip_locked or thing.ip_address is None or thing.ip_pool_id is None:
        return
    world.addresses[thing.ip_pool_id].locked.discard(int(IPv4Address(thing.ip_address)))
    thing.ip_locked = False
    thing.lease_expires_at = world.clock.now() + LEASE_TIME
    world.revision += 1


def pool_fill(world: World, pool: PoolRecord) -> tuple[int, int, int]:
    """Size, leased and locked of a pool, in addresses; the locked are among the leased."""
    book = address_book(world, pool)
    return len(book.span), len(book.holders), len(book.locked)


def locked_things(world: World, network: NetworkRecord) -> Iterator[ThingRecord]:
    """The Things that hold a locked address in a network."""
    for pool in network.pools.values():
        book = address_book(world, pool)
        for address in book.locked:
            yield world.things[book.holders[address]]


def nat_rules_of(network: NetworkRecord, thing: ThingRecord) -> list[NatRuleRecord]:
    """The NAT rules of a network that point at a Thing, switched on or not."""
    return [rule for rule in network.nat_rules.values() if rule.thing_id == thing.thing_id]


def address_book(world: World, pool: PoolRecord) -> AddressBook:
    """The address book of a pool; a new pool gets an empty one and is swept from then on."""
    book = world.addresses.get(pool.pool_id)
    if book is None:
        book = world.addresses[pool.pool_id] = AddressBook(AddressSpan.of(pool.cidr))
        _sweep_later(world, pool.pool_id, world.clock.now())
    return book


def _address_to_lock(
    world: World, network: NetworkRecord, thing: ThingRecord, address: str | None
) -> tuple[PoolRecord, int]:
    if address is not None:
        return _chosen(world, network, thing, address)
    if thing.ip_address is not None and thing.ip_pool_id in network.pools:
        return network.pools[thing.ip_pool_id], int(IPv4Address(thing.ip_address))
    free = _find_free(world, network)
    if free is None:
        raise precondition(
            "POOL_EXHAUSTED", f"No address is free in the pools of network {network.name}"
        )
    return free


def _chosen(
    world: World, network: NetworkRecord, thing: ThingRecord, address: str
) -> tuple[PoolRecord, int]:
    try:
        number = int(IPv4Address(address))
    except AddressValueError:
        raise invalid("ipAddress", "SYNTAX", f"{address!r} is not an IPv4 address") from None
    for pool in network.pools.values():
        book = address_book(world, pool)
        if number in book.span:
            if book.holders.get(number, thing.thing_id) != thing.thing_id:
                raise precondition("IP_IN_USE", f"{address} is held by another Thing")
            return pool, number
    raise precondition(
        "IP_OUT_OF_POOL",
        f"{address} is not a usable address of any pool of network {network.name}",
        "usable are all but the first two and the last of a pool",
    )


def _find_free(world: World, network: NetworkRecord) -> tuple[PoolRecord, int] | None:
    for pool in network.pools.values():
        address = address_book(world, pool).next_free()
        if address is not None:
            return pool, address
    return None


def _hold(world: World, thing: ThingRecord, pool: PoolRecord, number: int) -> None:
    address_book(world, pool).take(number, thing.thing_id)
    thing.ip_address = _text(number)
    thing.ip_pool_id = pool.pool_id
    world.revision += 1


def _refuse_natted(network: NetworkRecord, thing: ThingRecord) -> None:
    rules = nat_rules_of(network, thing) if thing.ip_locked else []
    if rules:
        raise precondition(
            "RESOURCE_IN_USE",
            f"{len(rules)} NAT rules point at {thing.ip_address}",
            ", ".join(rule.nat_rule_id for rule in rules),
        )


def _sweep_later(world: World, pool_id: str, now: datetime) -> None:
    world.agenda.at(now + SWEEP_TIME, lambda due: _sweep(world, pool_id, due))


def _sweep(world: World, pool_id: str, now: datetime) -> None:
    """Give back leases that ran out; an open session keeps its lease alive."""
    book = world.addresses.get(pool_id)
    if book is None:
        return
    for thing_id in list(book.holders.values()):
        thing = world.things[thing_id]
        if thing.lease_expires_at is None or thing.lease_expires_at > now:
            continue
        if thing.session is not None and thing.session.state == "ONLINE":
            thing.lease_expires_at = now + LEASE_TIME
        else:
            release_address(world, thing)
    _sweep_later(world, pool_id, max(now, world.clock.now()))


def _text(number: int) -> str:
    return str(IPv4Address(number))
