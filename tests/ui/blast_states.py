"""The states of the blast radius, on a frozen world in which a group has fallen silent."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from textual.pilot import Pilot

from simtui.sandbox.life.thing_trouble import go_silent
from simtui.ui.app import SimtuiApp
from simtui.ui.history import BlastPlace
from simtui.ui.screens.blast import BlastPage
from tests.ui.app_bench import NOW, Bench, bench_in, is_loaded, until
from tests.ui.states import State
from tests.ui.terminal_bench import QUOTA

GROUP = "gateways"
SILENT_FOR = timedelta(hours=3)


def blast_bench(folder: Path) -> Bench:
    """All Things of a group went silent three hours ago."""
    bench = bench_in(folder, things=400)
    bench.cable.without = QUOTA
    strike(bench, GROUP)
    return bench


def strike(bench: Bench, group: str) -> None:
    """Let the ACTIVE Things of a group fall silent."""
    world = bench.world
    group_ids = {one.name: one.group_id for one in world.groups.values()}
    for number, thing in enumerate(list(world.things.values())):
        if thing.group_id == group_ids[group] and thing.state == "ACTIVE" and thing.session:
            go_silent(world, thing, NOW - SILENT_FOR + timedelta(seconds=number % 40))
            thing.as_of = NOW


async def looked(app: SimtuiApp, pilot: Pilot[None]) -> BlastPage:
    """Wait until the page has its result."""
    await until(pilot, lambda: isinstance(app.page, BlastPage) and app.page.blast is not None)
    page = app.page
    assert isinstance(page, BlastPage)
    return page


async def findings(bench: Bench, app: SimtuiApp, pilot: Pilot[None]) -> None:
    await until(pilot, lambda: is_loaded(app))
    await app.go(BlastPlace())
    await looked(app, pilot)


async def values(bench: Bench, app: SimtuiApp, pilot: Pilot[None]) -> None:
    await findings(bench, app, pilot)
    await pilot.press("v", "j")


async def changes(bench: Bench, app: SimtuiApp, pilot: Pilot[None]) -> None:
    await findings(bench, app, pilot)
    await pilot.press("tab", "tab")


async def independent(bench: Bench, app: SimtuiApp, pilot: Pilot[None]) -> None:
    await until(pilot, lambda: is_loaded(app))
    await app.go(BlastPlace("group:charging,meters"))
    await looked(app, pilot)


async def waiting(bench: Bench, app: SimtuiApp, pilot: Pilot[None]) -> None:
    await app.go(BlastPlace())


PAGES = {
    "findings": State(blast_bench, findings),
    "values": State(blast_bench, values),
    "changes": State(blast_bench, changes),
    "independent": State(blast_bench, independent),
}
