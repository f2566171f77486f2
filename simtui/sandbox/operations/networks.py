"""Networks: the APN, the pools and the limits of what is inside (contract §3.4)."""

from __future__ import annotations

from functools import partial
from typing import Any

from simtui.sandbox import limits
from simtui.sandbox.call import Answer, Call, precondition
from simtui.sandbox.counts import things_in_network
from simtui.sandbox.find import find_network
from simtui.sandbox.limits import check_limit
from simtui.sandbox.networking import new_network
from simtui.sandbox.operations.ip_pools import pool_view
from simtui.sandbox.paging import paged
from simtui.sandbox.records import NetworkRecord
from simtui.sandbox.registry import operation
from simtui.sandbox.render import APN
from simtui.sandbox.validate.text import read_description, read_name
from simtui.sandbox.versions import amend, check_version, created, found
from simtui.sandbox.world import World


@operation("GET", "/networks", need=("network", "READ"))
def list_networks(world: World, call: Call) -> Answer:
    """All networks with their pools."""
    sort_keys = {
        "name": lambda network: network.name.casefold(),
        "thingCount": lambda network: things_in_network(world, network.network_id),
    }
    rows = list(world.networks.values())
    return paged(
        call, rows, partial(network_view, world), sort_keys, lambda network: network.network_id
    )


@operation("POST", "/networks", need=("network", "WRITE"))
def create_network(world: World, call: Call) -> Answer:
    """A new network, without a pool yet."""
    check_limit(len(world.networks) + 1, limits.NETWORKS, "networks")
    name = read_name(call.body["name"])
    description = read_description(call.body.get("description", ""))
    network = new_network(world, name)
    network.description = description
    network.thing_isolation = call.body.get("thingIsolation", False)
    network.modified_by = call.user.email
    return created(network, network_view(world, network), f"/networks/{network.network_id}")


@operation("GET", "/networks/{networkId}", need=("network", "READ"))
def get_network(world: World, call: Call) -> Answer:
    """One network with its pools."""
    network = find_network(world, call)
    return found(network, network_view(world, network))


@operation("PATCH", "/networks/{networkId}", need=("network", "WRITE"))
def change_network(world: World, call: Call) -> Answer:
    """Rename a network or isolate its Things from each other."""
    network = find_network(world, call)
    check_version(call, network, required=True)
    body = call.body
    name = read_name(body.get("name", network.name))
    network.description = read_description(body.get("description", network.description))
    network.name = name
    network.thing_isolation = body.get("thingIsolation", network.thing_isolation)
    amend(call, network)
    return found(network, network_view(world, network))


@operation("DELETE", "/networks/{networkId}", need=("network", "WRITE"))
def delete_network(world: World, call: Call) -> Answer:
    """Remove a network that no group points at and no Thing has an address of."""
    network = find_network(world, call)
    check_version(call, network, required=True)
    _refuse_used(world, network)
    for pool_id in network.pools:
        world.addresses.pop(pool_id, None)
    del world.networks[network.network_id]
    return Answer({})


def network_view(world: World, network: NetworkRecord) -> dict[str, Any]:
    """A network as the wire spells it."""
    return {
        "networkId": network.network_id,
        "name": network.name,
        "description": network.description,
        "apn": {"name": APN, "userName": None, "shared": True},
        "thingIsolation": network.thing_isolation,
        "ipPools": [pool_view(world, pool) for pool in network.pools.values()],
        "natPublicAddress": network.nat_public_address,
        "thingCount": things_in_network(world, network.network_id),
        "limits": dict(limits.PER_NETWORK),
        "version": network.version,
    }


def _refuse_used(world: World, network: NetworkRecord) -> None:
    groups = [
        group.name for group in world.groups.values() if group.network_id == network.network_id
    ]
    if groups:
        raise precondition(
            "RESOURCE_IN_USE",
            f"{len(groups)} groups point at network {network.name}",
            ", ".join(groups),
        )
    leased = sum(pool_view(world, pool)["leased"] for pool in network.pools.values())
    if leased:
        raise precondition(
            "RESOURCE_IN_USE",
            f"{leased} Things still have an address of network {network.name}",
            "they give it back at their next session, or when the lease ends",
        )
