"""What a person may set of each configured object (contract §3.3 to §3.7, §3.10).

A model says what the server has, its settings say what can be asked for: no counts, no
states, no versions. They are values, so that two of them can be compared, written down and
made again. ``settings_of`` takes them out of a model.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import singledispatch
from typing import TypeAlias

from simtui.models.ip_profile import IpProfile, Rule
from simtui.models.nat_rule import NatRule
from simtui.models.network import IpPool, Network
from simtui.models.route import SYSTEM, Route, Routes, RouteTarget
from simtui.models.things_group import ThingsGroup
from simtui.models.tunnel import Dpd, Phase1, Phase2, Tunnel
from simtui.models.user import User


@dataclass(frozen=True, slots=True)
class GroupSettings:
    """A Things Group: which network and which IP profile its Things have."""

    name: str
    description: str = ""
    network_id: str = ""
    ip_profile_id: str = ""


@dataclass(frozen=True, slots=True)
class NetworkSettings:
    """A network; with ``thing_isolation`` its Things do not reach each other."""

    name: str
    description: str = ""
    thing_isolation: bool = False


@dataclass(frozen=True, slots=True)
class PoolSettings:
    """An IP pool: private, /16 to /29, host bits zero."""

    cidr: str


@dataclass(frozen=True, slots=True)
class RouteSettings:
    """One static route; the id of a route that is there already keeps its identity."""

    destination_cidr: str
    target: RouteTarget = RouteTarget()
    metric: int = 100
    enabled: bool = True
    route_id: str | None = None


@dataclass(frozen=True, slots=True)
class RouteTable:
    """All static routes of a network; the platform's own stay without being named."""

    items: tuple[RouteSettings, ...] = ()


@dataclass(frozen=True, slots=True)
class ProfileSettings:
    """An IP profile without its chains."""

    name: str
    description: str = ""


@dataclass(frozen=True, slots=True)
class RuleSettings:
    """One filter rule; the id of a rule that is there already keeps its hits."""

    action: str
    protocol: str = "ANY"
    src_cidr: str = "ANY"
    src_ports: str = "ANY"
    dst_cidr: str = "ANY"
    dst_ports: str = "ANY"
    enabled: bool = True
    comment: str = ""
    rule_id: str | None = None


@dataclass(frozen=True, slots=True)
class Chain:
    """A chain in evaluation order; an empty one allows everything."""

    items: tuple[RuleSettings, ...] = ()


@dataclass(frozen=True, slots=True)
class NatSettings:
    """A port forwarding from the public address of a network to a Thing."""

    protocol: str
    public_ports: str
    thing_id: str
    private_ports: str
    name: str = ""
    allowed_sources: tuple[str, ...] = ("0.0.0.0/0",)
    enabled: bool = True
    expires_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class TunnelSettings:
    """An IPsec tunnel without its key, which is never part of what is written down.

    An id of None is the address of its gateway.
    """

    name: str
    remote_gateway: str
    description: str = ""
    enabled: bool = True
    ike_version: str = "IKEV2"
    exchange_mode: str = "MAIN"
    local_id: str | None = None
    remote_id: str | None = None
    phase1: Phase1 = Phase1()
    phase2: Phase2 = Phase2()
    dpd: Dpd = Dpd()
    startup_action: str = "INITIATE"
    local_cidrs: tuple[str, ...] = ()
    remote_cidrs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class UserSettings:
    """A user. ``status`` is ACTIVE or DISABLED when it is set; None for somebody who is to be
    invited, whose status the server decides."""

    email: str
    name: str
    permission_level: str
    status: str | None = None


Settings: TypeAlias = (
    GroupSettings
    | NetworkSettings
    | PoolSettings
    | RouteTable
    | ProfileSettings
    | Chain
    | NatSettings
    | TunnelSettings
    | UserSettings
)


@singledispatch
def settings_of(model: object) -> Settings:
    """What can be set of an object, as the server has it.

    Raises:
        TypeError: for a model that has no settings.
    """
    raise TypeError(f"{type(model).__name__} has no settings")


@settings_of.register
def _group(group: ThingsGroup) -> GroupSettings:
    return GroupSettings(
        group.name, group.description, group.network_id or "", group.ip_profile_id or ""
    )


@settings_of.register
def _network(network: Network) -> NetworkSettings:
    return NetworkSettings(network.name, network.description, network.thing_isolation)


@settings_of.register
def _pool(pool: IpPool) -> PoolSettings:
    return PoolSettings(pool.cidr)


@settings_of.register
def _routes(routes: Routes) -> RouteTable:
    return RouteTable(tuple(map(route_settings, static_routes(routes))))


@settings_of.register
def _profile(profile: IpProfile) -> ProfileSettings:
    return ProfileSettings(profile.name, profile.description)


@settings_of.register
def _nat_rule(rule: NatRule) -> NatSettings:
    return NatSettings(
        rule.protocol,
        rule.public_ports,
        rule.thing_id,
        rule.private_ports,
        rule.name,
        rule.allowed_sources,
        rule.enabled,
        rule.expires_at,
    )


@settings_of.register
def _tunnel(tunnel: Tunnel) -> TunnelSettings:
    return TunnelSettings(
        tunnel.name,
        tunnel.remote_gateway,
        tunnel.description,
        tunnel.enabled,
        tunnel.ike_version,
        tunnel.exchange_mode,
        tunnel.local_id,
        tunnel.remote_id,
        tunnel.phase1,
        tunnel.phase2,
        tunnel.dpd,
        tunnel.startup_action,
        tunnel.local_cidrs,
        tunnel.remote_cidrs,
    )


@settings_of.register
def _user(user: User) -> UserSettings:
    return UserSettings(user.email, user.name, user.permission_level, user.status or None)


def static_routes(routes: Routes) -> tuple[Route, ...]:
    """The routes that a person made."""
    return tuple(route for route in routes.items if route.origin != SYSTEM)


def route_settings(route: Route) -> RouteSettings:
    """What can be set of one route."""
    return RouteSettings(
        route.destination_cidr, route.target, route.metric, route.enabled, route.route_id
    )


def rule_settings(rule: Rule) -> RuleSettings:
    """What can be set of one filter rule."""
    return RuleSettings(
        rule.action,
        rule.protocol,
        rule.src_cidr,
        rule.src_ports,
        rule.dst_cidr,
        rule.dst_ports,
        rule.enabled,
        rule.comment,
        rule.rule_id,
    )


def is_whole(profile: IpProfile, chain: str) -> bool:
    """Whether every rule of a chain could be read, as far as their positions tell; to replace
    a chain would delete those that could not."""
    rules = profile.inbound if chain == "INBOUND" else profile.outbound
    positions = [rule.position for rule in rules]
    return not any(positions) or positions == list(range(1, len(rules) + 1))


def chain_of(profile: IpProfile, chain: str) -> Chain:
    """One chain of an IP profile: ``INBOUND`` or ``OUTBOUND``."""
    rules = profile.inbound if chain == "INBOUND" else profile.outbound
    return Chain(tuple(map(rule_settings, rules)))
