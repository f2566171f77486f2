"""The names around a Thing: its group's, its network's and its IP profile's."""

from __future__ import annotations

import asyncio
from typing import TypeVar

from simtui.cli.report import print_remark
from simtui.clock import Clock
from simtui.errors import CapabilityAbsent, Forbidden
from simtui.store.queries import GroupsQuery, IpProfilesQuery, NetworksQuery
from simtui.store.query import Query
from simtui.store.store import Store
from simtui.views.fleet_context import FleetContext

T = TypeVar("T")


async def read_context(store: Store, clock: Clock) -> FleetContext:
    """What can be read; without the permission for one of them a remark says so.

    Raises ``SimtuiError`` for any other failure.
    """
    groups, networks, ip_profiles = await asyncio.gather(
        _readable(store, GroupsQuery(), "Things Groups"),
        _readable(store, NetworksQuery(), "networks"),
        _readable(store, IpProfilesQuery(), "IP profiles"),
    )
    return FleetContext(
        now=clock.now(),
        groups={group.things_group_id: group for group in groups},
        networks={network.network_id: network for network in networks},
        ip_profiles={profile.ip_profile_id: profile for profile in ip_profiles},
    )


async def _readable(store: Store, query: Query[tuple[T, ...]], what: str) -> tuple[T, ...]:
    try:
        return await store.fetch(query)
    except (Forbidden, CapabilityAbsent) as error:
        print_remark(f"the {what} are left out: {error}")
        return ()
