"""Carrying out what a person confirmed: one request for one Thing, jobs for many."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass, replace
from uuid import uuid4

from simtui.errors import OutcomeUnknown, SimtuiError, Unreachable
from simtui.models import ItemOutcome, Job, JobItem, JobStatus, State, Thing
from simtui.models.action import (
    Action,
    AddTags,
    RemoveTags,
    RenameTag,
    ResetConnection,
    SetState,
)
from simtui.models.bulk import MOST_THING_IDS, REHEARSAL, BulkRequest, Target
from simtui.models.effect import before_of, has_session, tags_after
from simtui.models.journal import Before
from simtui.store.bulk_write import BulkWrite
from simtui.store.desk import Desk
from simtui.store.gc_pause import collector_held
from simtui.store.job_follow import JobFollower
from simtui.store.job_queries import JobItemsQuery, JobQuery
from simtui.store.operation import Assignment, Progress, Report
from simtui.store.outbox import Outbox, Part, new_id
from simtui.store.running import OnProgress, Running
from simtui.store.single_sends import (
    alike_for_all,
    differs_by_thing,
    message_reference,
    send_each,
    thing_write,
)
from simtui.store.verdict import job_or_raise


@dataclass(frozen=True, slots=True)
class Batch:
    """The Things of one bulk request, and how the API is told of them."""

    target: Target
    things: tuple[Thing, ...]
    expected: int


class Operations:
    """Starts operations, and has those that are under way."""

    def __init__(self, desk: Desk, outbox: Outbox, follower: JobFollower) -> None:
        self._desk = desk
        self._outbox = outbox
        self._follower = follower
        self._running: list[Running] = []

    @property
    def running(self) -> tuple[Running, ...]:
        """Those that are not done."""
        return tuple(one for one in self._running if not one.done)

    def start(self, assignment: Assignment, operation: str = "") -> Running:
        """Carry out what was confirmed; it goes on when nobody looks. ``operation`` is its id
        in the journal, for whoever has to know it before anything is sent."""
        operation = operation or new_id()

        async def work(on_progress: OnProgress) -> Report:
            if len(assignment.things) == 1:
                return await self._one(assignment, operation, on_progress)
            if differs_by_thing(assignment.action):
                return await send_each(self._outbox, assignment, operation, on_progress)
            return await self._many(assignment, operation, on_progress)

        running = Running(assignment, operation, work)
        self._running = [one for one in self._running if not one.done] + [running]
        return running

    async def rehearse(
        self, assignment: Assignment, on_progress: OnProgress = lambda progress: None
    ) -> Report:
        """What the API says would become of each Thing (``dryRun``); nothing is changed.

        One Thing alone is not rehearsed: its answer says it all, so the report is empty.

        Raises:
            SimtuiError: what the API has against it as a whole.
        """
        if len(assignment.things) <= 1:
            return Report(())
        batches = tuple(batches_of(assignment))
        action = steps_of(alike_for_all(assignment))[0]
        report = Report(())
        for number, batch in enumerate(batches, 1):
            write = _rehearsed(assignment, action, batch)
            job = await self._rehearsal(write)
            on_progress(Progress(number, len(batches), job))
            report = await self._followed(job.job_id, report, number, len(batches), on_progress)
        return report

    async def _rehearsal(self, write: BulkWrite) -> Job:
        """The job of a dry run, which is not journalled, because it changes nothing."""
        try:
            return await self._desk.send(write, str(uuid4()))
        except OutcomeUnknown as lost:
            raise Unreachable(
                "The rehearsal was not answered", lost.detail, "Nothing was changed; try again"
            ) from lost

    async def close(self) -> None:
        """Let them go; the journal knows how far they are."""
        for one in self._running:
            await one.close()

    # One Thing

    async def _one(self, assignment: Assignment, operation: str, on_progress: OnProgress) -> Report:
        (thing,) = assignment.things
        write = thing_write(assignment, thing, operation)
        part = Part(operation, undoes=assignment.undoes)
        job_id: str | None = None
        try:
            answer = await self._outbox.run(write, part)
            job_id = answer.job_id if isinstance(answer, Job) else None
        except OutcomeUnknown as lost:
            on_progress(Progress(unknown=True))
            job_id = job_or_raise(await self._outbox.verdict(part.entry_id), lost)
            on_progress(Progress())
        if job_id is not None:
            return await self._followed(job_id, Report(()), 1, 1, on_progress)
        return Report((JobItem(ItemOutcome.OK, thing.thing_id, thing.iccid),))

    # Many Things

    async def _many(
        self, assignment: Assignment, operation: str, on_progress: OnProgress
    ) -> Report:
        """Step after step, each for those that the step before it left as they should be."""
        steps = steps_of(assignment.action)
        batches = tuple(batches_of(assignment))
        number, report = 0, Report(())
        for at, action in enumerate(steps):
            step, count = Report(()), number + len(batches) * (len(steps) - at)
            for batch in batches:
                number += 1
                part = Part(operation, number, count, assignment.undoes)
                write = await _written(assignment, action, batch, part)
                try:
                    job_id = await self._started(write, part, on_progress)
                    step = await self._followed(job_id, step, number, count, on_progress)
                    _stop_when_cancelled(step.jobs[-1])
                except SimtuiError as error:
                    if number == 1 and not step.jobs:
                        raise
                    return _with_step(report, _broken_off(step, batches, error))
            report = _with_step(report, step)
            if at + 1 < len(steps):
                batches = tuple(_narrowed(batches, step, action, steps[at + 1]))
        return report

    async def _started(self, write: BulkWrite, part: Part, on_progress: OnProgress) -> str:
        """The job of a request, also when its answer was lost."""
        on_progress(Progress(part.batch, part.batches))
        try:
            return (await self._outbox.run(write, part)).job_id
        except OutcomeUnknown as lost:
            on_progress(Progress(part.batch, part.batches, unknown=True))
            job_id = job_or_raise(await self._outbox.verdict(part.entry_id), lost)
            if job_id is None:
                raise
            return job_id

    async def _followed(
        self, job_id: str, report: Report, batch: int, batches: int, on_progress: OnProgress
    ) -> Report:
        """The report with what became of the Things of a job added, when it has ended."""
        watch = self._desk.watch(
            JobQuery(job_id),
            lambda entry: on_progress(
                Progress(batch, batches, entry.value.job if entry.value else None)
            ),
        )
        try:
            job = await self._follower.follow(job_id)
        finally:
            watch.close()
        items = await self._desk.fetch(JobItemsQuery(job_id))
        return Report((*report.items, *items), (*report.jobs, job))


def steps_of(action: Action) -> tuple[Action, ...]:
    """The bulk actions that an action on many Things takes (contract §6), in order."""
    if isinstance(action, RenameTag):
        return (AddTags((action.new,)), RemoveTags((action.old,)))
    if isinstance(action, SetState) and action.end_session:
        return (replace(action, end_session=False), ResetConnection())
    return (action,)


def batches_of(assignment: Assignment) -> Iterator[Batch]:
    """Requests that together have all Things: one for a tag or group, else by ids."""
    target = assignment.target
    if target.tag is not None or target.things_group_id is not None:
        yield Batch(target, assignment.things, assignment.expected)
    else:
        yield from _by_ids(assignment.things)


def _by_ids(things: tuple[Thing, ...]) -> Iterator[Batch]:
    for at in range(0, len(things), MOST_THING_IDS):
        some = things[at : at + MOST_THING_IDS]
        yield Batch(Target(tuple(thing.thing_id for thing in some)), some, len(some))


def _narrowed(
    batches: tuple[Batch, ...], step: Report, action: Action, following: Action
) -> Iterator[Batch]:
    """The next step's: the Things that are now as ``action`` wanted them, and need it."""
    done = {item.thing_id for item in (*step.succeeded, *step.skipped)}
    resets = isinstance(following, ResetConnection)
    things = (thing for batch in batches for thing in batch.things if thing.thing_id in done)
    return _by_ids(
        tuple(
            replace(thing, tags=tags_after(action, thing.tags))
            for thing in things
            if not resets or has_session(thing)
        )
    )


def _stop_when_cancelled(job: Job) -> None:
    """Whoever stops one request of an operation does not want the ones behind it.

    Raises:
        SimtuiError: as the reason of the Things that were not come to.
    """
    if job.status == JobStatus.CANCELLED:
        raise SimtuiError("It was cancelled before it came to this Thing")


def _with_step(report: Report, step: Report) -> Report:
    """Both steps as one: of each Thing, what became of it last."""
    last = {item.thing_id: item for item in (*report.items, *step.items)}
    return Report(tuple(last.values()), (*report.jobs, *step.jobs))


def _broken_off(step: Report, batches: tuple[Batch, ...], error: SimtuiError) -> Report:
    """A step of which a request went wrong: what was done stays done, and the Things that
    were not reached have failed for this reason."""
    reached = {item.thing_id for item in step.items}
    failed = (
        JobItem(ItemOutcome.FAILED, thing.thing_id, thing.iccid, error.name, str(error))
        for batch in batches
        for thing in batch.things
        if thing.thing_id not in reached
    )
    return Report((*step.items, *failed), step.jobs)


def _rehearsed(assignment: Assignment, action: Action, batch: Batch) -> BulkWrite:
    """The dry run; it is not journalled, so nobody asks how the Things were before."""
    bulk = BulkRequest(
        action, batch.target, batch.expected, dry_run=True, client_reference=REHEARSAL
    )
    return BulkWrite(bulk, assignment.summary, assignment.subject, ())


async def _written(assignment: Assignment, action: Action, batch: Batch, part: Part) -> BulkWrite:
    """The write with the Things as they are before it. A tag may have a hundred thousand, so
    they are gone through in another thread."""
    retires = isinstance(action, SetState) and action.state == State.RETIRED
    bulk = BulkRequest(
        action,
        batch.target,
        batch.expected,
        confirm_count=batch.expected if retires else None,
        client_reference=part.entry_id,
        message_reference=message_reference(action, part.operation),
    )
    with collector_held():
        things = await asyncio.to_thread(_befores, action, batch.things)
    return BulkWrite(bulk, assignment.summary, assignment.subject, things)


def _befores(action: Action, things: tuple[Thing, ...]) -> tuple[Before, ...]:
    return tuple(before_of(action, thing) for thing in things)
