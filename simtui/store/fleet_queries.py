"""The questions about many Things at once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final

from simtui.api.things_query import ThingsQuery
from simtui.models import Thing
from simtui.store import subjects
from simtui.store.fleet import Fleet
from simtui.store.query import Query, ReadQuery

if TYPE_CHECKING:
    from simtui.store.source import Source

ICCIDS_A_REQUEST: Final = 60
"""Keeps the address of a request for several ICCIDs below 2 kB."""


@dataclass(frozen=True, slots=True)
class FleetQuery(Query[Fleet]):
    """All Things, as one `Fleet` that changes in place.

    The store itself loads it and keeps it current (`simtui.store.fleet_sync`).
    """

    max_age = 30.0
    kept = "always"

    @property
    def subjects(self) -> frozenset[str]:
        """Any Thing."""
        return frozenset({subjects.FLEET, subjects.THINGS})

    def revision(self, value: Fleet) -> int:
        """How often the fleet has changed."""
        return value.revision


@dataclass(frozen=True, slots=True)
class WindowQuery(ReadQuery[tuple[Thing, ...]]):
    """The Things with these ICCIDs: the rows on the screen, which are to be newest.

    A window that only scrolls by is not asked for, and not remembered.
    """

    iccids: tuple[str, ...]
    max_age: float = 10.0
    settle = 0.4
    asked_for = False
    kept = "watched"

    @property
    def subjects(self) -> frozenset[str]:
        """Any Thing: which ones is not known by ``thing_id``."""
        return frozenset({subjects.FLEET, subjects.THINGS})

    async def fetch(self, source: Source, now: datetime) -> tuple[Thing, ...]:
        """Read the rows, some tens a request (contract §1.4)."""
        found: list[Thing] = []
        for start in range(0, len(self.iccids), ICCIDS_A_REQUEST):
            part = self.iccids[start : start + ICCIDS_A_REQUEST]
            page = await source.things(ThingsQuery(iccids=part, limit=len(part)))
            found.extend(page.items)
        return tuple(found)

    def things(self, value: tuple[Thing, ...]) -> Iterable[Thing]:
        """The rows."""
        return value
