"""How a part of the configuration looks, taken from an answer of the API.

Only settings and the state of a tunnel count: how often a rule was hit, or how many addresses
are leased, is no change of the configuration.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from functools import singledispatch
from typing import Any, Final

from simtui.models import IpProfile, Network, Tunnel
from simtui.models.change import ChangeKind
from simtui.models.settings import Settings, chain_of, is_whole, settings_of
from simtui.store.config_queries import NatRulesQuery, RoutesQuery, TunnelsQuery
from simtui.store.list_queries import GroupsQuery, IpProfilesQuery, NetworksQuery
from simtui.store.query import Query
from simtui.views.config.names import name_of

CHAINS: Final = ("INBOUND", "OUTBOUND")


@dataclass(frozen=True, slots=True)
class State:
    """How a tunnel is, since when, and why (contract §3.7)."""

    state: str
    since: datetime | None = None
    error: str | None = None


@dataclass(frozen=True, slots=True)
class Sighted:
    """One object as it was seen. ``key_set_at`` is when a tunnel got its key."""

    object_id: str
    name: str
    settings: Settings
    version: int = 0
    state: State | None = None
    key_set_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Scope:
    """All objects of a kind in one place, such as the tunnels of a network.

    ``inside`` is the id of the network or IP profile and ``inside_name`` its name.
    ``looked_at`` is when this run had looked before; None at its first look. Two that look
    the same are equal, whenever that was.
    """

    kind: str
    inside: str
    inside_name: str
    seen_at: datetime = field(compare=False)
    items: tuple[Sighted, ...]
    looked_at: datetime | None = field(default=None, compare=False)


@singledispatch
def scopes_of(query: Query[Any], value: Any, now: datetime) -> tuple[Scope, ...]:
    """What an answer says about the configuration; nothing of most."""
    return ()


@scopes_of.register
def _groups(query: GroupsQuery, value: Any, now: datetime) -> tuple[Scope, ...]:
    items = _sighted((group.things_group_id, group) for group in value)
    return (Scope(ChangeKind.THINGS_GROUP, "", "", now, items),)


@scopes_of.register
def _networks(query: NetworksQuery, value: Any, now: datetime) -> tuple[Scope, ...]:
    items = _sighted((network.network_id, network) for network in value)
    return (Scope(ChangeKind.NETWORK, "", "", now, items), *(_pools(one, now) for one in value))


def _pools(network: Network, now: datetime) -> Scope:
    items = _sighted((pool.ip_pool_id, pool) for pool in network.ip_pools)
    return Scope(ChangeKind.POOL, network.network_id, network.name, now, items)


@scopes_of.register
def _profiles(query: IpProfilesQuery, value: Any, now: datetime) -> tuple[Scope, ...]:
    items = _sighted((profile.ip_profile_id, profile) for profile in value)
    return (Scope(ChangeKind.PROFILE, "", "", now, items), *(_chains(one, now) for one in value))


def _chains(profile: IpProfile, now: datetime) -> Scope:
    items = tuple(
        Sighted(chain, profile.name, chain_of(profile, chain), profile.version)
        for chain in CHAINS
        if is_whole(profile, chain)
    )
    return Scope(ChangeKind.CHAIN, profile.ip_profile_id, profile.name, now, items)


@scopes_of.register
def _routes(query: RoutesQuery, value: Any, now: datetime) -> tuple[Scope, ...]:
    if not value.whole:
        return ()
    items = (Sighted("", "", settings_of(value), value.version),)
    return (Scope(ChangeKind.ROUTES, query.network_id, "", now, items),)


@scopes_of.register
def _nat_rules(query: NatRulesQuery, value: Any, now: datetime) -> tuple[Scope, ...]:
    items = _sighted((rule.nat_rule_id, rule) for rule in value)
    return (Scope(ChangeKind.NAT_RULE, query.network_id, "", now, items),)


@scopes_of.register
def _tunnels(query: TunnelsQuery, value: Any, now: datetime) -> tuple[Scope, ...]:
    items = tuple(map(_tunnel, value))
    return (Scope(ChangeKind.TUNNEL, query.network_id, "", now, items),)


def _tunnel(tunnel: Tunnel) -> Sighted:
    status = tunnel.status
    state = State(status.state, status.since, status.last_error) if status is not None else None
    return Sighted(
        tunnel.tunnel_id,
        tunnel.name,
        settings_of(tunnel),
        tunnel.version,
        state,
        tunnel.psk_set_at,
    )


def _sighted(models: Iterable[tuple[str, Any]]) -> tuple[Sighted, ...]:
    return tuple(_each(models))


def _each(models: Iterable[tuple[str, Any]]) -> Iterator[Sighted]:
    for object_id, model in models:
        settings = settings_of(model)
        yield Sighted(object_id, name_of(settings), settings, model.version)
