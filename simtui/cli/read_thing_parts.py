"""Everything about a Thing that is asked for apart from it."""

from __future__ import annotations

import asyncio

from simtui.cli.settled import settled
from simtui.store.queries import (
    EventsQuery,
    ImeiHistoryQuery,
    SessionQuery,
    SessionsQuery,
    StateHistoryQuery,
    ThingSmsQuery,
    UsageQuery,
)
from simtui.store.store import Store
from simtui.views.thing_detail import ThingParts


async def read_thing_parts(store: Store, thing_id: str) -> ThingParts:
    """All parts at once; of one that cannot be had, its section says why."""
    async with asyncio.TaskGroup() as tasks:
        session = tasks.create_task(settled(store, SessionQuery(thing_id)))
        sessions = tasks.create_task(settled(store, SessionsQuery(thing_id)))
        usage = tasks.create_task(settled(store, UsageQuery(thing_id)))
        sms = tasks.create_task(settled(store, ThingSmsQuery(thing_id)))
        events = tasks.create_task(settled(store, EventsQuery(thing_id)))
        devices = tasks.create_task(settled(store, ImeiHistoryQuery(thing_id)))
        states = tasks.create_task(settled(store, StateHistoryQuery(thing_id)))
    return ThingParts(
        session=session.result(),
        sessions=sessions.result(),
        usage=usage.result(),
        sms=sms.result(),
        events=events.result(),
        imei_history=devices.result(),
        state_history=states.result(),
    )
