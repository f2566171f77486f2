"""Networks with pools big enough, IP profiles with their chains, and the groups."""

from __future__ import annotations

from datetime import timedelta

from simtui.sandbox.addressing import address_book
from simtui.sandbox.fleet.layout import GroupPlan, NetworkPlan, ProfilePlan, RulePlan
from simtui.sandbox.networking import new_network
from simtui.sandbox.records import (
    GroupRecord,
    IpProfileRecord,
    NetworkRecord,
    PoolRecord,
    RuleRecord,
)
from simtui.sandbox.world import World

_SMALLEST_PREFIX = 24
_WIDEST_PREFIX = 16


def pool_prefix(things: int) -> int:
    """The prefix length of a pool that holds ``things`` with room to grow, /24 to /16."""
    wanted = 32 - (things + things // 4 + 3).bit_length()
    return min(_SMALLEST_PREFIX, max(_WIDEST_PREFIX, wanted))


def add_network(world: World, plan: NetworkPlan, things: int) -> NetworkRecord:
    """Create a network with a default pool for ``things`` Things."""
    network = new_network(world, plan.name)
    network.description = plan.description
    network.thing_isolation = plan.thing_isolation
    add_pool(world, network, f"10.{plan.first_octet}.0.0/{pool_prefix(things)}")
    return network


def add_pool(world: World, network: NetworkRecord, cidr: str) -> PoolRecord:
    """Give a network another pool; its first one is its default."""
    pool = PoolRecord(world.new_id("p"), cidr, is_default=not network.pools)
    network.pools[pool.pool_id] = pool
    address_book(world, pool)
    return pool


def add_profile(world: World, plan: ProfilePlan, *, busy: bool) -> IpProfileRecord:
    """Create an IP profile; ``busy`` rules have been hit already."""
    profile = IpProfileRecord(world.new_id("ip"), plan.name, plan.description)
    profile.inbound = [_rule(world, rule, busy) for rule in plan.inbound]
    profile.outbound = [_rule(world, rule, busy) for rule in plan.outbound]
    world.ip_profiles[profile.ip_profile_id] = profile
    return profile


def _rule(world: World, plan: RulePlan, busy: bool) -> RuleRecord:
    rule = RuleRecord(
        rule_id=world.new_id("r"),
        action=plan.action,
        protocol=plan.protocol,
        src_cidr=plan.src_cidr,
        dst_cidr=plan.dst_cidr,
        dst_ports=plan.dst_ports,
        enabled=plan.enabled,
        comment=plan.comment,
    )
    if busy and plan.enabled:
        rule.hits = int(world.random.paretovariate(0.4)) % 10_000_000
        age = timedelta(seconds=world.random.randrange(1, 86_400))
        rule.last_hit_at = world.clock.now() - age
    return rule


def add_group(world: World, plan: GroupPlan, *, is_default: bool = False) -> GroupRecord:
    """Create a group that ties together a network and an IP profile by their names."""
    networks = {network.name: network_id for network_id, network in world.networks.items()}
    profiles = {profile.name: profile_id for profile_id, profile in world.ip_profiles.items()}
    group = GroupRecord(
        group_id=world.new_id("g"),
        name=plan.name,
        network_id=networks[plan.network],
        ip_profile_id=profiles[plan.ip_profile],
        description=plan.description,
        is_default=is_default,
    )
    world.groups[group.group_id] = group
    return group
