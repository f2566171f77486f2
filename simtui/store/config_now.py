"""How an object of the configuration is now, as the settings that a change is about."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from simtui.errors import NotFound
from simtui.models import Tunnel
from simtui.models.config_change import Kind, Ref
from simtui.models.settings import Settings, chain_of, settings_of
from simtui.store.config_queries import NatRulesQuery, RoutesQuery, TunnelsQuery
from simtui.store.desk import Desk
from simtui.store.list_queries import GroupsQuery, IpProfilesQuery, NetworksQuery
from simtui.store.people_queries import UsersQuery


@dataclass(frozen=True, slots=True)
class Now:
    """An object as the server has it. ``key_set_at`` is when a tunnel got its key."""

    object_id: str
    settings: Settings
    version: int
    key_set_at: datetime | None = None


async def read_now(desk: Desk, ref: Ref) -> Now | None:
    """The object as it is now, read anew; None when it is not there.

    Raises:
        SimtuiError: when it cannot be read.
    """
    found = await read_siblings(desk, ref)
    return next((one for one in found if one.object_id == ref.object_id), None)


async def read_siblings(desk: Desk, ref: Ref) -> tuple[Now, ...]:
    """Every object of the kind in the same place, read anew; none when that is gone.

    Raises:
        SimtuiError: when they cannot be read.
    """
    try:
        return tuple(await _READING[ref.kind](desk, ref))
    except NotFound:
        return ()


async def _groups(desk: Desk, ref: Ref) -> list[Now]:
    return [_now(one, one.things_group_id) for one in await desk.fetch(GroupsQuery())]


async def _networks(desk: Desk, ref: Ref) -> list[Now]:
    return [_now(one, one.network_id) for one in await desk.fetch(NetworksQuery())]


async def _pools(desk: Desk, ref: Ref) -> list[Now]:
    networks = await desk.fetch(NetworksQuery())
    pools = (one.ip_pools for one in networks if one.network_id == ref.parent_id)
    return [_now(pool, pool.ip_pool_id) for some in pools for pool in some]


async def _routes(desk: Desk, ref: Ref) -> list[Now]:
    return [_now(await desk.fetch(RoutesQuery(ref.parent_id)), "")]


async def _profiles(desk: Desk, ref: Ref) -> list[Now]:
    return [_now(one, one.ip_profile_id) for one in await desk.fetch(IpProfilesQuery())]


async def _chains(desk: Desk, ref: Ref) -> list[Now]:
    profiles = await desk.fetch(IpProfilesQuery())
    own = (one for one in profiles if one.ip_profile_id == ref.parent_id)
    return [Now(ref.object_id, chain_of(one, ref.object_id), one.version) for one in own]


async def _nat_rules(desk: Desk, ref: Ref) -> list[Now]:
    rules = await desk.fetch(NatRulesQuery(ref.parent_id))
    return [_now(rule, rule.nat_rule_id) for rule in rules]


async def _tunnels(desk: Desk, ref: Ref) -> list[Now]:
    return [_tunnel(one) for one in await desk.fetch(TunnelsQuery(ref.parent_id))]


async def _users(desk: Desk, ref: Ref) -> list[Now]:
    return [_now(one, one.user_id) for one in await desk.fetch(UsersQuery())]


def _now(model: Any, object_id: str) -> Now:
    return Now(object_id, settings_of(model), model.version)


def _tunnel(tunnel: Tunnel) -> Now:
    return Now(tunnel.tunnel_id, settings_of(tunnel), tunnel.version, tunnel.psk_set_at)


_READING: Final[Mapping[str, Callable[[Desk, Ref], Awaitable[list[Now]]]]] = {
    Kind.GROUP: _groups,
    Kind.NETWORK: _networks,
    Kind.POOL: _pools,
    Kind.ROUTES: _routes,
    Kind.PROFILE: _profiles,
    Kind.CHAIN: _chains,
    Kind.NAT_RULE: _nat_rules,
    Kind.TUNNEL: _tunnels,
    Kind.USER: _users,
}
