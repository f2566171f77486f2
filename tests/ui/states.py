"""The states a screen can be in, each brought about on a frozen world."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from textual.pilot import Pilot

from simtui.ui.app import SimtuiApp
from simtui.ui.history import ThingPlace
from tests.ui.app_bench import Bench, bench_in, is_loaded, lines, screen_text, type_at_once, until
from tests.ui.cable import is_page_after_the_first

MakeBench: TypeAlias = Callable[[Path], Bench]
Looks: TypeAlias = Callable[..., bool]
"""Whether an app in some state looks as it did when somebody last agreed."""
Drive: TypeAlias = Callable[[Bench, SimtuiApp, "Pilot[None]"], Awaitable[None]]


@dataclass(frozen=True)
class State:
    """A bench, and what is done to the app on it before one looks."""

    bench: MakeBench
    drive: Drive


def read_only_bench(folder: Path) -> Bench:
    bench = bench_in(folder)
    bench.read_only = True
    return bench


def fresh_bench(folder: Path) -> Bench:
    return bench_in(folder, fresh=True)


def bench_without_things(folder: Path) -> Bench:
    bench = bench_in(folder)
    for thing in list(bench.world.things.values()):
        bench.world.remove_thing(thing)
    return bench


def bench_before_the_network(folder: Path) -> Bench:
    bench = bench_in(folder)
    bench.gate = asyncio.Event()
    return bench


def bench_in_mid_load(folder: Path) -> Bench:
    bench = bench_in(folder, things=1200)
    bench.cable.hold(is_page_after_the_first)
    return bench


def bench_with_a_wrong_address(folder: Path) -> Bench:
    bench = bench_in(folder)
    bench.cable.cut()
    return bench


def bench_with_slow_details(folder: Path) -> Bench:
    bench = bench_in(folder)
    bench.cable.hold(lambda request: "/things/" in request.url.path)
    return bench


def bench_with_broken_details(folder: Path) -> Bench:
    bench = bench_in(folder)
    bench.faults.switch_on("502-html", {"path": "/things/", "times": None})
    return bench


async def loaded(bench: Bench, app: SimtuiApp, pilot: Pilot[None]) -> None:
    await until(pilot, lambda: is_loaded(app))


async def started(bench: Bench, app: SimtuiApp, pilot: Pilot[None]) -> None:
    await until(pilot, lambda: "Loading the fleet" in screen_text(app))


async def partly_loaded(bench: Bench, app: SimtuiApp, pilot: Pilot[None]) -> None:
    await until(pilot, lambda: "loading 500/1,200" in lines(app)[0])


async def failed(bench: Bench, app: SimtuiApp, pilot: Pilot[None]) -> None:
    await until(pilot, lambda: "✗" in lines(app)[-1])


async def cut_off(bench: Bench, app: SimtuiApp, pilot: Pilot[None]) -> None:
    """The API goes away, and five minutes pass."""
    bench.cable.cut()
    bench.clock.advance(300)
    await failed(bench, app, pilot)
    app.page.tick()


async def offline(bench: Bench, app: SimtuiApp, pilot: Pilot[None]) -> None:
    await loaded(bench, app, pilot)
    await cut_off(bench, app, pilot)


async def failing_later(bench: Bench, app: SimtuiApp, pilot: Pilot[None]) -> None:
    await loaded(bench, app, pilot)
    bench.faults.switch_on("500-html", {"times": None})
    bench.clock.advance(300)
    await failed(bench, app, pilot)
    app.page.tick()


async def nothing_found(bench: Bench, app: SimtuiApp, pilot: Pilot[None]) -> None:
    await loaded(bench, app, pilot)
    type_at_once(app, "/nowhere\r")


async def marked(bench: Bench, app: SimtuiApp, pilot: Pilot[None]) -> None:
    await loaded(bench, app, pilot)
    type_at_once(app, "/pump\r")
    await until(pilot, lambda: "▸ /pump" in lines(app)[0])
    await pilot.press("j", "space", "space")


async def detail(bench: Bench, app: SimtuiApp, pilot: Pilot[None]) -> None:
    """A Thing with an address, so that every section has something in it."""
    await loaded(bench, app, pilot)
    await app.go(ThingPlace("t_2"))
    await until(pilot, lambda: "not loaded yet" not in screen_text(app))


async def first_detail(bench: Bench, app: SimtuiApp, pilot: Pilot[None]) -> None:
    await loaded(bench, app, pilot)
    await pilot.press("enter")
    await until(pilot, lambda: "not loaded yet" not in screen_text(app))


async def detail_waiting(bench: Bench, app: SimtuiApp, pilot: Pilot[None]) -> None:
    await loaded(bench, app, pilot)
    await pilot.press("enter")
    await until(pilot, lambda: "not loaded yet" in screen_text(app))


async def detail_offline(bench: Bench, app: SimtuiApp, pilot: Pilot[None]) -> None:
    await detail(bench, app, pilot)
    await cut_off(bench, app, pilot)


async def detail_failed(bench: Bench, app: SimtuiApp, pilot: Pilot[None]) -> None:
    await loaded(bench, app, pilot)
    await pilot.press("enter")
    await failed(bench, app, pilot)


LIST = {
    "full": State(bench_in, loaded),
    "fresh": State(fresh_bench, loaded),
    "empty-account": State(bench_without_things, loaded),
    "nothing-found": State(bench_in, nothing_found),
    "marked": State(bench_in, marked),
    "loading": State(bench_before_the_network, started),
    "partly-loaded": State(bench_in_mid_load, partly_loaded),
    "offline": State(bench_in, offline),
    "never-reached": State(bench_with_a_wrong_address, failed),
    "error": State(bench_in, failing_later),
    "read-only": State(read_only_bench, loaded),
}
DETAIL = {
    "full": State(bench_in, detail),
    "fresh": State(fresh_bench, first_detail),
    "loading": State(bench_with_slow_details, detail_waiting),
    "offline": State(bench_in, detail_offline),
    "error": State(bench_with_broken_details, detail_failed),
    "read-only": State(read_only_bench, detail),
}
