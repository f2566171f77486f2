"""The states of runbooks, each brought about on a frozen world."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from textual.pilot import Pilot

from simtui.models.runbook import (
    Revival,
    ReviveSettings,
    Run,
    RunKind,
    RunThing,
    Step,
    StepState,
    StolenStep,
)
from simtui.sandbox.life.thing_trouble import move_out_of_coverage, swap_imei
from simtui.ui.app import SimtuiApp
from simtui.ui.history import RunbookPlace, RunbooksPlace, ThingPlace, ThingsPlace
from simtui.ui.screens.form_dialog import FormDialog
from simtui.ui.screens.pick_dialog import PickDialog
from simtui.ui.screens.plan_dialog import PlanDialog
from simtui.ui.screens.thing import ThingPage
from simtui.views.runbook.revive_plan import new_run
from tests.ui.acting_bench import planned
from tests.ui.acting_states import QUOTA, worked
from tests.ui.app_bench import NOW, screen_text, until
from tests.ui.runbook_bench import RunbookBench, runbook_bench
from tests.ui.states import State, loaded

SETTINGS = ReviveSettings()
NOBODY = 2**22 + 7
"""A process id that the system does not give."""


def bench_with_a_thief(folder: Path) -> RunbookBench:
    """A SIM has just turned up in another device, abroad."""
    bench = runbook_bench(folder)
    bench.cable.without = QUOTA
    thing, now = bench.talking()[0], bench.world.clock.now()
    swap_imei(bench.world, thing, now - timedelta(minutes=25))
    move_out_of_coverage(bench.world, thing, now - timedelta(minutes=10))
    return bench


def bench_with_silent_things(folder: Path) -> RunbookBench:
    bench = runbook_bench(folder)
    bench.cable.without = QUOTA
    for how in ("session", "device", "dead", "unseen", "session", "device"):
        bench.strike(how)
    return bench


def thief(bench: RunbookBench) -> str:
    return next(iter(bench.world.events[-1:])).thing_id or ""


def silent(bench: RunbookBench) -> list[str]:
    return [
        one.thing_id
        for one in bench.world.things.values()
        if one.silent and one.state == "ACTIVE" and one.allowed_services == ("DATA", "SMS")
    ]


async def ready(bench: RunbookBench, app: SimtuiApp, pilot: Pilot[None]) -> None:
    await loaded(bench, app, pilot)
    await until(pilot, lambda: app.visit.acting.level is not None)


async def menu(bench: RunbookBench, app: SimtuiApp, pilot: Pilot[None]) -> None:
    await ready(bench, app, pilot)
    await app.go(ThingPlace(thief(bench)))
    await until(pilot, lambda: isinstance(app.page, ThingPage))
    await pilot.press("b")
    await until(pilot, lambda: isinstance(app.screen, PickDialog))


async def stolen_begun(bench: RunbookBench, app: SimtuiApp, pilot: Pilot[None]) -> None:
    await menu(bench, app, pilot)
    await pilot.press("enter")
    await until(pilot, lambda: "▶ 1 of 4" in screen_text(app))


async def stolen_evidence(bench: RunbookBench, app: SimtuiApp, pilot: Pilot[None]) -> None:
    await stolen_begun(bench, app, pilot)
    await pilot.press("enter")
    await until(pilot, lambda: "▶ 2 of 4" in screen_text(app))


async def stolen_tagging(bench: RunbookBench, app: SimtuiApp, pilot: Pilot[None]) -> None:
    """It is suspended, and its session has ended."""
    await stolen_evidence(bench, app, pilot)
    await pilot.press("enter")
    await planned(app, pilot)
    await pilot.press("enter")
    await until(pilot, lambda: bool(app.visit.workspace.store.journal.entries))
    await until(pilot, lambda: app.visit.workspace.store.journal.entries[0].settled)
    await worked(bench, pilot, lambda: "▶ 3 of 4" in screen_text(app))
    app.page.clear_notice()


async def revive_form(bench: RunbookBench, app: SimtuiApp, pilot: Pilot[None]) -> None:
    await ready(bench, app, pilot)
    await app.go(ThingsPlace())
    app.visit.things.table.marked = silent(bench)
    await pilot.press("b")
    await until(pilot, lambda: isinstance(app.screen, PickDialog))
    await pilot.press("enter")
    await until(pilot, lambda: isinstance(app.screen, FormDialog))


async def revive_plan(bench: RunbookBench, app: SimtuiApp, pilot: Pilot[None]) -> None:
    await revive_form(bench, app, pilot)
    await pilot.press("ctrl+s")
    await until(pilot, lambda: isinstance(app.screen, PlanDialog))
    dialog = app.screen
    await worked(bench, pilot, lambda: dialog.ready)


async def revive_waiting(bench: RunbookBench, app: SimtuiApp, pilot: Pilot[None]) -> None:
    await revive_plan(bench, app, pilot)
    await pilot.press("enter")
    journal = app.visit.workspace.store.journal
    await until(pilot, lambda: bool(journal.entries and journal.entries[-1].job_id))
    await worked(bench, pilot, lambda: "2/4 under way" in screen_text(app))


def ended(app: SimtuiApp, bench: RunbookBench) -> Run:
    things = [app.feed.thing(thing_id) for thing_id in silent(bench)]
    run = new_run("e1", tuple(one for one in things if one), SETTINGS, "me@here", NOBODY, NOW)
    told = (
        (Revival.BACK_AFTER_RESET, "online again, 20s after the reset", ""),
        (Revival.BACK_AFTER_SMS, "online again, 31s after the SMS", ""),
        (
            Revival.NOT_BACK,
            "the SMS is expired (the device is not registered with any network); offline, last"
            " seen 3h ago",
            "",
        ),
        (Revival.NOT_KNOWN, "no session is told, last seen 3h ago", "no SMS: it may not use SMS"),
    )
    those = tuple(
        replace(one, revival=revival, said=said, note=note)
        for one, (revival, said, note) in zip(run.things, told * 3, strict=False)
    )
    steps = tuple(replace(step, state=StepState.DONE, ended=NOW) for step in run.steps)
    return replace(run, things=those, steps=steps, begun=NOW - timedelta(minutes=9))


def interrupted(app: SimtuiApp, bench: RunbookBench) -> Run:
    run = ended(app, bench)
    run = run.with_step("verify", state=StepState.OFFERED, ended=None, until=NOW)
    return replace(run, run_id="i1", begun=NOW - timedelta(minutes=4))


def open_stolen() -> Run:
    steps = tuple(Step(name) for name in StolenStep.ALL)
    those = (RunThing("t_1", "8931086200000000010", "charger-1"),)
    run = Run("s1", RunKind.STOLEN_SIM, NOW - timedelta(hours=2), NOW, "dan@there", 1, those, steps)
    return run.with_step("evidence", state=StepState.DONE, ended=NOW)


async def kept(bench: RunbookBench, app: SimtuiApp, pilot: Pilot[None]) -> None:
    await ready(bench, app, pilot)
    runs = app.visit.workspace.runs
    for run in (ended(app, bench), interrupted(app, bench), open_stolen()):
        runs.keep(run)


async def revive_ended(bench: RunbookBench, app: SimtuiApp, pilot: Pilot[None]) -> None:
    await kept(bench, app, pilot)
    await app.go(RunbookPlace("e1", RunKind.REVIVE))
    await until(pilot, lambda: "✓ ended" in screen_text(app))


async def revive_interrupted(bench: RunbookBench, app: SimtuiApp, pilot: Pilot[None]) -> None:
    await kept(bench, app, pilot)
    await app.go(RunbookPlace("i1", RunKind.REVIVE))
    await until(pilot, lambda: "R goes on" in screen_text(app))


async def runbooks(bench: RunbookBench, app: SimtuiApp, pilot: Pilot[None]) -> None:
    await kept(bench, app, pilot)
    await app.go(RunbooksPlace())
    await until(pilot, lambda: "2/4" in screen_text(app))


async def no_runbooks(bench: RunbookBench, app: SimtuiApp, pilot: Pilot[None]) -> None:
    await ready(bench, app, pilot)
    await app.go(RunbooksPlace())
    await until(pilot, lambda: "No runbook was begun yet." in screen_text(app))


PAGES = {
    "stolen-begun": State(bench_with_a_thief, stolen_begun),
    "stolen-evidence": State(bench_with_a_thief, stolen_evidence),
    "stolen-tagging": State(bench_with_a_thief, stolen_tagging),
    "revive-waiting": State(bench_with_silent_things, revive_waiting),
    "revive-ended": State(bench_with_silent_things, revive_ended),
    "revive-interrupted": State(bench_with_silent_things, revive_interrupted),
    "runbooks": State(bench_with_silent_things, runbooks),
    "no-runbooks": State(bench_with_silent_things, no_runbooks),
}
DIALOGS = {
    "runbook-menu": State(bench_with_a_thief, menu),
    "revive-form": State(bench_with_silent_things, revive_form),
    "revive-plan": State(bench_with_silent_things, revive_plan),
}
