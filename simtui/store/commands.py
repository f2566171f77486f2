"""What can be done: every write is a command that the store sends once."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from simtui.models import Job, Thing
from simtui.store import subjects
from simtui.store.query import Query
from simtui.store.thing_queries import ThingQuery

if TYPE_CHECKING:
    from simtui.store.source import Writing

R = TypeVar("R")


class Command(ABC, Generic[R]):
    """One write, decided and complete; `Store.run` carries it out."""

    @property
    @abstractmethod
    def summary(self) -> str:
        """What it does, as a sentence without a full stop."""

    @property
    @abstractmethod
    def touches(self) -> frozenset[str]:
        """What it may change, in the words of `simtui.store.subjects`."""

    def rereads(self) -> tuple[Query[Any], ...]:
        """What to read to learn whether it happened, when its answer was lost."""
        return ()

    @abstractmethod
    async def send(self, source: Writing) -> R:
        """Send it once. Raises `simtui.errors.SimtuiError`."""


@dataclass(frozen=True, slots=True)
class OnThing(Command[R]):
    """A write to one Thing, refused when it is no longer as it was seen (contract §1.5)."""

    thing: Thing

    @property
    def touches(self) -> frozenset[str]:
        """The Thing, the list it is in and the counts of its group."""
        return frozenset(
            {subjects.FLEET, subjects.GROUPS, subjects.thing_subject(self.thing.thing_id)}
        )

    def rereads(self) -> tuple[Query[Any], ...]:
        """The Thing."""
        return (ThingQuery(self.thing.thing_id),)

    @property
    def _called(self) -> str:
        return self.thing.name or self.thing.iccid

    @property
    def _version(self) -> int | None:
        """For ``If-Match``; a list that told no version gives none."""
        return self.thing.version or None


@dataclass(frozen=True, slots=True)
class SetState(OnThing[Thing | Job]):
    """Ask for another lifecycle state (contract §4).

    ``end_session`` also cuts the running data session, which a change of state alone does
    not. ``confirm_iccid`` is what a person typed to confirm RETIRED, which is for good.
    """

    state: str
    reason: str = ""
    end_session: bool = False
    confirm_iccid: str | None = None

    @property
    def summary(self) -> str:
        """The change and its reason."""
        because = f" ({self.reason})" if self.reason else ""
        return f"Set {self._called} from {self.thing.state} to {self.state}{because}"

    async def send(self, source: Writing) -> Thing | Job:
        """Send it: the changed Thing, or the job that changes it."""
        return await source.set_state(
            self.thing.thing_id,
            self.state,
            self.reason,
            version=self._version,
            end_session=self.end_session,
            confirm_iccid=self.confirm_iccid,
        )


@dataclass(frozen=True, slots=True)
class EditThing(OnThing[Thing]):
    """Change fields of a Thing; ``changes`` names them as `simtui.models.Thing` does."""

    changes: Mapping[str, Any]

    @property
    def summary(self) -> str:
        """Which fields of which Thing."""
        return f"Change {', '.join(self.changes)} of {self._called}"

    async def send(self, source: Writing) -> Thing:
        """Send it: the changed Thing."""
        return await source.edit_thing(self.thing.thing_id, self.changes, self._version)
