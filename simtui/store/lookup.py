"""What became of a write whose answer was lost, as the server's objects show it.

Nothing is sent here: only reading tells (contract §1, Idempotency).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any, Final

from simtui.clock import Clock
from simtui.errors import NotFound
from simtui.models import Job, JobStatus, Thing
from simtui.models.action import SendSms
from simtui.models.effect import holds, wanted_of
from simtui.models.journal import Intent, JournalEntry, Outcome, Result
from simtui.models.recorded import RecordedChange, recorded_action, recorded_change
from simtui.store.config_lookup import look_at_change
from simtui.store.desk import Desk
from simtui.store.job_queries import JobItemsQuery, JobQuery, JobsQuery
from simtui.store.job_writes import CANCEL_JOB
from simtui.store.journal.journal import Journal
from simtui.store.queries import FleetQuery, ThingQuery
from simtui.store.sms_lookup import SmsSeen, is_single, look_at_cancelled, look_for_messages
from simtui.store.sms_writes import CANCEL_SMS

CLOCKS_DIFFER: Final = timedelta(minutes=2)
"""How far the server's clock may be from ours when a job is looked for by its time."""
JOBS_KEPT: Final = timedelta(days=7)
"""How long the server surely has a job that has ended (contract §1.6)."""
_JOB_TYPES: Final[Mapping[str, str]] = {"reset": "CONNECTION_RESET", "ping": "PING"}
"""The jobs that actions without a trace on the Thing become (contract §3.11)."""


class Lookup:
    """Looks how it is now, and says what that means for an entry of the journal."""

    def __init__(self, desk: Desk, journal: Journal, clock: Clock) -> None:
        self._desk = desk
        self._journal = journal
        self._clock = clock

    async def look(self, entry: JournalEntry) -> Result:
        """What is to be seen of it: ``FAILED`` when there is no sign that it was done.

        Raises:
            SimtuiError: when it cannot be looked up now.
        """
        intent = entry.intent
        if intent.kind == CANCEL_JOB:
            return await self._look_at_cancelled(intent)
        if intent.kind == CANCEL_SMS:
            return self._seen(intent, await look_at_cancelled(self._desk, _sms_of(intent)))
        if is_single(intent):
            return await self._look_for_message(intent)
        if (recorded := recorded_change(intent)) is not None and entry.job_id is None:
            return await self._look_at_configuration(intent, recorded)
        if entry.job_id is not None:
            return await self._look_at_job(intent, entry.job_id)
        if intent.reference is not None:
            return await self._look_for_reference(intent)
        if intent.kind in _JOB_TYPES:
            return await self._look_for_job(intent)
        return await self._look_at_thing(intent)

    async def _look_at_thing(self, intent: Intent) -> Result:
        (before,) = intent.things
        action = recorded_action(intent)
        if action is None:
            return self._unreadable(intent)
        try:
            thing = await self._desk.fetch(ThingQuery(before.thing_id))
        except NotFound:
            return self._result(intent, Outcome.FAILED, "The Thing is not there any more")
        wanted = wanted_of(action, before)
        if holds(wanted, thing):
            return self._result(intent, Outcome.CONFIRMED, f"It is so: {_words(wanted, thing)}")
        if thing.version == before.version:
            detail = "It did not arrive: the Thing is as it was"
        else:
            detail = f"It is not so (version {thing.version}): decide anew from how it is now"
        return self._result(intent, Outcome.FAILED, detail)

    async def _look_for_message(self, intent: Intent) -> Result:
        action = recorded_action(intent)
        if not isinstance(action, SendSms):
            return self._unreadable(intent)
        return self._seen(intent, await look_for_messages(self._desk, intent, action))

    async def _look_at_configuration(self, intent: Intent, recorded: RecordedChange) -> Result:
        seen = await look_at_change(self._desk, recorded, intent.at - CLOCKS_DIFFER)
        outcome = Outcome.CONFIRMED if seen.done else Outcome.FAILED
        result = self._result(intent, outcome, seen.detail)
        return replace(result, object_id=seen.object_id or None)

    async def _look_at_job(self, intent: Intent, job_id: str) -> Result:
        try:
            return self._accepted(intent, (await self._desk.fetch(JobQuery(job_id))).job)
        except NotFound:
            recorded = recorded_change(intent)
            if recorded is not None:
                return await self._look_at_configuration(intent, recorded)
            return await self._look_at_things(intent)

    async def _look_for_reference(self, intent: Intent) -> Result:
        jobs = await self._desk.fetch(JobsQuery())
        found = next((job for job in jobs if job.client_reference == intent.reference), None)
        if found is not None:
            return self._accepted(intent, found)
        if self._clock.now() - intent.at >= JOBS_KEPT:
            return await self._look_at_things(intent)
        return self._no_job(intent)

    async def _look_at_things(self, intent: Intent) -> Result:
        """How many Things are as asked, where no job is left to tell what became of each."""
        action = recorded_action(intent)
        if action is None:
            return self._unreadable(intent)
        if isinstance(action, SendSms):
            return self._seen(intent, await look_for_messages(self._desk, intent, action))
        things = (await self._desk.fetch(FleetQuery())).things
        so = sum(
            before.thing_id in things and holds(wanted_of(action, before), things[before.thing_id])
            for before in intent.things
        )
        asked = len(intent.things)
        outcome = Outcome.PARTLY if so else Outcome.FAILED
        detail = f"The server has no job of it any more; {so:,} of {asked:,} Things are as asked"
        return self._result(intent, Outcome.CONFIRMED if so == asked else outcome, detail)

    async def _look_for_job(self, intent: Intent) -> Result:
        """A job names no Thing; its items do, and its time narrows it down."""
        jobs = await self._desk.fetch(JobsQuery())
        for job in self._candidates(jobs, intent):
            items = await self._desk.fetch(JobItemsQuery(job.job_id))
            if any(item.thing_id == intent.things[0].thing_id for item in items):
                return self._accepted(intent, job)
        return self._no_job(intent)

    def _candidates(self, jobs: Iterable[Job], intent: Intent) -> list[Job]:
        since = intent.at - CLOCKS_DIFFER
        return [
            job
            for job in jobs
            if job.type == _JOB_TYPES[intent.kind]
            and job.created_at is not None
            and job.created_at >= since
            and self._journal.of_job(job.job_id) is None
        ]

    async def _look_at_cancelled(self, intent: Intent) -> Result:
        job = (await self._desk.fetch(JobQuery(intent.parameters["job_id"]))).job
        if job.status == JobStatus.CANCELLED:
            return self._result(intent, Outcome.CONFIRMED, "The job is cancelled")
        return self._result(intent, Outcome.FAILED, f"The job is {job.status}")

    def _seen(self, intent: Intent, seen: SmsSeen) -> Result:
        return replace(self._result(intent, seen.outcome, seen.detail), object_id=seen.sms_id)

    def _accepted(self, intent: Intent, job: Job) -> Result:
        return self._result(intent, Outcome.ACCEPTED, f"It is job {job.job_id}", job.job_id)

    def _no_job(self, intent: Intent) -> Result:
        return self._result(intent, Outcome.FAILED, "It did not arrive: the server has no such job")

    def _unreadable(self, intent: Intent) -> Result:
        detail = f"What it was cannot be read by this version of simtui ({intent.kind})"
        return self._result(intent, Outcome.FAILED, detail)

    def _result(
        self, intent: Intent, outcome: str, detail: str, job_id: str | None = None
    ) -> Result:
        return Result(intent.entry_id, self._clock.now(), outcome, detail, job_id, looked_up=True)


def _sms_of(intent: Intent) -> str:
    return str(intent.parameters.get("sms_id", ""))


def _words(wanted: Mapping[str, Any], thing: Thing) -> str:
    fields = ", ".join(name.replace("_", " ") for name in wanted)
    return f"{fields} as asked (version {thing.version})"
