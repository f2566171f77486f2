"""The states of the Pulse, each brought about on a frozen world."""

from __future__ import annotations

from pathlib import Path

import httpx
from textual.pilot import Pilot

from simtui.sandbox.life.network_trouble import exhaust_pool, silence_network
from simtui.ui.app import SimtuiApp
from simtui.ui.history import PulsePlace
from simtui.ui.screens.pulse import PulsePage
from tests.ui.app_bench import Bench, until
from tests.ui.changes_bench import come
from tests.ui.config_bench import network_named
from tests.ui.config_states import quiet_bench
from tests.ui.people_states import bench_of
from tests.ui.states import State, cut_off, loaded


def silenced_bench(folder: Path) -> Bench:
    """The Things of a network fell silent three hours ago, and its pools are full."""
    bench = quiet_bench(folder)
    world, now = bench.world, bench.world.clock.now()
    network = network_named(bench, "depots")
    silence_network(world, network, now)
    exhaust_pool(world, network, now)
    bench.world.clock.advance(3 * 3600)
    bench.clock.advance(3 * 3600)
    return bench


def empty_bench(folder: Path) -> Bench:
    bench = quiet_bench(folder)
    for thing in list(bench.world.things.values()):
        bench.world.remove_thing(thing)
    return bench


def refusing_bench(folder: Path) -> Bench:
    """An API that answers neither about tunnels nor messages, jobs or bills."""
    bench = quiet_bench(folder)
    absent = ("/ipsec-tunnels", "/sms", "/billing/cycles", "/billing/reports", "/jobs")
    bench.cable.instead = lambda request: (
        httpx.Response(405, json={"status": "405", "name": "METHOD_NOT_ALLOWED", "message": "no"})
        if request.url.path.endswith(absent)
        else None
    )
    return bench


async def on_pulse(app: SimtuiApp, pilot: Pilot[None]) -> PulsePage:
    """The page when everything that it asks for has come and is judged."""
    await app.go(PulsePlace())
    await until(pilot, lambda: isinstance(app.page, PulsePage) and app.page.is_mounted)
    await at_rest(app, pilot)
    return app.page


async def at_rest(app: SimtuiApp, pilot: Pilot[None]) -> None:
    """Everything that was asked for has come and is judged."""
    pulse = app.visit.pulse

    def is_judged() -> bool:
        pulse.look()
        works = pulse._past._reading or pulse._fleet._working or pulse._is_due or pulse.loading
        return not works and pulse._fleet.facts is not None

    await come(pilot, is_judged)
    await pilot.pause()


async def shown(bench: Bench, app: SimtuiApp, pilot: Pilot[None]) -> None:
    await loaded(bench, app, pilot)
    await on_pulse(app, pilot)


async def second_row(bench: Bench, app: SimtuiApp, pilot: Pilot[None]) -> None:
    await shown(bench, app, pilot)
    await pilot.press("j", "j")


async def offline(bench: Bench, app: SimtuiApp, pilot: Pilot[None]) -> None:
    await shown(bench, app, pilot)
    await cut_off(bench, app, pilot)
    await until(pilot, lambda: app.feed.error is not None)
    app.visit.pulse.look()
    await pilot.pause()
    app.page.tick()


PAGES = {
    "usual": State(quiet_bench, shown),
    "silenced": State(silenced_bench, second_row),
    "operator": State(lambda folder: bench_of("OPERATOR", folder), shown),
    "billing": State(lambda folder: bench_of("BILLING", folder), shown),
    "empty": State(empty_bench, shown),
    "refused": State(refusing_bench, shown),
    "offline": State(quiet_bench, offline),
}
