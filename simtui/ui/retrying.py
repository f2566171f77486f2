"""Doing what a job did once more, with those that failed and only those."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from simtui.models import ItemOutcome, Job, JobItem, Thing
from simtui.models.action import Action, AddTags, RemoveTags, RenameTag, ResetConnection, SetState
from simtui.models.journal import JournalEntry
from simtui.models.recorded import recorded_action
from simtui.views.jobs.words import is_rehearsal
from simtui.views.plan.selection import Selection, select_thing
from simtui.views.plan.wording import things_text

if TYPE_CHECKING:
    from simtui.ui.visit import Visit


def retry_failed(
    visit: Visit,
    job: Job,
    entry: JournalEntry | None,
    items: Iterable[JobItem],
    say: Callable[[str], None],
) -> None:
    """Plan it, to be confirmed like any other write, or say why there is nothing to plan.

    The server does not tell what a job was asked to do; only the journal of whoever
    started it knows (``entry``).
    """
    journal = visit.feed.store.journal
    action = _asked(entry, journal.of_operation(entry.intent.operation)) if entry else None
    failed = _failed(visit, items)
    if is_rehearsal(job):
        say("This was a dry run: nothing was done, so there is nothing to do again")
    elif entry is None or action is None:
        say("Not started from here: only the journal of who started it knows what it was")
    elif not failed:
        say("None of its Things failed, as far as is known now")
    else:
        visit.acting.try_plan(action, _selection(failed), undoes=entry.intent.undoes)


def _asked(entry: JournalEntry, operation: Sequence[JournalEntry]) -> Action | None:
    """What a person asked for, of which the job may have been the first of two steps: a Thing
    that failed there was left out of the second one."""
    action = recorded_action(entry.intent)
    for later in (recorded_action(one.intent) for one in operation):
        match action, later:
            case AddTags((new,)), RemoveTags((old,)):
                return RenameTag(old, new)
            case SetState(), ResetConnection():
                return replace(action, end_session=True)
    return action


def _failed(visit: Visit, items: Iterable[JobItem]) -> tuple[Thing, ...]:
    """Each once, as far as the fleet has them."""
    ids = dict.fromkeys(item.thing_id for item in items if item.outcome == ItemOutcome.FAILED)
    found = (visit.feed.thing(thing_id) for thing_id in ids if thing_id)
    return tuple(thing for thing in found if thing is not None)


def _selection(failed: tuple[Thing, ...]) -> Selection:
    if len(failed) == 1:
        return select_thing(failed[0])
    return Selection(f"{things_text(len(failed))} that failed before", failed)
