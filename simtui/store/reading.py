"""Asking a question, so that every Thing in the answer also reaches the fleet."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from simtui.errors import NotFound
from simtui.store.fleet_sync import FleetSync
from simtui.store.history.recorder import Recorder
from simtui.store.query import Query, ReadQuery

if TYPE_CHECKING:
    from simtui.store.source import Source


async def read(
    query: Query[Any], source: Source, sync: FleetSync, recorder: Recorder, now: datetime
) -> Any:
    """The value of ``query`` as of ``now``; ``recorder`` hears it. Raises `SimtuiError`.

    The fleet is the one answer that no single request brings. A Thing that the server
    does not know (404) leaves it (contract §1.3).
    """
    if not isinstance(query, ReadQuery):
        return await sync.bring_up_to_date(source)
    asked = sync.fleet.revision
    try:
        value = await query.fetch(source, now)
    except NotFound:
        gone = query.gone_thing()
        if gone is not None:
            sync.drop(gone)
        raise
    sync.absorb(query.things(value), asked)
    recorder.answered(query, value)
    return value
