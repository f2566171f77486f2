"""What can be done: every write is a command, decided and complete."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from simtui.models.journal import Before
from simtui.store.query import Query

if TYPE_CHECKING:
    from simtui.store.source import Writing

R = TypeVar("R")


class Command(ABC, Generic[R]):
    """One write; `simtui.store.outbox.Outbox.run` journals it and sends it once.

    ``summary`` says what it does, as a sentence without a full stop; ``subject`` says of
    what, in the person's words.
    """

    summary: str
    subject: str

    @property
    @abstractmethod
    def kind(self) -> str:
        """What it is called in the journal."""

    @property
    @abstractmethod
    def parameters(self) -> Mapping[str, Any]:
        """What goes with the kind, as plain values."""

    @property
    @abstractmethod
    def touches(self) -> frozenset[str]:
        """What it may change, in the words of `simtui.store.subjects`."""

    @property
    def before(self) -> tuple[Before, ...]:
        """The Things it changes, as they were when it was decided."""
        return ()

    @property
    def reference(self) -> str | None:
        """The ``clientReference`` by which the job of a lost answer is found again."""
        return None

    def rereads(self) -> tuple[Query[Any], ...]:
        """What shows on the screen whether it happened, when its answer was lost."""
        return ()

    @abstractmethod
    async def send(self, source: Writing, request_id: str) -> R:
        """Send it once. Raises `simtui.errors.SimtuiError`."""
