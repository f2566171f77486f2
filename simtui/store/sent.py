"""What became of an operation, learnt from the journal and from the jobs that it names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final

from simtui.errors import NotFound, OutcomeUnknown
from simtui.models import ItemOutcome, JobItem
from simtui.models.journal import JournalEntry, Outcome
from simtui.store.job_queries import JobItemsQuery

if TYPE_CHECKING:
    from simtui.store.store import Store

_NOT_DONE: Final = (Outcome.REFUSED, Outcome.FAILED)


@dataclass(frozen=True, slots=True)
class Sent:
    """What became of each Thing that a request of the operation named, by its id.

    ``at`` is when the first of it began, by the server's clock where that is told. ``refused``
    says why nothing of it was done at all, when that is so.
    """

    at: datetime
    items: Mapping[str, JobItem]
    refused: str = ""


async def what_was_sent(store: Store, operation: str) -> Sent | None:
    """What became of it, once that is known; None when nothing of it ever left.

    Jobs are followed to their end, and what was never answered is looked up. Nothing is
    sent.

    Raises:
        OutcomeUnknown: when it cannot be found out now.
        SimtuiError: when the API does not answer.
    """
    entries = store.journal.of_operation(operation)
    if not entries:
        return None
    items: dict[str, JobItem] = {}
    moments: list[datetime] = []
    for entry in entries:
        known = await _known(store, entry)
        items |= {item.thing_id: item for item in known.items if item.thing_id}
        moments.append(known.at)
    judged = [store.journal.entry(entry.entry_id) or entry for entry in entries]
    refused = all(one.job_id is None and one.outcome in _NOT_DONE for one in judged)
    return Sent(min(moments), items, judged[-1].detail or "It was refused" if refused else "")


@dataclass(frozen=True, slots=True)
class _Request:
    at: datetime
    items: tuple[JobItem, ...]


async def _known(store: Store, entry: JournalEntry) -> _Request:
    entry = await _judged(store, entry)
    if entry.job_id is None:
        return _Request(entry.intent.at, _of_answer(entry))
    try:
        job = await store.follow_job(entry.job_id)
        found = await store.fetch(JobItemsQuery(entry.job_id))
    except NotFound:
        return _Request(entry.intent.at, _of_answer(await _judged(store, entry)))
    return _Request(job.started_at or job.created_at or entry.intent.at, tuple(found))


async def _judged(store: Store, entry: JournalEntry) -> JournalEntry:
    """The entry as the journal has it by now, looked up if its answer was lost."""
    known = store.journal.entry(entry.entry_id) or entry
    if known.outcome == Outcome.UNKNOWN:
        known = await store.outbox.verdict(entry.entry_id)
    if known.outcome == Outcome.UNKNOWN:
        raise OutcomeUnknown(
            "What became of it is not known",
            known.detail or known.intent.summary,
            "It is being looked up and never sent again; go on when the journal knows",
        )
    return known


def _of_answer(entry: JournalEntry) -> tuple[JobItem, ...]:
    """Of a write that was answered at once, or whose job nobody has any more; which Things
    such a job failed with is not known then."""
    if entry.outcome == Outcome.PARTLY:
        return ()
    outcome = ItemOutcome.OK if entry.outcome == Outcome.CONFIRMED else ItemOutcome.FAILED
    return tuple(
        JobItem(outcome, before.thing_id, before.iccid, message=entry.detail or None)
        for before in entry.intent.things
    )
