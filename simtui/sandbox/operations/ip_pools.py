"""IP pools: the private addresses of a network's Things (contract §3.4)."""

from __future__ import annotations

from functools import partial
from ipaddress import IPv4Network
from typing import Any

from simtui.sandbox import limits
from simtui.sandbox.address_book import AddressSpan
from simtui.sandbox.addressing import address_book, pool_fill
from simtui.sandbox.call import Answer, Call, Refused, precondition
from simtui.sandbox.find import find_network, find_pool
from simtui.sandbox.limits import check_limit
from simtui.sandbox.networking import refuse_pool_overlap
from simtui.sandbox.paging import paged
from simtui.sandbox.records import NetworkRecord, PoolRecord
from simtui.sandbox.registry import operation
from simtui.sandbox.validate.cidr import read_pool_cidr
from simtui.sandbox.versions import amend, check_version, created, found
from simtui.sandbox.world import World


@operation("GET", "/networks/{networkId}/ip-pools", need=("network", "READ"))
def list_pools(world: World, call: Call) -> Answer:
    """The pools of a network in the order in which they are used."""
    network = find_network(world, call)
    sort_keys = {
        "cidr": lambda pool: IPv4Network(pool.cidr),
        "size": lambda pool: pool_fill(world, pool)[0],
        "leased": lambda pool: pool_fill(world, pool)[1],
    }
    rows = list(network.pools.values())
    return paged(call, rows, partial(pool_view, world), sort_keys, lambda pool: pool.pool_id)


@operation("POST", "/networks/{networkId}/ip-pools", need=("network", "WRITE"))
def create_pool(world: World, call: Call) -> Answer:
    """One more pool; the first one of a network is its default."""
    network = find_network(world, call)
    cidr = read_pool_cidr(call.body["cidr"])
    check_limit(len(network.pools) + 1, limits.IP_POOLS, "IP pools", "POOL_LIMIT_REACHED")
    refuse_pool_overlap(network, cidr)
    pool = PoolRecord(world.new_id("p"), str(cidr), is_default=not network.pools)
    pool.modified_by = call.user.email
    network.pools[pool.pool_id] = pool
    location = f"/networks/{network.network_id}/ip-pools/{pool.pool_id}"
    return created(pool, pool_view(world, pool), location)


@operation("GET", "/networks/{networkId}/ip-pools/{poolId}", need=("network", "READ"))
def get_pool(world: World, call: Call) -> Answer:
    """One pool with its fill."""
    pool = find_pool(find_network(world, call), call)
    return found(pool, pool_view(world, pool))


@operation("PATCH", "/networks/{networkId}/ip-pools/{poolId}", need=("network", "WRITE"))
def resize_pool(world: World, call: Call) -> Answer:
    """Give a pool other limits, which must hold every address that is in use."""
    network = find_network(world, call)
    pool = find_pool(network, call)
    check_version(call, pool, required=True)
    cidr = read_pool_cidr(call.body["cidr"])
    refuse_pool_overlap(network, cidr, pool)
    span = AddressSpan.of(str(cidr))
    book = address_book(world, pool)
    if not book.fits(span):
        raise _in_use(world, pool, f"{cidr} would leave out addresses that are in use")
    book.resize(span)
    _follow(network, pool.cidr, str(cidr))
    pool.cidr = str(cidr)
    amend(call, pool)
    return found(pool, pool_view(world, pool))


@operation("DELETE", "/networks/{networkId}/ip-pools/{poolId}", need=("network", "WRITE"))
def delete_pool(world: World, call: Call) -> Answer:
    """Remove a pool that nobody has an address of; the next one becomes the default."""
    network = find_network(world, call)
    pool = find_pool(network, call)
    check_version(call, pool, required=True)
    _refuse_used(world, network, pool)
    del network.pools[pool.pool_id]
    world.addresses.pop(pool.pool_id, None)
    if pool.is_default and network.pools:
        heir = next(iter(network.pools.values()))
        heir.is_default = True
        amend(call, heir)
    return Answer({})


def pool_view(world: World, pool: PoolRecord) -> dict[str, Any]:
    """A pool as the wire spells it; ``leased`` counts the locked ones too."""
    size, leased, locked = pool_fill(world, pool)
    return {
        "ipPoolId": pool.pool_id,
        "cidr": pool.cidr,
        "gateway": str(IPv4Network(pool.cidr)[1]),
        "size": size,
        "leased": leased,
        "locked": locked,
        "available": size - leased,
        "isDefault": pool.is_default,
        "version": pool.version,
    }


def _refuse_used(world: World, network: NetworkRecord, pool: PoolRecord) -> None:
    _, leased, _ = pool_fill(world, pool)
    if leased:
        raise _in_use(world, pool, f"{leased} Things have an address of pool {pool.cidr}")
    for tunnel in network.tunnels.values():
        if pool.cidr in tunnel.settings["localCidrs"]:
            name = tunnel.settings["name"]
            raise _in_use(world, pool, f"Tunnel {name} has pool {pool.cidr} behind it")


def _in_use(world: World, pool: PoolRecord, message: str) -> Refused:
    _, leased, locked = pool_fill(world, pool)
    return precondition("POOL_IN_USE", message, f"{leased} leased, {locked} of them locked")


def _follow(network: NetworkRecord, before: str, after: str) -> None:
    """Let the tunnels that had the pool behind them have it with its new limits."""
    for tunnel in network.tunnels.values():
        local = tunnel.settings["localCidrs"]
        if before in local and before != after:
            tunnel.settings["localCidrs"] = [after if cidr == before else cidr for cidr in local]
            tunnel.version += 1
