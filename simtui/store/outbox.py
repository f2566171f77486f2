"""The one way out for writes: written down, sent once, and its outcome written down too."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final, TypeVar
from uuid import uuid4

from simtui.clock import Clock
from simtui.errors import OutcomeUnknown, SimtuiError, UnexpectedAnswer, Unreachable
from simtui.models import Job, Sms
from simtui.models.action import SendSms
from simtui.models.journal import Intent, JournalEntry, Outcome, Result
from simtui.models.saved import Saved
from simtui.store.command import Command
from simtui.store.desk import Desk
from simtui.store.job_follow import JobFollower
from simtui.store.job_writes import CANCEL_JOB
from simtui.store.journal.journal import Journal
from simtui.store.settle import Settler

R = TypeVar("R")

_NOT_ANSWERED: Final = (Unreachable, UnexpectedAnswer)
"""Errors by which the API itself has not judged the write."""


def new_id() -> str:
    """An id that nothing else has."""
    return uuid4().hex


@dataclass(frozen=True, slots=True)
class Part:
    """Which request of which operation a write is; by itself it is all of its own."""

    operation: str = field(default_factory=new_id)
    batch: int = 1
    batches: int = 1
    undoes: str | None = None
    entry_id: str = field(default_factory=new_id)


class Outbox:
    """Sends writes and knows what became of them."""

    def __init__(
        self, desk: Desk, journal: Journal, follower: JobFollower, settler: Settler, clock: Clock
    ) -> None:
        self._desk = desk
        self._journal = journal
        self._follower = follower
        self._settler = settler
        self._clock = clock

    async def run(self, command: Command[R], part: Part | None = None) -> R:
        """Send a write, once, after it is safely in the journal.

        Raises:
            ReadOnly: before anything is written or sent.
            OutcomeUnknown: when the answer was lost; it is being looked up, see `verdict`.
            SimtuiError: whatever the API answered, or why it was not sent.
        """
        part = part or Part()
        self._desk.check_writable(command)
        intent = self._intent(command, part)
        await self._journal.begin(intent)
        try:
            answer = await self._desk.send(command, intent.request_id)
        except OutcomeUnknown as error:
            await self._note(intent, Outcome.UNKNOWN, str(error))
            self._settler.settle(self._entry(intent))
            raise
        except SimtuiError as error:
            failed = isinstance(error, _NOT_ANSWERED)
            await self._note(intent, Outcome.FAILED if failed else Outcome.REFUSED, str(error))
            raise
        await self._answered(intent, answer)
        return answer

    async def verdict(self, entry_id: str) -> JournalEntry:
        """What was found out about a write whose answer was lost.

        It is still ``UNKNOWN`` when the API did not answer for minutes; the looking goes on.
        """
        entry = self._journal.entry(entry_id)
        if entry is None:
            raise ValueError(f"the journal has no entry {entry_id}")
        return entry if entry.outcome != Outcome.UNKNOWN else await self._settler.verdict(entry)

    def take_up(self) -> tuple[JournalEntry, ...]:
        """Go on with what earlier runs left open: follow their jobs, look up the rest."""
        entries = self._journal.abandoned()
        for entry in entries:
            if entry.outcome == Outcome.ACCEPTED and entry.job_id is not None:
                self._follower.follow(entry.job_id)
            else:
                self._settler.settle(entry)
        return entries

    async def _answered(self, intent: Intent, answer: Any) -> None:
        if not isinstance(answer, Job) or intent.kind == CANCEL_JOB:
            await self._note(
                intent, Outcome.CONFIRMED, _told(intent, answer), object_id=_made(answer)
            )
            return
        await self._note(intent, Outcome.ACCEPTED, f"It is job {answer.job_id}", answer.job_id)
        self._follower.follow(answer.job_id)

    async def _note(
        self,
        intent: Intent,
        outcome: str,
        detail: str,
        job_id: str | None = None,
        object_id: str | None = None,
    ) -> None:
        now = self._clock.now()
        result = Result(intent.entry_id, now, outcome, detail, job_id, object_id=object_id or None)
        await self._desk.note(result)

    def _entry(self, intent: Intent) -> JournalEntry:
        return self._journal.entry(intent.entry_id) or JournalEntry(intent)

    def _intent(self, command: Command[Any], part: Part) -> Intent:
        author = self._journal.author
        return Intent(
            entry_id=part.entry_id,
            at=self._clock.now(),
            who=author.who,
            process=author.process,
            profile=author.profile,
            endpoint=author.endpoint,
            kind=command.kind,
            parameters=command.parameters,
            summary=command.summary,
            target=command.subject,
            things=command.before,
            request_id=str(uuid4()),
            operation=part.operation,
            reference=command.reference,
            batch=part.batch,
            batches=part.batches,
            undoes=part.undoes,
        )


def _made(answer: Any) -> str | None:
    """The id of what it has made, if it has made anything."""
    if isinstance(answer, Sms):
        return answer.sms_id
    return answer.object_id if isinstance(answer, Saved) else None


def _told(intent: Intent, answer: Any) -> str:
    sent = isinstance(answer, Sms) and intent.kind == SendSms.kind
    return f"The platform has it as message {answer.sms_id}" if sent else ""
