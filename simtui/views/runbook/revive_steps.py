"""How a revive goes from step to step: each function answers the run as it is then."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from simtui.models import ItemOutcome, JobItem, Sms, Thing
from simtui.models.runbook import Revival, ReviveStep, Run, RunThing, StepState, operation_of
from simtui.views.amounts import count_text
from simtui.views.runbook.revive_findings import Finding, after_reset, after_sms
from simtui.views.runbook.revive_plan import why_no_command
from simtui.views.text import clean

_WHAT: Final = {ReviveStep.RESET: "reset", ReviveStep.SMS: "SMS"}


def to_look_for(run: Run) -> tuple[RunThing, ...]:
    """The Things that are not back."""
    return tuple(thing for thing in run.things if thing.revival not in Revival.BACK)


def begun(run: Run, name: str, now: datetime) -> Run:
    """A step is about to send something."""
    return run.with_step(name, state=StepState.OFFERED, begun=now, said="")


def tried_again(run: Run, name: str) -> Run:
    """A step that was refused gets another operation, which the journal does not have."""
    step = run.step(name)
    again = operation_of(run.run_id, name, len(step.operations) + 1)
    return run.with_step(name, operations=(*step.operations, again))


def failed(run: Run, why: str) -> Run:
    """The step that is next was not done."""
    step = run.next_step
    if step is None:
        return run
    return run.with_step(step.name, state=StepState.FAILED, said=clean(why, 400))


def stopped(run: Run, now: datetime) -> Run:
    """A person gives it up; what was sent stays sent."""
    for step in run.steps:
        if step.is_open:
            run = run.with_step(step.name, state=StepState.STOPPED, ended=now, until=None)
    return run


def sms_skipped(run: Run, why: str, now: datetime) -> Run:
    """No SMS is sent, so nothing is to be waited for either."""
    for name in (ReviveStep.SMS, ReviveStep.VERIFY):
        run = run.with_step(name, state=StepState.SKIPPED, ended=now, said=why)
    return run


def without_sms(run: Run, things: Mapping[str, Thing]) -> Run:
    """Those that cannot get the command have it noted why."""

    def noted(one: RunThing) -> RunThing:
        thing = things.get(one.thing_id)
        why = why_no_command(run.settings, thing) if thing is not None else ""
        return replace(one, note=f"no SMS: it {why}") if why else one

    return _with_those(run, noted)


def sent(run: Run, name: str, at: datetime, items: Mapping[str, JobItem], now: datetime) -> Run:
    """A step has sent what it sends; ``items`` say what became of each Thing, from ``at`` on."""
    reached = Revival.RESET if name == ReviveStep.RESET else Revival.MESSAGED

    def noted(one: RunThing) -> RunThing:
        item = items.get(one.thing_id)
        if item is None:
            missing = f"the {_WHAT[name]} was never sent"
            one = replace(one, note=one.note or missing)
        elif item.outcome == ItemOutcome.FAILED:
            why = clean(item.message or item.name or "no reason was given", 200)
            one = replace(one, note=f"the {_WHAT[name]} failed: {why}")
        else:
            return replace(one, revival=reached, note="")
        return replace(one, revival=reached) if name == ReviveStep.RESET else one

    good = sum(item.outcome != ItemOutcome.FAILED for item in items.values())
    bad = len(items) - good
    said = f"{count_text(good)} sent" + (f", {count_text(bad)} failed" if bad else "")
    run = _with_those(run, noted)
    return run.with_step(name, state=StepState.DONE, begun=at, ended=now, said=said)


def waiting(run: Run, name: str, minutes: int, now: datetime) -> Run:
    """A wait begins, unless it has."""
    step = run.step(name)
    if step.until is not None:
        return run.with_step(name, state=StepState.OFFERED, said="")
    until = now + timedelta(minutes=minutes)
    return run.with_step(name, state=StepState.OFFERED, begun=now, until=until)


def looked(
    run: Run,
    name: str,
    things: Mapping[str, Thing],
    messages: Mapping[str, Sms],
    now: datetime,
    *,
    final: bool,
) -> Run:
    """What is found now; at the end of the wait (``final``) that is how it stays."""
    reset_at = run.step(ReviveStep.RESET).begun or run.begun
    sms_at = run.step(ReviveStep.SMS).begun or now

    def judged(one: RunThing) -> RunThing:
        thing = things.get(one.thing_id)
        if one.revival != Revival.MESSAGED:
            found = after_reset(thing, one.session, reset_at, now)
        else:
            sms = messages.get(one.thing_id)
            at = (sms.submitted_at if sms is not None else None) or sms_at
            found = after_sms(thing, one.session, reset_at, sms, at, now)
        return _noted(one, found, final=final)

    run = _with_those(run, judged)
    if not final and to_look_for(run):
        return run
    back = len(run.things) - len(to_look_for(run))
    said = f"{count_text(back)} of {count_text(len(run.things))} back"
    return run.with_step(name, state=StepState.DONE, ended=now, said=said)


def _noted(one: RunThing, found: Finding, *, final: bool) -> RunThing:
    """A Thing that is not back yet may still come, so that is not said before the end."""
    note = "" if found.is_back else one.note
    if found.is_back or final or one.revival not in Revival.UNDER_WAY:
        return replace(one, revival=found.revival, said=found.said, note=note)
    return replace(one, said=found.said)


def _with_those(run: Run, change: Callable[[RunThing], RunThing]) -> Run:
    """The run with each Thing that is not back changed."""
    return replace(
        run,
        things=tuple(one if one.revival in Revival.BACK else change(one) for one in run.things),
    )
