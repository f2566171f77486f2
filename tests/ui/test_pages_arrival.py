"""What is told at the start: what an earlier run left open, and which devices changed."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import httpx
import pytest

from simtui.sandbox.life.thing_trouble import swap_imei
from simtui.ui.app import SimtuiApp
from simtui.ui.history import ThingPlace
from simtui.ui.notices import Notice, Notices, Rank
from simtui.ui.screens.imei_changes import ImeiPage
from simtui.ui.widgets.line import Line
from simtui.views.cell import Cell
from tests.ui.app_bench import NOW, is_loaded, lines, screen_text, until
from tests.ui.pages_bench import PagesBench, accepted, active, pages_bench, start


@pytest.fixture
def bench(tmp_path: Path) -> PagesBench:
    return pages_bench(tmp_path)


def again(bench: PagesBench) -> PagesBench:
    """Another run on the same machine; nobody is left of the one before."""
    bench.process += 1
    bench.clock._sleepers.clear()
    return bench


def lost(request: httpx.Request) -> httpx.Response | None:
    """It gets lost, and nobody can tell on which of the two ways."""
    if request.method != "PUT" or not request.url.path.endswith("/state"):
        return None
    raise httpx.ReadError("connection reset")


async def test_a_job_of_an_earlier_run_is_told_of_and_followed(bench: PagesBench) -> None:
    async with bench.running() as (app, pilot):
        start(app, active(app, 45))
        await accepted(app, pilot)
    bench.world.clock.advance(0.6)
    async with again(bench).running() as (app, pilot):
        await until(
            pilot, lambda: "Suspend 45 Things is still running: 25/45 · 8" in lines(app)[-1]
        )
        bench.world.failing_targets = 3

        def is_told() -> bool:
            bench.pass_time(1)
            return "! Suspend 45 Things: 42 done, 3 failed · 8 jobs" in lines(app)[-1]

        await until(pilot, is_told)
        await pilot.press("8")
        await until(pilot, lambda: "from here" in screen_text(app))
        assert "! errors" in screen_text(app)


async def test_a_write_without_an_outcome_is_told_of_and_looked_up(bench: PagesBench) -> None:
    async with bench.running() as (app, pilot):
        (thing,) = active(app, 1)
        bench.cable.instead = lost
        running = start(app, (thing,))
        await until(pilot, lambda: running.progress.unknown)
        bench.cable.mend()
    async with again(bench).running() as (app, pilot):
        await until(pilot, lambda: "has no outcome yet; looking how it is now" in lines(app)[-1])
        assert f"Suspend {thing.name} of 22 Nov 03:12Z" in lines(app)[-1]

        def is_told() -> bool:
            bench.pass_time(1)
            app.visit.tick()
            return "did not happen" in lines(app)[-1]

        await until(pilot, is_told)
        assert "✗" in lines(app)[-1]


async def test_devices_that_changed_since_the_last_visit_are_told_and_listed(
    bench: PagesBench,
) -> None:
    async with bench.running() as (app, pilot):
        app.visit.tick()
        await pilot.press("i")
        await until(pilot, lambda: "the first visit" in lines(app)[0])
        known = len(app.page.keys())
        assert known > 1
    bench.pass_time(3600)
    swapped = [thing for thing in bench.world.things.values() if thing.session][:2]
    for thing in swapped:
        swap_imei(bench.world, thing, bench.world.clock.now())
    bench.pass_time(60)
    async with again(bench).running() as (app, pilot):
        said = "2 SIM cards changed their device since 22 Nov 03:12Z · i"
        await until(pilot, lambda: said in lines(app)[-1])
        await pilot.press("i")
        await until(pilot, lambda: isinstance(app.page, ImeiPage))
        assert "since your last visit, 22 Nov 03:12Z" in lines(app)[0]
        assert set(app.page.keys()) == {thing.thing_id for thing in swapped}
        await pilot.press("c")
        assert all(part in app.clipboard for part in ("Old device", "New device", "TAC"))
        await pilot.press("v")
        await pilot.pause()
        assert len(app.page.keys()) >= known
        await pilot.press("a")
        await pilot.pause()
        assert app.screen is not app.page, "the menu of actions"
        await pilot.press("escape", "enter")
        await until(pilot, lambda: isinstance(app.visit.trail.here, ThingPlace))
    async with again(bench).running() as (app, pilot):
        await until(pilot, lambda: is_loaded(app))
        assert app.visit.workspace.last_visit.previous == NOW + timedelta(seconds=3660)
        assert "changed their device" not in lines(app)[-1]
        assert "changed its device" not in lines(app)[-1]


async def test_nothing_is_said_over_an_error_and_nobody_is_asked_offline(bench: PagesBench) -> None:
    async with bench.running() as (app, pilot):
        app.visit.tick()
        start(app, active(app, 45))
        await accepted(app, pilot)
    bench.cable.cut()
    async with again(bench).running(loaded=False) as (app, pilot):
        await until(pilot, lambda: "✗" in lines(app)[-1])
        app.visit.tick()
        await pilot.pause()
        assert "✗" in lines(app)[-1]
        noted = app.visit.workspace.last_visit.previous
        assert noted == NOW
        bench.cable.mend()
        bench.world.clock.advance(0.6)

        def is_told() -> bool:
            bench.clock.advance(1)
            app.visit.tick()
            return "is still running: 25/45" in lines(app)[-1]

        await until(pilot, is_told)


async def test_one_line_after_the_other_the_most_important_first(bench: PagesBench) -> None:
    still = True
    async with bench.running() as (app, pilot):
        notices = Notices(app)
        notices.say(Notice(Rank.DEVICES, Cell("devices")))
        notices.say(Notice(Rank.RUNNING, Cell("running"), lambda: still))
        assert "running" in lines_now(app), "what matters more takes the place"
        notices.say(Notice(Rank.UNKNOWN, Cell("unknown"), lambda: still))
        assert "unknown" in lines_now(app)
        notices.say(Notice(Rank.DEVICES, Cell("more devices")))
        assert "unknown" in lines_now(app), "what matters less waits"
        still = False
        notices.say(Notice(Rank.OUTCOME, Cell("ended")))
        assert "ended" in lines_now(app)
        notices.go_on()
        assert "ended" in lines_now(app), "until it was read"
        await pilot.press("j")
        notices.go_on()
        assert "more devices" in lines_now(app)
        await pilot.press("j")
        notices.go_on()
        assert "open" in lines_now(app), "the keys again"


def lines_now(app: SimtuiApp) -> str:
    """The bottom line, before it is drawn."""
    return app.page.query_one("#hints", Line).text
