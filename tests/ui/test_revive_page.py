"""A revive by keys, from the marks to the report."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from textual.pilot import Pilot

from simtui.models.runbook import Revival
from simtui.ui.app import SimtuiApp
from simtui.ui.history import RunbookPlace, RunbooksPlace, ThingPlace, ThingsPlace
from simtui.ui.runbook.runbooks import GO_ON_WITHIN
from simtui.ui.screens.confirm_dialog import ConfirmDialog
from simtui.ui.screens.form_dialog import FormDialog
from simtui.ui.screens.pick_dialog import PickDialog
from simtui.ui.screens.plan_dialog import PlanDialog
from simtui.views.runbook.revive_fit import why_not
from tests.ui.app_bench import screen_text, until
from tests.ui.runbook_bench import RunbookBench, nothing_is_left_to_chance, runbook_bench
from tests.ui.runbook_driving import copied, opened, pass_time, run_of


@pytest.fixture(autouse=True)
def calm(monkeypatch: pytest.MonkeyPatch) -> None:
    nothing_is_left_to_chance(monkeypatch)


@pytest.fixture
def bench(tmp_path: Path) -> RunbookBench:
    return runbook_bench(tmp_path)


async def begin_revive(
    bench: RunbookBench, app: SimtuiApp, pilot: Pilot[None], things: list[str]
) -> PlanDialog:
    """The plan of it, as the API sees it."""
    await app.go(ThingsPlace())
    app.visit.things.table.marked = things
    await pilot.press("b")
    await until(pilot, lambda: isinstance(app.screen, PickDialog))
    if len(things) == 1:
        await pilot.press("down")
    await pilot.press("enter")
    await until(pilot, lambda: isinstance(app.screen, FormDialog))
    await pilot.press("ctrl+s")
    await until(pilot, lambda: isinstance(app.screen, PlanDialog))
    dialog = app.screen
    await pass_time(bench, app, pilot, lambda: dialog.ready)
    return dialog


@pytest.fixture
def silent(bench: RunbookBench) -> list[str]:
    records = [bench.strike(how) for how in ("session", "device", "dead")]
    bench.pass_time(3600)
    return [one.thing_id for one in records]


async def test_a_revive_by_keys_from_the_marks_to_the_report(
    bench: RunbookBench, silent: list[str]
) -> None:
    async with opened(bench) as (app, pilot):
        dialog = await begin_revive(bench, app, pilot, silent)
        said = " ".join(cell.text for cell in dialog.plan.remarks)
        assert "The connection of 3 Things is reset" in said
        assert "3 at most (3 segments)" in said
        assert bench.sent == []
        await pilot.press("enter")
        await pass_time(bench, app, pilot, lambda: "2/4 under way" in screen_text(app))
        assert "left" in screen_text(app)
        await app.go(ThingsPlace())  # it goes on while something else is looked at
        await pass_time(bench, app, pilot, lambda: run_of(app).ended)
        assert [one.revival for one in run_of(app).things][:2] == [
            Revival.BACK_AFTER_RESET,
            Revival.BACK_AFTER_SMS,
        ]
        await pass_time(bench, app, pilot, lambda: "Revive of 3 Things: 2 back" in screen_text(app))
        await pilot.press("O")
        await until(pilot, lambda: "✓ ended" in screen_text(app))
        await pilot.press("c")
        assert "back after the SMS" in copied(app)
        await pilot.press("enter")
        await until(pilot, lambda: "✓ back after the reset" in screen_text(app))
        await pilot.press("c")
        assert copied(app).startswith("Revive: 3 Things")
        assert len(bench.sent) == 2


async def test_no_thing_is_revived_a_third_time_in_a_day(
    bench: RunbookBench, silent: list[str]
) -> None:
    async with opened(bench) as (app, pilot):
        dead = silent[2:]
        await begin_revive(bench, app, pilot, dead)
        await pilot.press("enter")
        await pass_time(bench, app, pilot, lambda: "2/4 under way" in screen_text(app))
        run, sent = run_of(app), len(bench.sent)
        app.visit.workspace.runs.keep(replace(run, run_id="earlier"))
        await app.go(ThingsPlace())
        app.visit.things.table.marked = dead
        await pilot.press("b", "down", "enter")
        await until(pilot, lambda: app.last_error is not None)
        assert "2 times within the last day" in app.last_error.detail
        assert len(bench.sent) == sent


async def test_who_does_not_fit_is_left_alone_with_the_reason(
    bench: RunbookBench, silent: list[str]
) -> None:
    async with opened(bench) as (app, pilot):
        now = app.feed.context.now
        awake = next(one for one in app.feed.index if "is online" in why_not(one, now))
        dialog = await begin_revive(bench, app, pilot, [*silent, awake.thing_id])
        (left,) = dialog.plan.illegal
        assert left.thing.thing_id == awake.thing_id
        assert "is online" in left.reason
        await pilot.press("escape")
        assert app.visit.workspace.runs.all == ()


async def test_stopping_asks_and_says_that_what_was_sent_stays_sent(
    bench: RunbookBench, silent: list[str]
) -> None:
    async with opened(bench) as (app, pilot):
        await begin_revive(bench, app, pilot, silent)
        await pilot.press("enter")
        await pass_time(bench, app, pilot, lambda: "2/4 under way" in screen_text(app))
        await pilot.press("x")
        await until(pilot, lambda: isinstance(app.screen, ConfirmDialog))
        assert "What was sent stays sent" in screen_text(app)
        await pilot.press("escape")
        assert not run_of(app).ended
        await pilot.press("x", "y")
        await until(pilot, lambda: "✕ stopped" in screen_text(app))
        for _ in range(20):
            bench.pass_time(60)
            app.visit.runbooks.look()
            await pilot.pause()
        assert len(bench.sent) == 1


async def test_quitting_asks_and_the_next_start_goes_on_where_it_was(
    bench: RunbookBench, silent: list[str]
) -> None:
    async with opened(bench) as (app, pilot):
        await begin_revive(bench, app, pilot, silent)
        await pilot.press("enter")
        await pass_time(bench, app, pilot, lambda: "2/4 under way" in screen_text(app))
        await app.go(ThingsPlace())
        await pilot.press("q")
        await until(pilot, lambda: isinstance(app.screen, ConfirmDialog))
        assert "can be gone on with at the next start" in " ".join(screen_text(app).split())
        await pilot.press("y")
    bench.process += 1
    bench.pass_time(900)
    async with opened(bench) as (app, pilot):
        await until(pilot, lambda: "Not ended: Revive: 3 Things" in screen_text(app))
        await pilot.press("O")
        await until(pilot, lambda: "! 2/4 interrupted" in screen_text(app))
        await pilot.press("enter")
        await until(pilot, lambda: "R goes on" in screen_text(app))
        for _ in range(3):  # nothing goes on by itself
            bench.pass_time(60)
            app.visit.runbooks.look()
            await pilot.pause()
        assert len(bench.sent) == 1
        await pilot.press("R")
        await pass_time(bench, app, pilot, lambda: run_of(app).ended)
        assert len(bench.sent) == 2
        assert run_of(app).process == bench.process


async def test_what_was_interrupted_too_long_ago_is_only_given_up(
    bench: RunbookBench, silent: list[str]
) -> None:
    async with opened(bench) as (app, pilot):
        await begin_revive(bench, app, pilot, silent)
        await pilot.press("enter")
        await pass_time(bench, app, pilot, lambda: "2/4 under way" in screen_text(app))
    bench.process += 1
    bench.pass_time(GO_ON_WITHIN.total_seconds() + 60)
    async with opened(bench) as (app, pilot):
        run = run_of(app)
        await app.go(RunbookPlace(run.run_id, run.kind))
        await pilot.press("R")
        await until(pilot, lambda: "It was interrupted" in screen_text(app))
        await pilot.press("x", "y")
        await until(pilot, lambda: "✕ stopped" in screen_text(app))
        assert len(bench.sent) == 1


async def test_an_open_row_is_the_thing(bench: RunbookBench, silent: list[str]) -> None:
    async with opened(bench) as (app, pilot):
        await begin_revive(bench, app, pilot, silent)
        await pilot.press("enter")
        await pass_time(bench, app, pilot, lambda: "2/4 under way" in screen_text(app))
        key = app.page.table.cursor_key
        await pilot.press("enter")
        await until(pilot, lambda: app.visit.trail.here == ThingPlace(key))


async def test_without_runs_the_list_says_how_to_begin_one(bench: RunbookBench) -> None:
    async with opened(bench) as (app, pilot):
        await app.go(RunbooksPlace())
        await until(pilot, lambda: "No runbook was begun yet." in screen_text(app))
        await pilot.press("c")
        app.page.open_bar(":")
        await pilot.press(*"runbooks", "enter")
        await until(pilot, lambda: app.visit.trail.here == RunbooksPlace())
