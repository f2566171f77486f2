"""Runbooks by keys: what the tests of their pages do over and over."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from textual.pilot import Pilot

from simtui.models import Thing
from simtui.models.runbook import Run
from simtui.ui.app import SimtuiApp
from simtui.ui.history import ThingPlace
from simtui.ui.screens.pick_dialog import PickDialog
from tests.ui.app_bench import screen_text, until
from tests.ui.runbook_bench import RunbookBench, turns


@asynccontextmanager
async def opened(
    bench: RunbookBench, size: tuple[int, int] = (80, 24)
) -> AsyncIterator[tuple[SimtuiApp, Pilot[None]]]:
    async with bench.running(size) as (app, pilot):
        await until(pilot, lambda: app.visit.acting.level is not None)
        yield app, pilot


def run_of(app: SimtuiApp) -> Run:
    return app.visit.workspace.runs.all[0]


def state(app: SimtuiApp, step: str) -> str:
    return run_of(app).step(step).state


def copied(app: SimtuiApp) -> str:
    return app.clipboard


async def begin_stolen(app: SimtuiApp, pilot: Pilot[None], thing: Thing) -> None:
    await app.go(ThingPlace(thing.thing_id))
    await pilot.press("b")
    await until(pilot, lambda: isinstance(app.screen, PickDialog))
    await pilot.press("enter")
    await until(pilot, lambda: "▶ 1 of 4" in screen_text(app))


async def pass_time(
    bench: RunbookBench, app: SimtuiApp, pilot: Pilot[None], condition, step: float = 15
) -> None:
    """Let the world and the app work until something holds."""
    for _ in range(200):
        await turns(condition, 150)
        await pilot.pause()
        if condition():
            return
        bench.pass_time(step)
        app.visit.runbooks.look()
        app.visit._notices.go_on()
        if app.page is not None:
            app.page.tick()
    raise AssertionError(f"it never came to be:\n{screen_text(app)}")


def online(bench: RunbookBench, app: SimtuiApp) -> Thing:
    return app.feed.thing(bench.talking()[0].thing_id)
