"""What a write would do, or did, to each Thing of its plan."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from simtui.models import ItemOutcome, JobItem, Thing
from simtui.views.plan.plan import Change, Plan


class Fate:
    """What became of a Thing: the outcomes of a job's items (contract §3.11), and two more.

    ``CHANGE``: nothing has been sent, and it would change. ``ILLEGAL``: the plan does not
    allow it, so it was not sent.
    """

    OK: Final = ItemOutcome.OK
    SKIPPED: Final = ItemOutcome.SKIPPED
    FAILED: Final = ItemOutcome.FAILED
    CHANGE: Final = "CHANGE"
    ILLEGAL: Final = "ILLEGAL"
    BEFORE: Final = (CHANGE, SKIPPED, FAILED, ILLEGAL)
    AFTER: Final = (OK, SKIPPED, FAILED, ILLEGAL)


@dataclass(frozen=True, slots=True)
class ThingOutcome:
    """One Thing: ``name`` is the server's name of an error, ``message`` why or what.

    All as it came, so not safe to print.
    """

    outcome: str
    thing_id: str | None = None
    iccid: str | None = None
    thing_name: str = ""
    name: str | None = None
    message: str = ""


def outcomes_before(plan: Plan, rehearsed: Iterable[JobItem] = ()) -> tuple[ThingOutcome, ...]:
    """What the plan would do, corrected by what the server says in a rehearsal."""
    found = _by_thing(rehearsed)
    changes = (
        _of_change(change, found.get(change.thing.thing_id), Fate.CHANGE) for change in plan.changes
    )
    return (*changes, *_left_alone(plan, found))


def outcomes_after(
    plan: Plan, items: Iterable[JobItem], not_reached: str = ""
) -> tuple[ThingOutcome, ...]:
    """What became of every Thing of the plan, in the server's words where it has any.

    ``not_reached`` says why a Thing that nothing was heard of was not changed; without it
    all went well.
    """
    every = tuple(items)
    found = _by_thing(every)
    changes = (
        _of(change.thing, Fate.FAILED, not_reached)
        if not_reached and change.thing.thing_id not in found
        else _of_change(change, found.get(change.thing.thing_id), Fate.OK)
        for change in plan.changes
    )
    echoes = (_told(item) for item in every if item.thing_id is None)  # of a ping
    return (*changes, *_left_alone(plan, found), *echoes)


def counts(outcomes: Iterable[ThingOutcome], kinds: Iterable[str]) -> dict[str, int]:
    """How many Things there are of each kind, in the order of ``kinds``."""
    number = Counter(one.outcome for one in outcomes)
    return {kind: number[kind] for kind in kinds}


def _of_change(change: Change, item: JobItem | None, outcome: str) -> ThingOutcome:
    if item is None or item.outcome == ItemOutcome.OK:
        return _of(change.thing, outcome, _words(change))
    return _told(item, change.thing)


def _left_alone(plan: Plan, found: Mapping[str, JobItem]) -> Iterator[ThingOutcome]:
    for outcome, objections in ((Fate.SKIPPED, plan.skipped), (Fate.ILLEGAL, plan.illegal)):
        for objection in objections:
            item = found.get(objection.thing.thing_id)
            if item is None or item.outcome == ItemOutcome.SKIPPED:
                yield _of(objection.thing, outcome, objection.reason)
            else:
                yield _told(item, objection.thing)


def _of(thing: Thing, outcome: str, message: str) -> ThingOutcome:
    return ThingOutcome(outcome, thing.thing_id, thing.iccid, thing.name, message=message)


def _told(item: JobItem, thing: Thing | None = None) -> ThingOutcome:
    return ThingOutcome(
        item.outcome,
        item.thing_id,
        thing.iccid if thing else item.iccid,
        thing.name if thing else "",
        item.name,
        item.message or "",
    )


def _words(change: Change) -> str:
    words = f"{change.before} → {change.after}" if change.before else change.after
    return f"{words} ({change.note})" if change.note else words


def _by_thing(items: Iterable[JobItem]) -> dict[str, JobItem]:
    return {item.thing_id: item for item in items if item.thing_id is not None}
