"""The arrows of a form belong to the form: they choose among what is offered."""

from __future__ import annotations

from simtui.ui.history import NetworksPlace
from simtui.ui.screens.form_dialog import FormDialog
from simtui.ui.widgets.form_offers import FormOffers
from tests.ui.app_bench import Bench, until
from tests.ui.config_bench import at, dialog


async def test_up_and_down_choose_and_tab_takes_it(bench: Bench) -> None:
    async with bench.running() as (app, pilot):
        await at(app, pilot, NetworksPlace())
        await pilot.press("n")
        form = await dialog(app, pilot, FormDialog)
        await pilot.press("x", "tab")
        offers = form.query_one(FormOffers)
        await until(pilot, lambda: offers.chosen == "off")
        await pilot.press("up")
        await until(pilot, lambda: offers.chosen == "on")
        await pilot.press("down", "down", "tab")
        await until(pilot, lambda: form.answers["isolation"] == "on")
