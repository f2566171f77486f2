"""Who has which address of a pool (contract §2, ``/leases``)."""

from __future__ import annotations

from ipaddress import IPv4Address
from typing import Any

from simtui.sandbox.addressing import address_book
from simtui.sandbox.call import Answer, Call
from simtui.sandbox.find import find_network, find_pool
from simtui.sandbox.paging import paged
from simtui.sandbox.records import ThingRecord
from simtui.sandbox.registry import operation
from simtui.sandbox.world import World

SORT_KEYS = {
    "address": lambda thing: IPv4Address(thing.ip_address),
    "leaseExpiresAt": lambda thing: thing.lease_expires_at,
    "locked": lambda thing: thing.ip_locked,
}


@operation("GET", "/networks/{networkId}/ip-pools/{poolId}/leases", need=("network", "READ"))
def list_leases(world: World, call: Call) -> Answer:
    """The addresses in use, locked ones among them, lowest first unless sorted otherwise."""
    pool = find_pool(find_network(world, call), call)
    holders = address_book(world, pool).holders
    rows = [world.things[holders[address]] for address in sorted(holders)]
    return paged(call, rows, _lease_view, SORT_KEYS, lambda thing: thing.iccid)


def _lease_view(thing: ThingRecord) -> dict[str, Any]:
    return {
        "address": thing.ip_address,
        "thingId": thing.thing_id,
        "locked": thing.ip_locked,
        "leaseExpiresAt": thing.lease_expires_at,
    }
