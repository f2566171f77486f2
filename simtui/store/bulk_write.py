"""An action on many Things, as one request that the server makes a job of (contract §6)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from simtui.models import Job
from simtui.models.bulk import BulkRequest
from simtui.models.journal import Before
from simtui.store import subjects
from simtui.store.command import Command
from simtui.store.thing_write import parameters_of

if TYPE_CHECKING:
    from simtui.store.source import Writing


@dataclass(frozen=True, slots=True)
class BulkWrite(Command[Job]):
    """Starts the job; what becomes of each Thing is in its result."""

    bulk: BulkRequest
    summary: str
    subject: str
    things: tuple[Before, ...]

    @property
    def kind(self) -> str:
        """The action's."""
        return self.bulk.action.kind

    @property
    def parameters(self) -> Mapping[str, Any]:
        """The action's."""
        return parameters_of(self.bulk.action)

    @property
    def touches(self) -> frozenset[str]:
        """The jobs now; the Things when the job has ended."""
        return frozenset({subjects.JOBS})

    @property
    def before(self) -> tuple[Before, ...]:
        """The Things that will change."""
        return self.things

    @property
    def reference(self) -> str | None:
        """The request's."""
        return self.bulk.client_reference

    async def send(self, source: Writing, request_id: str) -> Job:
        """Send it once."""
        return await source.start_bulk(self.bulk, request_id=request_id)
