"""What can be watched: a question to the API that has one current answer."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Generic, Literal, TypeAlias, TypeVar

if TYPE_CHECKING:
    from simtui.models import Job, JobProgress, Thing
    from simtui.store.source import Source

T = TypeVar("T")
Kept: TypeAlias = Literal["watched", "lately", "always"]


class Query(ABC, Generic[T]):
    """A question, as a frozen hashable dataclass: equal questions share one answer.

    ``max_age`` and ``settle`` are seconds. A watched answer older than ``max_age`` is
    fetched again when ``polled``, otherwise only when somebody starts to watch it.
    ``settle`` is how long the first fetch waits for the watcher to stay. One that is not
    ``asked_for`` by a person counts as polling from its first fetch. ``kept`` says how
    long an answer outlives its last watcher: not at all (its request is cancelled too),
    until many others came after it, or to the end.
    """

    max_age: float = 30.0
    polled: bool = True
    settle: float = 0.0
    asked_for: bool = True
    kept: Kept = "lately"

    @property
    @abstractmethod
    def subjects(self) -> frozenset[str]:
        """What the answer depends on, in the words of `simtui.store.subjects`."""

    def things(self, value: T) -> Iterable[Thing]:
        """The whole Things within an answer; they bring the fleet up to date too."""
        return ()

    def weight(self, value: T) -> int:
        """How many small objects an answer consists of, when there may be very many."""
        return 0

    def revision(self, value: T) -> int:
        """For a value that changes in place: how often it has changed."""
        return 0

    def gone_thing(self) -> str | None:
        """The Thing that exists no more when the API answers 404 (contract §1.3)."""
        return None


class ReadQuery(Query[T]):
    """A question that reading from the API answers."""

    @abstractmethod
    async def fetch(self, source: Source, now: datetime) -> T:
        """The answer as of ``now``. Raises `simtui.errors.SimtuiError`."""


class MadeByJob(Query[T]):
    """A question that the server may answer with a job, which makes the answer (202)."""

    @abstractmethod
    async def fetch(self, source: Source, now: datetime) -> T | Job:
        """The answer as of ``now``, or the job. Raises `simtui.errors.SimtuiError`."""

    @abstractmethod
    def result(self, progress: JobProgress) -> T | None:
        """What the job made, as it is told at its end; None when it made nothing."""
