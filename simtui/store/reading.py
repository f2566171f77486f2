"""Asking a question, so that every Thing in the answer also reaches the fleet."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import TYPE_CHECKING, Any, TypeAlias

from simtui.errors import NotFound
from simtui.models import Job
from simtui.store.fleet_sync import FleetSync
from simtui.store.query import MadeByJob, Query, ReadQuery

if TYPE_CHECKING:
    from simtui.store.source import Source

Await: TypeAlias = Callable[[MadeByJob[Any], Job], Awaitable[Any]]
"""From a question and the job that answers it to the answer."""


async def read(
    query: Query[Any], source: Source, sync: FleetSync, now: datetime, made: Await
) -> Any:
    """The value of ``query`` as of ``now``. Raises `SimtuiError`.

    The fleet is the one answer that no single request brings; ``made`` waits for one that
    takes a job. A Thing that the server does not know (404) leaves it (contract §1.3).
    """
    if isinstance(query, MadeByJob):
        value = await query.fetch(source, now)
        return await made(query, value) if isinstance(value, Job) else value
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
    return value
