"""What was done from here: every write as it was decided, and what became of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final


class Outcome:
    """What is known of a write that went out.

    ``ACCEPTED``: the server does it as a job, which runs. ``PARTLY``: the job ended with
    errors for some Things. ``UNKNOWN``: the answer was lost, or the program ended before it
    came; only reading the object tells.
    """

    ACCEPTED: Final = "accepted"
    CONFIRMED: Final = "confirmed"
    PARTLY: Final = "partly"
    REFUSED: Final = "refused"
    FAILED: Final = "failed"
    UNKNOWN: Final = "unknown"
    SETTLED: Final = frozenset({CONFIRMED, PARTLY, REFUSED, FAILED})


@dataclass(frozen=True, slots=True)
class Before:
    """A Thing as it was when the write was decided: the fields that the write is about,
    named as in `simtui.models.Thing` (``state``, ``tags``, ``things_group_id``,
    ``allowed_services``, ``ip``, ``imei_lock``, ``name``, ``description``)."""

    thing_id: str
    iccid: str
    name: str = ""
    version: int = 0
    fields: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Intent:
    """A write before it leaves.

    ``who`` is ``user@host`` and ``process`` its process id; ``endpoint`` is the account it
    goes to, without secrets. ``kind`` and ``parameters`` are the action, the change of the
    configuration (``create-nat-rule``), or ``cancel-job`` with a ``job_id``. ``request_id`` is
    the ``x-request-id`` and ``reference`` the ``clientReference`` of a bulk action. An
    ``operation`` is what a person confirmed once; it may take several requests, of which this
    is number ``batch`` of ``batches``. ``undoes`` is the entry that this one takes back.
    """

    entry_id: str
    at: datetime
    who: str
    process: int
    profile: str
    endpoint: str
    kind: str
    parameters: Mapping[str, Any]
    summary: str
    target: str
    things: tuple[Before, ...]
    request_id: str
    operation: str
    reference: str | None = None
    batch: int = 1
    batches: int = 1
    undoes: str | None = None


@dataclass(frozen=True, slots=True)
class Result:
    """What was learnt of the write ``entry_id``, and when; ``detail`` is a sentence.

    The counts are Things, of a job that has ended. ``looked_up``: not from the answer, but
    from reading the object afterwards. ``object_id`` is what a change of the configuration
    has made.
    """

    entry_id: str
    at: datetime
    outcome: str
    detail: str = ""
    job_id: str | None = None
    succeeded: int | None = None
    failed: int | None = None
    skipped: int | None = None
    looked_up: bool = False
    object_id: str | None = None


@dataclass(frozen=True, slots=True)
class JournalEntry:
    """A write with all that was learnt of it, oldest first."""

    intent: Intent
    results: tuple[Result, ...] = ()

    @property
    def entry_id(self) -> str:
        """What names it."""
        return self.intent.entry_id

    @property
    def outcome(self) -> str:
        """What is known last; ``UNKNOWN`` when nothing was heard of it."""
        return self.results[-1].outcome if self.results else Outcome.UNKNOWN

    @property
    def settled(self) -> bool:
        """Whether nothing more is to be learnt."""
        return self.outcome in Outcome.SETTLED

    @property
    def job_id(self) -> str | None:
        """The job that the server made of it."""
        return next((r.job_id for r in reversed(self.results) if r.job_id), None)

    @property
    def object_id(self) -> str | None:
        """What a change of the configuration has made, as far as it is known."""
        return next((r.object_id for r in reversed(self.results) if r.object_id), None)

    @property
    def detail(self) -> str:
        """What is said of what is known last."""
        return self.results[-1].detail if self.results else ""
