"""The plan of a revive: everything that will be sent, before it is confirmed once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from simtui.models import Thing
from simtui.models.action import ResetConnection, SendSms
from simtui.models.effect import has_session
from simtui.models.runbook import (
    ReviveSettings,
    ReviveStep,
    Run,
    RunKind,
    RunThing,
    Step,
    operation_of,
)
from simtui.models.sms_template import fields_in
from simtui.views.amounts import NOTHING, count_text
from simtui.views.cell import Cell
from simtui.views.plan.judge_sms import why_no_sms
from simtui.views.plan.plan import Change, Phrase, Plan
from simtui.views.plan.selection import Selection
from simtui.views.plan.session_remarks import cut_remarks
from simtui.views.plan.sms_remarks import total_segments
from simtui.views.plan.wording import plural, things_text
from simtui.views.runbook.revive_fit import MOST_A_DAY, Sorted
from simtui.views.sms.checked_sms import SHORTEST_VALIDITY, lacking
from simtui.views.text import clean
from simtui.views.things.words import session_state_cell

_PHRASE: Final = Phrase("Revive")


def revive_plan(selection: Selection, found: Sorted, settings: ReviveSettings) -> Plan:
    """The plan for what was meant, of which ``found`` says who fits."""
    changes = tuple(Change(thing, _session(thing), "reset, then SMS") for thing in found.fits)
    if not settings.text:
        changes = tuple(Change(thing, _session(thing), "reset") for thing in found.fits)
    return Plan(
        ResetConnection(),
        selection,
        changes,
        illegal=found.left_alone,
        remarks=tuple(_remarks(found.fits, settings)),
        phrase=_PHRASE,
    )


def the_sms(settings: ReviveSettings) -> SendSms:
    """The command. It is valid for as long as is waited, because one that arrives later would
    restart a device that has come back meanwhile."""
    return SendSms(settings.text, max(settings.sms_minutes, SHORTEST_VALIDITY))


def why_no_command(settings: ReviveSettings, thing: Thing) -> str:
    """Why a Thing gets no command by SMS; empty when it does."""
    if why := why_no_sms(thing):
        return why
    needed = lacking(settings.text, thing)
    return f"has not {needed}, which the text needs" if needed else ""


def new_run(
    run_id: str,
    things: tuple[Thing, ...],
    settings: ReviveSettings,
    who: str,
    process: int,
    now: datetime,
) -> Run:
    """A run that has not begun. The ids of its operations follow from its own, so that after
    a kill the journal tells what was sent."""
    steps = tuple(Step(name, operations=_operations(run_id, name)) for name in ReviveStep.ALL)
    those = tuple(
        RunThing(
            thing.thing_id, thing.iccid, thing.name, thing.session.state if thing.session else ""
        )
        for thing in things
    )
    return Run(run_id, RunKind.REVIVE, now, now, who, process, those, steps, settings=settings)


def _operations(run_id: str, step: str) -> tuple[str, ...]:
    sends = step in (ReviveStep.RESET, ReviveStep.SMS)
    return (operation_of(run_id, step),) if sends else ()


def _session(thing: Thing) -> str:
    return session_state_cell(thing.session.state).text if thing.session else NOTHING


def _remarks(things: tuple[Thing, ...], settings: ReviveSettings) -> Iterator[Cell]:
    if not things:
        return
    whom = things_text(len(things))
    yield Cell(f"1. The connection of {whom} is reset, in one request.")
    if any(map(has_session, things)):
        yield from cut_remarks(things)
    if settings.text:
        yield Cell(_sms_text(things, settings))
    else:
        yield Cell(f"2. {_minutes(settings.reset_minutes)} later: who is back. No SMS is sent.")
    yield Cell(
        f"It goes on while you look at something else; x on its page stops it. A Thing is revived"
        f" {MOST_A_DAY} times a day at most.",
        "dim",
    )


def _sms_text(things: tuple[Thing, ...], settings: ReviveSettings) -> str:
    get = tuple(thing for thing in things if not why_no_command(settings, thing))
    segments = total_segments(settings.text, get)
    none = len(things) - len(get)
    size = f"{count_text(segments)} {plural(segments, 'segment', 'segments')}"
    each = ", one request a Thing" if fields_in(settings.text) and len(get) > 1 else ""
    without = f" {things_text(none)} cannot get one." if none else ""
    return (
        f"2. {_minutes(settings.reset_minutes)} later: SMS “{clean(settings.text, 60)}” to those"
        f" that are not known to be back, {count_text(len(get))} at most ({size}{each})."
        f"{without} {_minutes(settings.sms_minutes)} later it is looked who is back."
    )


def _minutes(minutes: int) -> str:
    return f"{minutes} {plural(minutes, 'minute', 'minutes')}"
