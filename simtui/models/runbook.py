"""A run of a runbook: its steps, its Things, and how far it is; plain, so that it can be kept."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final


class RunKind:
    """The runbooks there are."""

    STOLEN_SIM: Final = "stolen-sim"
    REVIVE: Final = "revive"


class StepState:
    """How far a step is. ``OFFERED``: begun, so that its plan is shown or it is under way.
    ``FAILED``: it was not done, and can be tried again. ``STOPPED``: a person gave it up."""

    WAITING: Final = "waiting"
    OFFERED: Final = "offered"
    DONE: Final = "done"
    SKIPPED: Final = "skipped"
    FAILED: Final = "failed"
    STOPPED: Final = "stopped"
    OPEN: Final = frozenset({WAITING, OFFERED, FAILED})


class StolenStep:
    """The steps after a change of IMEI."""

    EVIDENCE: Final = "evidence"
    SUSPEND: Final = "suspend"
    TAG: Final = "tag"
    TICKET: Final = "ticket"
    ALL: Final = (EVIDENCE, SUSPEND, TAG, TICKET)


class ReviveStep:
    """The steps of bringing silent Things back."""

    RESET: Final = "reset"
    LOOK: Final = "look"
    SMS: Final = "sms"
    VERIFY: Final = "verify"
    ALL: Final = (RESET, LOOK, SMS, VERIFY)


class Revival:
    """What is known of one Thing that is to come back."""

    WAITING: Final = "waiting"
    RESET: Final = "reset"
    MESSAGED: Final = "messaged"
    BACK_AFTER_RESET: Final = "back-after-reset"
    BACK_AFTER_SMS: Final = "back-after-sms"
    NOT_BACK: Final = "not-back"
    NOT_KNOWN: Final = "not-known"
    BACK: Final = frozenset({BACK_AFTER_RESET, BACK_AFTER_SMS})
    UNDER_WAY: Final = frozenset({WAITING, RESET, MESSAGED})


@dataclass(frozen=True, slots=True)
class Step:
    """One step. ``operations`` are the ids that its writes have in the journal, the last of
    them the one that counts; each is here before anything is sent. ``until`` is when waiting
    ends, and ``said`` what there is to know, in a sentence that is safe to print."""

    name: str
    state: str = StepState.WAITING
    begun: datetime | None = None
    ended: datetime | None = None
    until: datetime | None = None
    operations: tuple[str, ...] = ()
    said: str = ""

    @property
    def is_open(self) -> bool:
        """Whether something is still to be done for it."""
        return self.state in StepState.OPEN


@dataclass(frozen=True, slots=True)
class Fact:
    """One line of evidence, safe to print: what was known when it was looked up."""

    section: str
    label: str
    text: str


@dataclass(frozen=True, slots=True)
class RunThing:
    """A Thing of a run as it was at the beginning, and what became of it.

    ``session`` is the state it was told to be in, empty when none was told. ``said`` is what
    is known now, and ``note`` what went wrong with something that was sent to it.
    """

    thing_id: str
    iccid: str
    name: str = ""
    session: str = ""
    revival: str = Revival.WAITING
    said: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class ReviveSettings:
    """How to revive: minutes to wait after the reset and after the SMS, and its text; without
    a text none is sent."""

    reset_minutes: int = 2
    text: str = "RESET"
    sms_minutes: int = 5


@dataclass(frozen=True, slots=True)
class Run:
    """One run. ``who`` is ``user@host`` and ``process`` the program that is, or was, at it;
    ``changed`` is when something was last learnt. ``evidence`` was looked up at
    ``looked_at``."""

    run_id: str
    kind: str
    begun: datetime
    changed: datetime
    who: str
    process: int
    things: tuple[RunThing, ...]
    steps: tuple[Step, ...]
    tag: str = "stolen"
    evidence: tuple[Fact, ...] = ()
    looked_at: datetime | None = None
    settings: ReviveSettings = ReviveSettings()

    def step(self, name: str) -> Step:
        """One of its steps. Raises ``KeyError`` when it has none of that name."""
        for step in self.steps:
            if step.name == name:
                return step
        raise KeyError(name)

    @property
    def next_step(self) -> Step | None:
        """What is to be done next; None when it has ended."""
        return next((step for step in self.steps if step.is_open), None)

    @property
    def ended(self) -> bool:
        """Whether nothing is left to do."""
        return self.next_step is None

    def with_step(self, name: str, **changes: object) -> Run:
        """The run with one step changed."""
        steps = tuple(
            replace(step, **changes) if step.name == name else step  # type: ignore[arg-type]
            for step in self.steps
        )
        return replace(self, steps=steps)


_MARK: Final = "runbook"


def operation_of(run_id: str, step: str, attempt: int = 1) -> str:
    """The id in the journal of what a step of a run sends; at most 64 characters, because
    messages carry it as their reference (contract §1)."""
    return f"{_MARK}-{run_id}-{step}-{attempt}"


def run_of_operation(operation: str) -> str:
    """The run that an operation of the journal belongs to; empty when to none."""
    mark, _, rest = operation.partition("-")
    return rest.partition("-")[0] if mark == _MARK else ""
