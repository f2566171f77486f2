"""The states of the page that says why a Thing is offline."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from textual.pilot import Pilot

from simtui.ui.app import SimtuiApp
from simtui.ui.history import WhyPlace
from simtui.ui.screens.rung_dialog import RungDialog
from simtui.ui.screens.why import WhyPage
from tests.ui.app_bench import Bench, screen_text, until
from tests.ui.config_bench import at
from tests.ui.states import Drive, State, loaded
from tests.ui.triage import bench_of

QUOTA = frozenset({"quota-limit", "quota-used", "quota-available", "quota-reset-utc"})


def played(name: str, *, read_only: bool = False) -> Callable[[Path], Bench]:
    """A bench on which a scenario has happened."""

    def make(folder: Path) -> Bench:
        bench, _ = bench_of(folder, name)
        bench.cable.without = QUOTA
        bench.read_only = read_only
        return bench

    return make


def _thing_id(bench: Bench) -> str:
    tagged = (one for one in bench.world.things.values() if "scenario-" in " ".join(one.tags))
    return next(tagged).thing_id


def opened(*keys: str) -> Drive:
    """Go there, wait until all is known, press keys."""

    async def drive(bench: Bench, app: SimtuiApp, pilot: Pilot[None]) -> None:
        page = await _go(bench, app, pilot)
        await until(pilot, lambda: not page.asking and not page.diagnosis.waiting)
        await until(pilot, lambda: page.diagnosis.sentence[:16] in screen_text(app))
        await pilot.pause()
        await pilot.press(*keys)
        if "enter" in keys:
            await until(pilot, lambda: isinstance(app.screen, RungDialog))

    return drive


async def asking(bench: Bench, app: SimtuiApp, pilot: Pilot[None]) -> None:
    """The answers about the Thing are held back."""
    bench.cable.hold(lambda request: request.url.path.endswith(("/sessions", "/ipsec-tunnels")))
    await _go(bench, app, pilot)
    await until(pilot, lambda: "asking" in screen_text(app) and "Active" in screen_text(app))


async def _go(bench: Bench, app: SimtuiApp, pilot: Pilot[None]) -> WhyPage:
    await loaded(bench, app, pilot)
    await at(app, pilot, WhyPlace(_thing_id(bench)))
    await until(pilot, lambda: isinstance(app.page, WhyPage))
    page = app.page
    assert isinstance(page, WhyPage)
    return page


STATES = {
    "cause": State(played("tunnel-down"), opened()),
    "device": State(played("dead-battery"), opened()),
    "not-known": State(played("no-ext"), opened()),
    "nothing-wrong": State(played("nothing-wrong"), opened()),
    "asking": State(played("pool-exhausted"), asking),
    "evidence": State(played("firewall-rule"), opened("enter")),
    "read-only": State(played("suspended-by-colleague", read_only=True), opened()),
}
ROOMY = {"many": State(played("operator-outage-belgium"), opened())}
SMALL = {"small": State(played("imei-lock-breached"), opened())}
