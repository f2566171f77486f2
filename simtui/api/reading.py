"""The reading operations that simtui uses, one typed method each (contract §2).

All of them raise ``SimtuiError``. Those marked EXT raise ``CapabilityAbsent`` where
the installation does not offer them, from the second time on without asking.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator
from dataclasses import replace
from datetime import datetime

from simtui.api import dialect
from simtui.api.call import Call, Params
from simtui.api.full_load import AT_ONCE, Chunk, load_all
from simtui.api.newest_first import newest_first
from simtui.api.paging import LARGEST_PAGE
from simtui.api.raw_page import RawPage
from simtui.api.things_query import ThingsQuery
from simtui.api.wire import Wire, about
from simtui.models import (
    Account,
    DataQuota,
    Event,
    ImeiHistoryEntry,
    IpProfile,
    Network,
    Page,
    Session,
    StateHistoryEntry,
    Thing,
    ThingsGroup,
    UsagePoint,
)


class Reading(Wire):
    """What can be asked."""

    async def account(self) -> Account:
        """The account, its limits and our permission level."""
        account = await self._object(Account, Call(dialect.GET_ACCOUNT))
        limits = {dialect.model_name(name): limit for name, limit in account.limits.items()}
        return replace(account, limits=limits)

    async def things(self, query: ThingsQuery) -> Page[Thing]:
        """One page of Things."""
        return (await self._things_page(query)).page()

    def all_things(
        self,
        query: ThingsQuery | None = None,
        *,
        page_size: int = LARGEST_PAGE,
        at_once: int = AT_ONCE,
    ) -> AsyncGenerator[Chunk, None]:
        """Every Thing that passes the filters of ``query``, page by page as they arrive.

        See `load_all` for what is promised when the list changes meanwhile. The
        query's own offset, limit and sort do not count.
        """
        wanted = replace(query or ThingsQuery(), sort=(dialect.OLDEST_FIRST,))

        async def fetch(offset: int, limit: int) -> RawPage[Thing]:
            return await self._things_page(replace(wanted, offset=offset, limit=limit))

        return load_all(fetch, limit=page_size, at_once=at_once)

    async def thing(self, thing_id: str) -> Thing:
        """One Thing."""
        return await self._object(Thing, about(dialect.GET_THING, thing_id))

    async def thing_by_iccid(self, iccid: str) -> Thing:
        """The Thing with this ICCID, through the alias that answers 302."""
        return await self._object(Thing, Call(dialect.FIND_THING, {dialect.ICCID: iccid}))

    async def thing_json(self, thing_id: str) -> str:
        """One Thing as the server wrote it, laid out for reading."""
        return await self._json(about(dialect.GET_THING, thing_id))

    async def state_history(self, thing_id: str) -> tuple[StateHistoryEntry, ...]:
        """The lifecycle states a Thing had, newest first."""
        call = about(dialect.STATE_HISTORY, thing_id)
        entries = await self._every(StateHistoryEntry, call, _itself)
        return newest_first(entries, lambda item: item.at)

    async def imei_history(self, thing_id: str) -> tuple[ImeiHistoryEntry, ...]:
        """The devices a SIM was seen in, the latest first."""
        call = about(dialect.IMEI_HISTORY, thing_id)
        entries = await self._every(ImeiHistoryEntry, call, _itself)
        return newest_first(entries, lambda item: item.last_seen_at)

    async def groups(self) -> tuple[ThingsGroup, ...]:
        """Every Things Group."""
        call = Call(dialect.LIST_GROUPS)
        return await self._every(ThingsGroup, call, lambda group: group.things_group_id)

    async def networks(self) -> tuple[Network, ...]:
        """Every network with its pools."""
        call = Call(dialect.LIST_NETWORKS)
        return await self._every(Network, call, lambda network: network.network_id)

    async def ip_profiles(self) -> tuple[IpProfile, ...]:
        """Every IP profile with both its chains."""
        call = Call(dialect.LIST_IP_PROFILES)
        return await self._every(IpProfile, call, lambda profile: profile.ip_profile_id)

    async def session(self, thing_id: str) -> Session:
        """The data session of a Thing, with the age of what is known of it (EXT)."""
        return await self._object(Session, about(dialect.GET_SESSION, thing_id))

    async def sessions(self, thing_id: str, start: datetime, end: datetime) -> tuple[Session, ...]:
        """The data sessions of a Thing from ``start`` to ``end``, newest first (EXT)."""
        call = replace(about(dialect.LIST_SESSIONS, thing_id), params=_span(start, end))
        return newest_first(await self._every(Session, call, _itself), lambda item: item.since)

    async def usage(
        self, thing_id: str, start: datetime, end: datetime, granularity: str
    ) -> tuple[UsagePoint, ...]:
        """The use of a Thing by ``HOUR`` or ``DAY``, in the order of time (EXT)."""
        params = {**_span(start, end), dialect.GRANULARITY: granularity}
        call = replace(about(dialect.GET_USAGE, thing_id), params=params)
        points = await self._every(UsagePoint, call, lambda point: point.at)
        return tuple(sorted(points, key=lambda point: point.at))

    async def data_quota(self, thing_id: str) -> DataQuota:
        """How much data a Thing may use in the open cycle, and what it has used (EXT)."""
        return await self._object(DataQuota, about(dialect.GET_DATA_QUOTA, thing_id))

    async def events(self, thing_id: str, limit: int) -> tuple[Event, ...]:
        """What the platform noticed about a Thing, newest first, at most ``limit`` (EXT)."""
        params = {dialect.THING_ID: thing_id, dialect.SORT: dialect.NEWEST_EVENT_FIRST}
        page = await self._page(Event, Call(dialect.LIST_EVENTS, params=params), limit=limit)
        return newest_first(page.page().items, lambda item: item.at)

    async def _things_page(self, query: ThingsQuery) -> RawPage[Thing]:
        call = Call(dialect.LIST_THINGS, params=_things_params(query))
        return await self._page(Thing, call, query.offset, query.limit)


def _things_params(query: ThingsQuery) -> Params:
    params = {name: getattr(query, field) for field, name in dialect.THINGS_FILTERS.items()}
    params[dialect.SORT] = dialect.sort_terms(query.sort)
    return {name: value for name, value in params.items() if value}


def _span(start: datetime, end: datetime) -> dict[str, str]:
    return {dialect.FROM: dialect.wire_time(start), dialect.TO: dialect.wire_time(end)}


def _itself(item: object) -> object:
    return item
