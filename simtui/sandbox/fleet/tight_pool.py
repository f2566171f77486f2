"""A pool that is nearly full, filled by real leases."""

from __future__ import annotations

from ipaddress import IPv4Address

from simtui.sandbox.addressing import address_book, release_address
from simtui.sandbox.fleet.networks import add_pool
from simtui.sandbox.records import NetworkRecord, PoolRecord, ThingRecord
from simtui.sandbox.world import World

NETWORK = "mobile"
_SPARE = 2
_SIZES = ((26, 61), (27, 29), (28, 13), (29, 5))
"""Prefix lengths and how many Things such a pool holds."""


def tighten_pool(world: World) -> None:
    """Move leases of the mobile network into a small second pool until two are left.

    A fleet too small to fill even a /29 is left alone.
    """
    network = next(n for n in world.networks.values() if n.name == NETWORK)
    leased = _leased_things(world, network)
    for prefix, size in _SIZES:
        if len(leased) >= size - _SPARE:
            pool = add_pool(world, network, f"10.79.255.0/{prefix}")
            for thing in leased[: size - _SPARE]:
                _move(world, thing, pool)
            return


def _leased_things(world: World, network: NetworkRecord) -> list[ThingRecord]:
    holders = (
        thing_id for pool in network.pools for thing_id in world.addresses[pool].holders.values()
    )
    things = (world.things[thing_id] for thing_id in holders)
    return [thing for thing in things if not thing.ip_locked]


def _move(world: World, thing: ThingRecord, pool: PoolRecord) -> None:
    lease_ends = thing.lease_expires_at
    release_address(world, thing)
    book = address_book(world, pool)
    number = book.next_free()
    if number is None:
        return
    book.take(number, thing.thing_id)
    thing.ip_address = str(IPv4Address(number))
    thing.ip_pool_id = pool.pool_id
    thing.lease_expires_at = lease_ends
    if thing.session is not None and thing.session.ip_address is not None:
        thing.session.ip_address = thing.ip_address
