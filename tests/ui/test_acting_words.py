"""The words behind ``:``, and what may not be done."""

from __future__ import annotations

import pytest

from simtui.errors import UsageError
from simtui.ui.acting.order_words import read_order, split_on
from simtui.ui.page import ORDERS
from simtui.ui.screens.form_dialog import FormDialog
from simtui.ui.screens.plan_dialog import PlanDialog
from simtui.ui.widgets.command_bar import CommandBar
from tests.ui.acting_bench import planned, rehearsed, writes
from tests.ui.app_bench import Bench, lines, screen_text, until


async def order(app, pilot, text: str) -> None:
    app.page.open_bar(":", text)
    await pilot.press("enter")
    under_way = [worker for worker in app.workers if worker.group == ORDERS]
    if under_way:
        await app.workers.wait_for_complete(under_way)
    await pilot.pause()


async def test_words_act_on_the_row_or_on_what_is_said(bench: Bench) -> None:
    async with bench.running() as (app, pilot):
        await order(app, pilot, "add-tag depot-9, spare")
        dialog = await planned(app, pilot)
        assert dialog.plan.action.tags == ("depot-9", "spare")
        assert len(dialog.plan.things) == 1
        await pilot.press("escape")
        await pilot.pause()
        await order(app, pilot, "move north-yard on tag:water")
        dialog = await rehearsed(bench, app, pilot)
        assert dialog.plan.selection.tag == "water"
        await pilot.press("escape")
        await pilot.pause()
        await order(app, pilot, "move")
        assert isinstance(app.screen, FormDialog)
        await pilot.press("escape")
        assert writes(bench) == []


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("suspend on tag:nobody", "Nobody is meant"),
        ("add-tag b!d", "b!d"),
        ("move nowhere", "nowhere"),
        ("suspend on state:wrong", "state"),
        ('add-tag "open', "quote"),
    ],
)
async def test_what_is_not_understood_is_refused_in_the_bar(bench: Bench, typed, why) -> None:
    async with bench.running() as (app, pilot):
        await order(app, pilot, typed)
        assert app.page.query_one(CommandBar).is_open
        assert "✗" in lines(app)[-2]
        assert why in lines(app)[-2]


async def test_words_and_their_arguments_complete(bench: Bench) -> None:
    async with bench.running() as (app, pilot):
        complete = app.orders.complete
        assert "suspend " in complete("su")
        assert complete("move nor") == ["move north-yard"]
        assert complete("add-tag dep") == ["add-tag depot-7"]
        assert complete("services ") == [
            f"services {one}" for one in ("both", "data", "sms", "none")
        ]
        assert "suspend on group:north-yard" in complete("suspend on group:nor")
        await pilot.pause()


async def test_read_only_has_no_writing_key_and_every_word_says_why(bench: Bench) -> None:
    bench.read_only = True
    async with bench.running() as (app, pilot):
        for key in ("a", "t", "e", "ctrl+d", "z"):
            await pilot.press(key)
            assert app.screen is app.visit.things, key
        for word in ("suspend", "act", "edit", "undo", "add-tag x"):
            await order(app, pilot, word)
            assert "This run is read-only" in lines(app)[-2], word
            await pilot.press("escape")
        assert "suspend " not in app.orders.complete("s")
        assert "act" not in app.orders.complete("a")
        assert writes(bench) == []


async def test_what_the_level_forbids_is_dim_names_the_level_and_does_nothing(
    bench: Bench,
) -> None:
    bench.faults.switch_on("permission-level", {"level": "OPERATOR"})
    async with bench.running((120, 40)) as (app, pilot):
        await until(pilot, lambda: app.visit.acting.level == "OPERATOR")
        await pilot.press("a")
        await pilot.pause()
        retire = next(line for line in lines(app) if "Retire" in line)
        assert "needs NETWORK_MANAGER, you are OPERATOR" in retire
        await pilot.press("x")
        await pilot.pause()
        assert "Act on" in screen_text(app)
        await pilot.press("escape", "ctrl+d")
        await pilot.pause()
        assert not isinstance(app.screen, PlanDialog)
        assert "needs NETWORK_MANAGER or ADMINISTRATOR" in lines(app)[-1]
        await order(app, pilot, "retire")
        assert "needs NETWORK_MANAGER" in lines(app)[-2]


@pytest.mark.parametrize(
    ("text", "arguments", "filter_text"),
    [
        ("", (), None),
        ("depot-7", ("depot-7",), None),
        ('"North yard"', ("North yard",), None),
        ("on tag:depot-7", (), "tag:depot-7"),
        ('"North yard" on group:"South on sea" x', ("North yard",), 'group:"South on sea" x'),
        ("left on on tag:a", ("left", "on"), "tag:a"),
        ("can't wait", ("can't", "wait"), None),
        ("onto config", ("onto", "config"), None),
        ("stolen on ", ("stolen",), ""),
    ],
)
def test_of_whom_stands_behind_the_last_on(text, arguments, filter_text) -> None:
    assert read_order(text) == (arguments, filter_text)


def test_a_quote_that_is_not_closed_is_refused() -> None:
    assert split_on('"a on b') == ('"a', "b")
    with pytest.raises(UsageError, match="quote"):
        read_order('"a')
