"""What is typed arrives where it was meant, however fast and wherever the focus was."""

from __future__ import annotations

import pytest

from simtui.ui.widgets.command_bar import CommandBar
from tests.ui.app_bench import Bench, lines, type_at_once, until


@pytest.mark.parametrize("text", ["/pump", "/quack", "/jkgG", "/-a b:c", ":things pump"])
async def test_what_follows_the_opening_key_is_not_lost(bench: Bench, text: str) -> None:
    async with bench.running() as (app, pilot):
        type_at_once(app, text)
        await until(pilot, lambda: lines(app)[-1] == text)
        assert app.is_running
        assert app.page.query_one(CommandBar).is_open


async def test_enter_in_the_same_breath_keeps_the_filter(bench: Bench) -> None:
    async with bench.running() as (app, pilot):
        type_at_once(app, "/pump\r")
        await until(pilot, lambda: "▸ /pump " in lines(app)[0])
        assert app.visit.trail.here.filter_text == "pump"


async def test_keys_behind_enter_are_for_the_list_and_not_for_the_filter(bench: Bench) -> None:
    async with bench.running() as (app, pilot):
        type_at_once(app, "/pump\rjm")
        await until(pilot, lambda: "▸ SMS ▸ pump-" in lines(app)[0])
        await pilot.press("q")
        await until(pilot, lambda: "▸ /pump " in lines(app)[0])
        assert app.page.table.cursor_index == 1
        assert all("pump" in line for line in lines(app)[3:5])


async def test_a_filter_that_could_not_be_read_on_the_way_keeps_the_keys_behind_enter_out(
    bench: Bench,
) -> None:
    async with bench.running() as (app, pilot):
        type_at_once(app, "/state:active pump\rjm")
        await until(pilot, lambda: "▸ SMS ▸ pump-" in lines(app)[0])
        await pilot.press("q")
        await until(pilot, lambda: "▸ /state:active pump " in lines(app)[0])
        assert all("pump" in line for line in lines(app)[3:5])


async def test_keys_behind_a_refused_filter_mend_it(bench: Bench) -> None:
    async with bench.running() as (app, pilot):
        type_at_once(app, "/state:\ractive")
        await until(pilot, lambda: lines(app)[-1] == "/state:active")
        await until(pilot, lambda: all("active" in line for line in lines(app)[3:5]))


async def test_typing_goes_on_behind_what_is_there(bench: Bench) -> None:
    async with bench.running() as (app, pilot):
        type_at_once(app, "/pu")
        await until(pilot, lambda: lines(app)[-1] == "/pu")
        await pilot.press("m", "p", "enter", "slash", "minus", "1")
        await until(pilot, lambda: lines(app)[-1] == "/pump-1")


async def test_tab_never_reaches_a_bar_that_is_closed(bench: Bench) -> None:
    async with bench.running() as (app, pilot):
        first = app.page.table.cursor_key
        await pilot.press("tab", "shift+tab", "tab", "j")
        await pilot.pause()
        assert app.page.table.cursor_key != first
        assert not app.page.query_one(CommandBar).is_open


@pytest.mark.parametrize(("typed", "shown"), [("th", "thing  things"), ("co", "columns  copy")])
async def test_candidates_are_named_also_when_they_take_an_argument(
    bench: Bench, typed: str, shown: str
) -> None:
    async with bench.running() as (app, pilot):
        await pilot.press("colon", *typed)
        await pilot.pause()
        assert lines(app)[-2].strip() == shown
