"""The states of a bill, each brought about on a frozen world."""

from __future__ import annotations

from pathlib import Path

from textual.pilot import Pilot

from simtui.models.billing import Scope
from simtui.ui.app import SimtuiApp
from simtui.ui.history import BillingPlace
from simtui.ui.screens.billing import BillingPage
from simtui.ui.screens.menu_dialog import MenuDialog
from tests.ui.app_bench import Bench, bench_in, screen_text, until
from tests.ui.config_bench import at, dialog
from tests.ui.config_states import quiet_bench
from tests.ui.states import Drive, State, loaded

QUOTA = frozenset({"quota-limit", "quota-used", "quota-available", "quota-reset-utc"})


def large_bench(folder: Path) -> Bench:
    """A report by Thing takes a job here."""
    bench = bench_in(folder, things=400)
    bench.cable.without = QUOTA
    return bench


def operators_bench(folder: Path) -> Bench:
    bench = quiet_bench(folder)
    bench.credentials.of("ADMINISTRATOR").user.permission_level = "OPERATOR"
    return bench


def idle_bench(folder: Path) -> Bench:
    """Some Things are charged and were not used."""
    bench = quiet_bench(folder)
    for thing in list(bench.world.things.values())[:9]:
        thing.data_bytes = thing.sms_mt = thing.sms_mo = 0
    return bench


def shows_bill(place: BillingPlace, *keys: str) -> Drive:
    """Go to a bill, press keys, and wait until its rows are there."""

    async def drive(bench: Bench, app: SimtuiApp, pilot: Pilot[None]) -> None:
        await loaded(bench, app, pilot)
        await at(app, pilot, place)
        await settled(app, pilot)
        await pilot.press(*keys)
        await settled(app, pilot)

    return drive


async def settled(app: SimtuiApp, pilot: Pilot[None]) -> BillingPage:
    """The page when its rows are there."""
    await until(pilot, lambda: isinstance(app.page, BillingPage) and not app.page.asking)
    await until(pilot, lambda: app.page._list.shown is not None and not app.page._list.busy)
    return app.page


async def of_a_group(bench: Bench, app: SimtuiApp, pilot: Pilot[None]) -> None:
    groups = bench.world.groups.values()
    group = next(one.group_id for one in groups if one.name == "depot-7")
    await shows_bill(BillingPlace(Scope.GROUP, group))(bench, app, pilot)


async def choosing(bench: Bench, app: SimtuiApp, pilot: Pilot[None]) -> None:
    await shows_bill(BillingPlace(view="groups"))(bench, app, pilot)
    await pilot.press("d")
    await dialog(app, pilot, MenuDialog)


async def compared(bench: Bench, app: SimtuiApp, pilot: Pilot[None]) -> None:
    await choosing(bench, app, pilot)
    await pilot.press("enter")
    await settled(app, pilot)


async def says(app: SimtuiApp, pilot: Pilot[None], place: BillingPlace, text: str) -> None:
    await at(app, pilot, place)
    await until(pilot, lambda: text in screen_text(app))


async def being_made(bench: Bench, app: SimtuiApp, pilot: Pilot[None]) -> None:
    await loaded(bench, app, pilot)
    await says(app, pilot, BillingPlace(view="things"), "The report is being made")
    await until(pilot, lambda: "at its end" in screen_text(app))


async def not_allowed(bench: Bench, app: SimtuiApp, pilot: Pilot[None]) -> None:
    await loaded(bench, app, pilot)
    await says(app, pilot, BillingPlace(), "The bill cannot be shown")


BILLS = {
    "lines": State(quiet_bench, shows_bill(BillingPlace())),
    "groups": State(quiet_bench, shows_bill(BillingPlace(view="groups"))),
    "things": State(quiet_bench, shows_bill(BillingPlace(view="things"))),
    "days": State(quiet_bench, shows_bill(BillingPlace(view="days"))),
    "group": State(quiet_bench, of_a_group),
    "closed": State(quiet_bench, shows_bill(BillingPlace(cycle_id="2026-10", view="groups"))),
    "unused": State(idle_bench, shows_bill(BillingPlace(view="things", unused=True))),
    "compared": State(quiet_bench, compared),
    "being-made": State(large_bench, being_made),
    "not-allowed": State(operators_bench, not_allowed),
}
DIALOGS = {"choosing": State(quiet_bench, choosing)}
