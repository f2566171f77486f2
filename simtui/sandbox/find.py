"""The object that a path names, or a 404."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from simtui.sandbox.call import Call, not_found
from simtui.sandbox.records import (
    GroupRecord,
    IpProfileRecord,
    NatRuleRecord,
    NetworkRecord,
    PoolRecord,
    ThingRecord,
    TunnelRecord,
)
from simtui.sandbox.world import World

T = TypeVar("T")


def find_thing(world: World, call: Call) -> ThingRecord:
    """The Thing of ``{thingId}``."""
    return _find(world.things, "Thing", call.path["thingId"])


def find_group(world: World, call: Call) -> GroupRecord:
    """The Things Group of ``{thingsGroupId}``."""
    return _find(world.groups, "Things Group", call.path["thingsGroupId"])


def find_network(world: World, call: Call) -> NetworkRecord:
    """The network of ``{networkId}``."""
    return _find(world.networks, "network", call.path["networkId"])


def find_pool(network: NetworkRecord, call: Call) -> PoolRecord:
    """The IP pool of ``{poolId}`` in its network."""
    return _find(network.pools, "IP pool", call.path["poolId"])


def find_nat_rule(network: NetworkRecord, call: Call) -> NatRuleRecord:
    """The NAT rule of ``{natRuleId}`` in its network."""
    return _find(network.nat_rules, "NAT rule", call.path["natRuleId"])


def find_tunnel(network: NetworkRecord, call: Call) -> TunnelRecord:
    """The IPsec tunnel of ``{tunnelId}`` in its network."""
    return _find(network.tunnels, "IPsec tunnel", call.path["tunnelId"])


def find_profile(world: World, call: Call) -> IpProfileRecord:
    """The IP profile of ``{ipProfileId}``."""
    return _find(world.ip_profiles, "IP profile", call.path["ipProfileId"])


def _find(table: Mapping[str, T], what: str, identity: str) -> T:
    """Raise a 404 for what is not in the table."""
    found = table.get(identity)
    if found is None:
        raise not_found(what, identity)
    return found
