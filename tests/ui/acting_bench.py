"""What the tests of acting do over and over: find a row, wait for a plan, let jobs run."""

from __future__ import annotations

import httpx
from textual.pilot import Pilot

from simtui.models import Thing
from simtui.sandbox.records import ThingRecord
from simtui.ui.app import SimtuiApp
from simtui.ui.screens.plan_dialog import PlanDialog
from tests.ui.app_bench import Bench, until

WRITES = {"PUT", "PATCH", "POST", "DELETE"}


def writes(bench: Bench) -> list[httpx.Request]:
    """What was sent that changes something."""
    return [
        request
        for request in bench.cable.asked
        if request.method in WRITES
        and "accesstoken" not in request.url.path
        and b'"dryRun":true' not in request.content.replace(b" ", b"")
    ]


def first(app: SimtuiApp, state: str) -> Thing:
    """The first Thing of the list in a state."""
    keys = app.visit.things.table._keys
    return next(thing for key in keys if (thing := app.feed.thing(key)).state == state)


def to(app: SimtuiApp, thing: Thing) -> None:
    """Put the cursor on the row of a Thing."""
    assert app.visit.things.table.move_to(thing.thing_id)


def record(bench: Bench, thing: Thing) -> ThingRecord:
    """The Thing as the server has it."""
    return bench.world.things[thing.thing_id]


async def planned(app: SimtuiApp, pilot: Pilot[None]) -> PlanDialog:
    """The plan, as soon as it can be confirmed."""
    await until(pilot, lambda: isinstance(app.screen, PlanDialog) and app.screen.ready)
    assert isinstance(app.screen, PlanDialog)
    return app.screen


async def rehearsed(bench: Bench, app: SimtuiApp, pilot: Pilot[None]) -> PlanDialog:
    """The plan for many, after the API was asked."""
    await until(pilot, lambda: isinstance(app.screen, PlanDialog))
    dialog = app.screen
    assert isinstance(dialog, PlanDialog)
    await let_run(bench, pilot, lambda: not dialog.asking)
    return dialog


async def let_run(bench: Bench, pilot: Pilot[None], condition) -> None:
    """Let the server work and who waits for it look, until something holds."""
    for _ in range(200):
        if condition():
            await pilot.pause()
            return
        bench.world.clock.advance(5)
        bench.clock.wake(5)
        await pilot.pause()
    raise AssertionError("it never came to be")


async def settled(app: SimtuiApp, pilot: Pilot[None]) -> None:
    """Nothing is under way any more."""
    await until(pilot, lambda: not app.visit.feed.store.operations.running)
    await pilot.pause()
