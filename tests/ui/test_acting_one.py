"""Acting on one Thing: from the key to the server and back."""

from __future__ import annotations

import json

from simtui.models.action import AddTags
from simtui.models.journal import Outcome
from simtui.ui.acting.turns import Turn
from simtui.ui.screens.action_menu import ActionMenu
from simtui.ui.screens.conflict_dialog import ConflictDialog
from simtui.ui.screens.form_dialog import FormDialog
from simtui.ui.screens.plan_dialog import PlanDialog
from simtui.ui.screens.thing import ThingPage
from tests.ui.acting_bench import first, let_run, planned, record, settled, to, writes
from tests.ui.app_bench import Bench, lines, screen_text, type_at_once, until


async def test_from_the_menu_over_the_plan_to_the_server_once(bench: Bench) -> None:
    async with bench.running() as (app, pilot):
        thing = first(app, "ACTIVE")
        to(app, thing)
        await pilot.press("a")
        await pilot.pause()
        assert f"Act on {thing.name}" in screen_text(app)
        await pilot.press("s", *"stolen", "enter")
        await planned(app, pilot)
        shown = screen_text(app)
        assert "ACTIVE → SUSPENDED" in shown
        assert "charged for this cycle" in shown
        assert f"enter: suspend {thing.name} · esc: leave it" in shown
        assert writes(bench) == []
        type_at_once(app, "\r\r\r")
        await until(pilot, lambda: record(bench, thing).state == "SUSPENDED")
        await settled(app, pilot)
        (request,) = writes(bench)
        assert json.loads(request.content) == {"state": "SUSPENDED", "reason": "stolen"}
        (entry,) = app.feed.store.journal.entries
        assert entry.outcome == Outcome.CONFIRMED
        assert app.feed.thing(thing.thing_id).state == "SUSPENDED"


async def test_leaving_the_plan_sends_nothing_and_t_resumes_what_is_suspended(
    bench: Bench,
) -> None:
    async with bench.running() as (app, pilot):
        to(app, first(app, "ACTIVE"))
        await pilot.press("t")
        await planned(app, pilot)
        await pilot.press("escape")
        await pilot.pause()
        assert app.screen is app.visit.things
        suspended = first(app, "SUSPENDED")
        to(app, suspended)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, ThingPage))
        await pilot.press("t")
        dialog = await planned(app, pilot)
        assert dialog.plan.action.state == "ACTIVE"
        assert writes(bench) == []
        await pilot.press("enter")
        await settled(app, pilot)
        assert record(bench, suspended).state == "ACTIVE"
        assert f"✓ {suspended.name} is active" in lines(app)[-1]
        assert isinstance(app.screen, ThingPage)


async def test_retiring_asks_for_the_iccid_and_can_end_the_session(bench: Bench) -> None:
    async with bench.running() as (app, pilot):
        thing = next(
            one
            for key in app.visit.things.table._keys
            if (one := app.feed.thing(key)).state == "ACTIVE"
            and one.session
            and one.session.state == "ONLINE"
        )
        to(app, thing)
        await pilot.press("ctrl+d")
        await planned(app, pilot)
        await pilot.press("enter")
        await pilot.pause()
        assert f"Type {thing.iccid} first" in screen_text(app)
        await pilot.press(*"123", "enter")
        await pilot.pause()
        assert "Nothing was done" in screen_text(app)
        await pilot.press(*["backspace"] * 3, "s", *thing.iccid)
        await pilot.pause()
        assert "s: [x] end the session too" in screen_text(app)
        assert writes(bench) == []
        await pilot.press("enter")
        await until(pilot, lambda: record(bench, thing).state == "RETIRED")
        (request,) = writes(bench)
        assert request.url.params["endSession"] == "true"
        assert request.headers["if-match"]


async def test_what_cannot_be_says_why_and_what_is_so_already_too(bench: Bench) -> None:
    async with bench.running() as (app, pilot):
        to(app, first(app, "PROVISIONED"))
        await pilot.press("a", "s", "enter")
        await until(pilot, lambda: isinstance(app.screen, PlanDialog))
        await pilot.pause()
        assert "not possible 1" in screen_text(app)
        assert "There is nothing to change" in screen_text(app)
        await pilot.press("enter")
        await pilot.pause()
        to(app, first(app, "ACTIVE"))
        await pilot.press("a", "r", "enter")
        await until(pilot, lambda: isinstance(app.screen, PlanDialog))
        await pilot.pause()
        assert "already so 1" in screen_text(app)
        await pilot.press("enter")
        await pilot.pause()
        assert app.screen is app.visit.things
        assert writes(bench) == []


async def test_bad_input_is_refused_where_it_stands_and_stays(bench: Bench) -> None:
    async with bench.running() as (app, pilot):
        await pilot.press("a", "plus", *"b!d", "enter")
        await pilot.pause()
        assert isinstance(app.screen, FormDialog)
        assert "✗" in screen_text(app)
        assert "b!d" in screen_text(app)
        await pilot.press("escape", "a", "l", *"192.0.2.1", "enter")
        await pilot.pause()
        assert isinstance(app.screen, FormDialog)
        assert "192.0.2.1 is outside the pools" in " ".join(screen_text(app).split())
        await pilot.press("escape", "a", "m", *"north", "enter")
        dialog = await planned(app, pilot)
        group = app.feed.context.groups[dialog.plan.action.things_group_id]
        assert group.name == "north-yard"


async def test_an_edit_sends_only_what_changed_and_z_takes_it_back(bench: Bench) -> None:
    async with bench.running() as (app, pilot):
        thing = first(app, "ACTIVE")
        to(app, thing)
        await pilot.press("e", "enter", "enter", "enter")
        await pilot.pause()
        assert "Nothing is changed" in screen_text(app)
        await pilot.press("shift+tab", *"in the yard", "tab", "end", *",spare", "enter")
        assert (await planned(app, pilot)).plan.action.description == "in the yard"
        await pilot.press("enter")
        await until(pilot, lambda: len(writes(bench)) == 1)
        dialog = await planned(app, pilot)
        assert "2 of 2" in screen_text(app)
        assert dialog.plan.action.tags == (*thing.tags, "spare")
        await pilot.press("enter")
        await settled(app, pilot)
        described, _ = writes(bench)
        assert json.loads(described.content) == {"description": "in the yard"}
        assert "spare" in record(bench, thing).tags
        await pilot.press("z")
        await planned(app, pilot)
        await pilot.press("enter")
        await settled(app, pilot)
        assert tuple(record(bench, thing).tags) == thing.tags
        assert app.feed.store.journal.entries[-1].intent.undoes


async def test_a_second_writer_is_shown_in_three_columns_and_nothing_is_overwritten(
    bench: Bench,
) -> None:
    async with bench.running((120, 40)) as (app, pilot):
        thing = first(app, "ACTIVE")
        to(app, thing)
        bench.faults.switch_on("second-writer")
        await pilot.press("t")
        await planned(app, pilot)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, ConflictDialog))
        shown = screen_text(app)
        assert "was changed meanwhile" in shown
        assert all(word in shown for word in ("theirs", "mine", "Description", "SUSPENDED"))
        assert record(bench, thing).state == "ACTIVE"
        await pilot.press("m", "m")
        await settled(app, pilot)
        refused, taken = writes(bench)
        assert refused.headers["if-match"] != taken.headers["if-match"]
        assert record(bench, thing).state == "SUSPENDED"
        assert record(bench, thing).description, "theirs is still there"


async def test_a_lost_answer_is_looked_up_and_never_sent_again(bench: Bench) -> None:
    async with bench.running() as (app, pilot):
        thing = first(app, "ACTIVE")
        to(app, thing)
        bench.faults.switch_on("drop-after", {"method": "PUT"})
        await pilot.press("t")
        await planned(app, pilot)
        await pilot.press("enter")
        await let_run(bench, pilot, lambda: not app.visit.feed.store.operations.running)
        assert len(writes(bench)) == 1
        assert f"✓ {thing.name} is suspended" in lines(app)[-1]


async def test_an_action_that_the_api_does_not_offer_is_said_to_be_so_from_then_on(
    bench: Bench,
) -> None:
    async with bench.running() as (app, pilot):
        to(app, first(app, "ACTIVE"))
        bench.faults.switch_on("ext-absent")
        await pilot.press("a", "c")
        await planned(app, pilot)
        await pilot.press("enter")
        await settled(app, pilot)
        assert "Could not reset the connection" in lines(app)[-1]
        await pilot.press("a")
        await pilot.pause()
        row = next(line for line in lines(app) if "Reset the connection" in line)
        assert "this API does not offer it" in row
        await pilot.press("c")
        await pilot.pause()
        assert isinstance(app.screen, ActionMenu), "it cannot be chosen any more"
        assert len(writes(bench)) == 1


async def test_keys_typed_ahead_go_where_they_are_meant_and_confirm_nothing(bench: Bench) -> None:
    async with bench.running() as (app, pilot):
        type_at_once(app, "a\r")
        await until(pilot, lambda: isinstance(app.screen, ActionMenu))
        await pilot.press("escape")
        await pilot.pause()
        type_at_once(app, "a+quiet")
        await until(pilot, lambda: isinstance(app.screen, FormDialog))
        await until(pilot, lambda: "quiet" in screen_text(app))
        assert writes(bench) == []


async def test_a_next_turn_that_cannot_be_taken_is_said_and_ends_it(bench: Bench) -> None:
    async with bench.running() as (app, pilot):
        thing = first(app, "ACTIVE")
        turns = [
            Turn(AddTags(("spare",)), thing.name, (thing.thing_id,)),
            Turn(AddTags(("spare",)), "the one that left", ("t_gone",)),
        ]
        app.visit.acting._proposing.take_turns(turns)
        await planned(app, pilot)
        assert "1 of 2" in screen_text(app)
        await pilot.press("enter")
        await until(pilot, lambda: app.last_error is not None)
        assert "one that left is not known here" in str(app.last_error)
        await until(pilot, lambda: len(writes(bench)) == 1)
