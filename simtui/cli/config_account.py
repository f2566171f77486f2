"""Reading everything that is configured in an account."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping
from typing import Final, TypeVar

from simtui.cli.load_progress import load_progress
from simtui.errors import Invalid, NotFound
from simtui.models import Network, Thing, ThingsGroup
from simtui.store.config_queries import NatRulesQuery, RoutesQuery, TunnelsQuery
from simtui.store.list_queries import GroupsQuery, IpProfilesQuery, NetworksQuery
from simtui.store.queries import FleetQuery, ThingByIccidQuery, ThingQuery
from simtui.store.query import Query
from simtui.store.store import Store
from simtui.views.files.configuration import Configuration
from simtui.views.identity import check_iccid

T = TypeVar("T")

_PAGE: Final = 500
"""Things that one request of a whole load brings (contract §1.4)."""

_LONGEST: Final = 64
"""Characters that an id can have (contract §1, Names)."""


async def read_configuration(store: Store) -> Configuration:
    """Groups, networks with what is inside them, IP profiles, and the Things of NAT rules.

    Raises:
        SimtuiError: when any of it cannot be read; half a configuration is none.
    """
    groups, networks, profiles = await asyncio.gather(
        store.fetch(GroupsQuery()), store.fetch(NetworksQuery()), store.fetch(IpProfilesQuery())
    )
    routes = await _each(store, {one.network_id: RoutesQuery(one.network_id) for one in networks})
    rules = await _each(store, _nat_queries(networks))
    tunnels = await _each(store, {one.network_id: TunnelsQuery(one.network_id) for one in networks})
    wanted = {rule.thing_id for some in rules.values() for rule in some}
    things = await _things(store, wanted, groups)
    return Configuration(groups, networks, profiles, routes, rules, tunnels, things)


async def find_things(store: Store, texts: Iterable[str]) -> dict[str, Thing]:
    """The Things with these ICCIDs or ids, by their ids; what is no Thing's is left out.

    Raises:
        SimtuiError: when the API cannot be asked.
    """
    found = [await _found(store, text) for text in sorted(texts) if len(text) <= _LONGEST]
    return {thing.thing_id: thing for thing in found if thing is not None}


async def _found(store: Store, text: str) -> Thing | None:
    """By its ICCID if it can be one, even one whose check digit is wrong; else by its id."""
    digits = check_iccid(text).value
    is_number = digits.isascii() and digits.isdigit()
    try:
        return await store.fetch(ThingByIccidQuery(digits) if is_number else ThingQuery(text))
    except (NotFound, Invalid):
        return None


def _nat_queries(networks: Iterable[Network]) -> dict[str, NatRulesQuery]:
    return {one.network_id: NatRulesQuery(one.network_id) for one in networks}


async def _each(store: Store, queries: Mapping[str, Query[T]]) -> dict[str, T]:
    """The answers by the same keys."""
    answers = await asyncio.gather(*(store.fetch(query) for query in queries.values()))
    return dict(zip(queries, answers, strict=True))


async def _things(
    store: Store, wanted: set[str], groups: Iterable[ThingsGroup]
) -> dict[str, Thing]:
    """Those of the wanted Things that are there, with as few requests as it takes."""
    pages = sum(group.thing_count or 0 for group in groups) // _PAGE + 1
    if len(wanted) > pages:
        async with load_progress(store):
            fleet = (await store.fetch(FleetQuery())).things
        return {thing_id: fleet[thing_id] for thing_id in sorted(wanted) if thing_id in fleet}
    found = await asyncio.gather(*(_thing(store, thing_id) for thing_id in sorted(wanted)))
    return {thing.thing_id: thing for thing in found if thing is not None}


async def _thing(store: Store, thing_id: str) -> Thing | None:
    try:
        return await store.fetch(ThingQuery(thing_id))
    except NotFound:
        return None
