"""Messages whose text differs from Thing to Thing: one request each (contract §3.8, §6).

A bulk action has one text for all of its Things, so that such messages cannot be one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from simtui.errors import Conflict, Invalid, NotFound, OutcomeUnknown, SimtuiError
from simtui.models import ItemOutcome, JobItem, Thing
from simtui.models.action import Action, SendSms
from simtui.models.sms import reference_for
from simtui.models.sms_template import fields_in, filled, literal
from simtui.store.operation import Assignment, Progress, Report
from simtui.store.outbox import Outbox, Part
from simtui.store.running import OnProgress
from simtui.store.thing_write import ThingWrite
from simtui.store.verdict import job_or_raise

_OF_ONE_THING: Final = (Conflict, Invalid, NotFound)
"""Errors that say nothing about the next Thing."""


def differs_by_thing(action: Action) -> bool:
    """Whether each Thing gets a text of its own."""
    return isinstance(action, SendSms) and bool(fields_in(action.text))


def alike_for_all(assignment: Assignment) -> Action:
    """The action as one that is the same for all Things, for a rehearsal: whether a Thing may
    have a message does not depend on its text."""
    action = assignment.action
    if isinstance(action, SendSms) and differs_by_thing(action):
        return replace(action, text=literal(filled(action.text, assignment.things[0])))
    return action


def message_reference(action: Action, operation: str) -> str | None:
    """By what the messages of an operation are found again, if it sends any."""
    return reference_for(operation, action.again_of) if isinstance(action, SendSms) else None


def thing_write(assignment: Assignment, thing: Thing, operation: str) -> ThingWrite:
    """The request for one of the Things."""
    action = assignment.action
    reference = message_reference(action, operation)
    return ThingWrite(action, thing, assignment.summary, assignment.subject, reference)


async def send_each(
    outbox: Outbox, assignment: Assignment, operation: str, on_progress: OnProgress
) -> Report:
    """Send to one Thing after the other; what is wrong with all of them ends it.

    Raises:
        SimtuiError: when that was so with the first one.
    """
    things, items = assignment.things, list[JobItem]()
    for number, thing in enumerate(things, 1):
        on_progress(Progress(number, len(things)))
        part = Part(operation, number, len(things), assignment.undoes)
        try:
            await _send(outbox, thing_write(assignment, thing, operation), part, on_progress)
        except _OF_ONE_THING as error:
            items.append(_failed(thing, error))
        except SimtuiError as error:
            if not items:
                raise
            return Report((*items, *_left_out(things[number - 1 :], error)))
        else:
            items.append(JobItem(ItemOutcome.OK, thing.thing_id, thing.iccid))
    return Report(tuple(items))


async def _send(outbox: Outbox, write: ThingWrite, part: Part, on_progress: OnProgress) -> None:
    try:
        await outbox.run(write, part)
    except OutcomeUnknown as lost:
        on_progress(Progress(part.batch, part.batches, unknown=True))
        job_or_raise(await outbox.verdict(part.entry_id), lost)


def _left_out(things: Sequence[Thing], error: SimtuiError) -> Iterator[JobItem]:
    """The one that it went wrong with, and those behind it, for the same reason."""
    return (_failed(thing, error) for thing in things)


def _failed(thing: Thing, error: SimtuiError) -> JobItem:
    return JobItem(ItemOutcome.FAILED, thing.thing_id, thing.iccid, error.name, str(error))
