"""What a person confirmed, and what has become of it so far."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

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


class Confirmed(Protocol):
    """A plan that a person has confirmed, as far as it is carried out."""

    @property
    def action(self) -> Action:
        """What to do."""

    @property
    def things(self) -> Sequence[Thing]:
        """The Things that will change."""

    @property
    def target(self) -> Target:
        """How the API is told of them."""

    @property
    def expected(self) -> int:
        """How many Things the target has."""

    @property
    def summary(self) -> str:
        """What it does, in words."""


def assignment_of(plan: Confirmed, subject: str, undoes: str | None = None) -> Assignment:
    """The plan, as it was confirmed, on ``subject`` in words."""
    things = tuple(plan.things)
    return Assignment(
        plan.action, things, plan.target, plan.expected, plan.summary, subject, undoes
    )


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
