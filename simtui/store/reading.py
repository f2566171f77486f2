"""Asking a question, so that whoever else has to know of the answer hears it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, TypeAlias

from simtui.errors import NotFound
from simtui.models import Job
from simtui.store.fleet_sync import FleetSync
from simtui.store.history.recorder import Recorder
from simtui.store.query import MadeByJob, Query, ReadQuery

if TYPE_CHECKING:
    from simtui.store.source import Source

Await: TypeAlias = Callable[[MadeByJob[Any], Job], Awaitable[Any]]
"""From a question and the job that answers it to the answer."""


@dataclass(frozen=True, slots=True)
class Reader:
    """Every Thing in an answer reaches the fleet, and ``recorder`` hears of it too; ``made``
    waits for an answer that takes a job."""

    sync: FleetSync
    recorder: Recorder
    made: Await

    async def read(self, query: Query[Any], source: Source, now: datetime) -> Any:
        """The value of ``query`` as of ``now``. Raises `SimtuiError`.

        The fleet is the one answer that no single request brings. A Thing that the server
        does not know (404) leaves it (contract §1.3).
        """
        if isinstance(query, MadeByJob):
            value = await query.fetch(source, now)
            return await self.made(query, value) if isinstance(value, Job) else value
        if not isinstance(query, ReadQuery):
            return await self.sync.bring_up_to_date(source)
        asked = self.sync.fleet.revision
        try:
            value = await query.fetch(source, now)
        except NotFound:
            gone = query.gone_thing()
            if gone is not None:
                self.sync.drop(gone)
            raise
        self.sync.absorb(query.things(value), asked)
        self.recorder.answered(query, value)
        return value
