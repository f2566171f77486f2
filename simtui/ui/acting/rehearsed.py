"""A plan after the API was asked what would happen: its word stands against our guess."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from simtui.models import ItemOutcome, JobItem, Thing
from simtui.store.operation import Report
from simtui.views.plan.plan import Change, Objection, Plan
from simtui.views.text import clean


def rehearsed_plan(plan: Plan, report: Report) -> Plan:
    """The plan with each Thing where the API puts it, in the API's words.

    What the API did not speak of stays where it was.
    """
    items = {item.thing_id: item for item in report.items if item.thing_id}
    if not items:
        return plan
    every: tuple[Change | Objection, ...] = (*plan.changes, *plan.skipped, *plan.illegal)
    guessed = {one.thing.thing_id: one for one in every}
    changes: list[Change] = []
    skipped: list[Objection] = []
    illegal: list[Objection] = []
    skips = {one.thing.thing_id for one in plan.skipped}
    for thing_id, guess in guessed.items():
        outcome = _outcome(guess, items.get(thing_id), thing_id in skips)
        if outcome == ItemOutcome.OK:
            changes.append(_change(guess, items.get(thing_id)))
        else:
            objection = Objection(guess.thing, _reason(guess, items.get(thing_id), outcome))
            (skipped if outcome == ItemOutcome.SKIPPED else illegal).append(objection)
    made = replace(plan, changes=tuple(changes), skipped=tuple(skipped), illegal=tuple(illegal))
    return replace(made, typed=_typed(made)) if plan.typed else made


def _outcome(guess: Change | Objection, item: JobItem | None, skipped: bool) -> str:
    if item is not None:
        return item.outcome
    if isinstance(guess, Change):
        return ItemOutcome.OK
    return ItemOutcome.SKIPPED if skipped else ItemOutcome.FAILED


def _change(guess: Change | Objection, item: JobItem | None) -> Change:
    if isinstance(guess, Change):
        return guess
    before, after = (item.before, item.after) if item is not None else (None, None)
    return Change(guess.thing, _values(before), _values(after), "the API would do it")


def _reason(guess: Change | Objection, item: JobItem | None, outcome: str) -> str:
    """The server's words; without any, ours, unless we were of another opinion."""
    said = clean(" ".join(filter(None, (item.message or item.name,)))) if item is not None else ""
    if said:
        return said
    if isinstance(guess, Objection):
        return guess.reason
    return "It is so already." if outcome == ItemOutcome.SKIPPED else "The API refuses it."


def _values(fields: Mapping[str, object] | None) -> str:
    return clean(", ".join(str(value) for value in (fields or {}).values()))


def _typed(plan: Plan) -> str:
    """What confirms it now that other Things change."""
    things: tuple[Thing, ...] = plan.things
    if not things:
        return ""
    return things[0].iccid if len(things) == 1 else str(len(things))
