"""What a person confirmed, and what has become of it so far."""

from __future__ import annotations

from dataclasses import dataclass

from simtui.models import ItemOutcome, Job, JobItem, Thing
from simtui.models.action import Action
from simtui.models.bulk import Target


@dataclass(frozen=True, slots=True)
class Assignment:
    """An action on Things, as it was confirmed.

    ``things`` are those that will change. ``target`` is how the API is told of them when
    they are many, and ``expected`` how many Things that target has, those included that are
    so already. ``summary`` and ``subject`` are the words that the person read; ``undoes``
    is the journal's entry that this takes back.
    """

    action: Action
    things: tuple[Thing, ...]
    target: Target
    expected: int
    summary: str
    subject: str
    undoes: str | None = None


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an operation is: request ``batch`` of ``batches`` and its job, if it has one.

    ``unknown``: an answer was lost, and what became of the request is being looked up.
    """

    batch: int = 1
    batches: int = 1
    job: Job | None = None
    unknown: bool = False


@dataclass(frozen=True, slots=True)
class Report:
    """What became of every Thing; ``jobs`` are the jobs that did it."""

    items: tuple[JobItem, ...]
    jobs: tuple[Job, ...] = ()

    @property
    def succeeded(self) -> tuple[JobItem, ...]:
        """The Things that are as they were to be."""
        return self._with(ItemOutcome.OK)

    @property
    def failed(self) -> tuple[JobItem, ...]:
        """The Things that are not, with the reasons in the server's words."""
        return self._with(ItemOutcome.FAILED)

    @property
    def skipped(self) -> tuple[JobItem, ...]:
        """The Things that were so already."""
        return self._with(ItemOutcome.SKIPPED)

    def _with(self, outcome: str) -> tuple[JobItem, ...]:
        return tuple(item for item in self.items if item.outcome == outcome)
