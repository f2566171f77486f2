"""Every command from every page: it is carried out or refused in words, and never hangs."""

from __future__ import annotations

import asyncio

import pytest
from textual.pilot import Pilot

from simtui.ui.app import SimtuiApp
from simtui.ui.command_line import ARGUMENTS
from simtui.ui.history import RawPlace, ThingPlace, ThingsPlace
from simtui.ui.key_list import KEYS
from simtui.ui.screens.dialog import Dialog
from simtui.ui.screens.raw import RawPage
from simtui.ui.screens.thing import ThingPage
from simtui.ui.screens.things import ThingsPage
from simtui.ui.widgets.command_bar import CommandBar
from tests.ui.app_bench import Bench, lines, until

OPENS = {"list": (), "detail": ("enter",), "json": ("y",)}
COMMANDS = sorted({key.command for key in KEYS if key.command} | set(ARGUMENTS))
ENDING = {"q", "quit"}
A_HANG = 30.0
"""Seconds after which nothing will come any more."""


async def order(app: SimtuiApp, pilot: Pilot[None], text: str) -> None:
    """Give a command, as if it had been typed; windows that it opens are closed."""
    async with asyncio.timeout(A_HANG):
        app.page.open_bar(":", text)
        await pilot.press("enter")
        await app.workers.wait_for_complete()
        if isinstance(app.screen, Dialog):
            await pilot.press("escape")


def refusal(app: SimtuiApp) -> str:
    """What the command bar says against what was typed; nothing when it is closed."""
    if not app.page.query_one(CommandBar).is_open:
        return ""
    assert "✗" in lines(app)[-2]
    return lines(app)[-2]


@pytest.mark.parametrize("where", ["list", "detail"])
async def test_every_command_is_carried_out_or_refused_in_words(bench: Bench, where: str) -> None:
    async with bench.running() as (app, pilot):
        place = ThingsPlace() if where == "list" else ThingPlace("t_1")
        for name in COMMANDS:
            if name in ENDING:
                continue
            if app.visit.trail.here != place:
                await app.go(place)
                await pilot.pause()
            await order(app, pilot, name)
            assert app.is_running, name
            if refusal(app):
                await pilot.press("escape")
            assert refusal(app) == "", name


@pytest.mark.parametrize("where", OPENS)
async def test_places_can_be_gone_to_from_everywhere(bench: Bench, where: str) -> None:
    async with bench.running() as (app, pilot):
        thing = list(bench.world.things.values())[7]
        await pilot.press(*OPENS[where])
        await pilot.pause()
        await order(app, pilot, f"thing {thing.iccid}")
        await until(pilot, lambda: isinstance(app.screen, ThingPage))
        assert app.visit.trail.here == ThingPlace(thing.thing_id)
        await order(app, pilot, "raw")
        await until(pilot, lambda: isinstance(app.screen, RawPage))
        assert app.visit.trail.here == RawPlace(thing.thing_id)
        await order(app, pilot, "things pump")
        await until(pilot, lambda: isinstance(app.screen, ThingsPage))
        assert app.visit.trail.here == ThingsPlace("pump")
        await order(app, pilot, "back")
        await until(pilot, lambda: isinstance(app.screen, RawPage))
        await order(app, pilot, "forward")
        await until(pilot, lambda: isinstance(app.screen, ThingsPage))


@pytest.mark.parametrize("name", sorted(ENDING))
@pytest.mark.parametrize("where", OPENS)
async def test_the_end_can_be_typed_everywhere(bench: Bench, where: str, name: str) -> None:
    async with bench.running() as (app, pilot):
        await pilot.press(*OPENS[where])
        await pilot.pause()
        await order(app, pilot, name)
        if name == "q" and where != "list":
            assert isinstance(app.screen, ThingsPage)
        else:
            assert app._exit


async def test_a_thing_that_is_gone_says_so_and_the_way_back_is_open(bench: Bench) -> None:
    async with bench.running() as (app, pilot):
        await pilot.press("enter")
        await pilot.pause()
        thing = bench.world.things[app.visit.trail.here.thing_id]
        bench.world.remove_thing(thing)
        bench.clock.advance(15)
        await until(pilot, lambda: "✗" in lines(app)[-1])
        assert "Could not load the Thing" in lines(app)[-1]
        await pilot.press("q")
        await pilot.pause()
        assert isinstance(app.screen, ThingsPage)
        assert app.feed.thing(thing.thing_id) is None
        await pilot.press("right_square_bracket")
        await pilot.pause()
        assert app.is_running
