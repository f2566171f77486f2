"""Reading everything that is evidence of a stolen SIM."""

from __future__ import annotations

import asyncio
from typing import TypeVar

from simtui.errors import SimtuiError
from simtui.store.entry import Entry
from simtui.store.queries import (
    EventsQuery,
    ImeiHistoryQuery,
    SessionQuery,
    SessionsQuery,
    StateHistoryQuery,
    ThingQuery,
    ThingSmsQuery,
    UsageQuery,
)
from simtui.store.query import Query
from simtui.store.store import Store
from simtui.views.runbook.evidence import Sources

T = TypeVar("T")


async def looked_up(store: Store, thing_id: str) -> Sources:
    """All of it, read anew; what cannot be read says why."""
    thing, session, sessions, usage = await asyncio.gather(
        _known(store, ThingQuery(thing_id)),
        _known(store, SessionQuery(thing_id)),
        _known(store, SessionsQuery(thing_id)),
        _known(store, UsageQuery(thing_id)),
    )
    imeis, sms, states, events = await asyncio.gather(
        _known(store, ImeiHistoryQuery(thing_id)),
        _known(store, ThingSmsQuery(thing_id)),
        _known(store, StateHistoryQuery(thing_id)),
        _known(store, EventsQuery(thing_id)),
    )
    return Sources(thing, imeis, session, sessions, usage, sms, states, events)


async def _known(store: Store, query: Query[T]) -> Entry[T]:
    try:
        value = await store.fetch(query)
    except SimtuiError as error:
        return Entry(error=error)
    return Entry(value)
