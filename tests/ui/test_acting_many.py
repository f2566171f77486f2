"""Acting on many Things: of whom, the rehearsal, the job, and what is left marked."""

from __future__ import annotations

import json

from simtui.ui.history import JobPlace
from simtui.ui.screens.action_menu import ActionMenu
from simtui.ui.screens.paste_dialog import PasteDialog
from simtui.ui.screens.plan_dialog import PlanDialog
from tests.ui.acting_bench import let_run, rehearsed, writes
from tests.ui.app_bench import Bench, lines, screen_text, until


def active(app) -> list:
    every = (app.feed.thing(key) for key in app.visit.things.table._keys)
    return [thing for thing in every if thing.state == "ACTIVE"]


def mark(app, things) -> None:
    app.visit.things.table.marked = [thing.thing_id for thing in things]


async def test_marked_rows_are_rehearsed_confirmed_and_followed_to_their_job(
    bench: Bench,
) -> None:
    async with bench.running() as (app, pilot):
        things = active(app)[:4]
        mark(app, things)
        await pilot.press("t")
        await until(pilot, lambda: "Asking the API what would happen" in screen_text(app))
        await pilot.press("enter")
        assert isinstance(app.screen, PlanDialog), "an answer that is not there yet is no answer"
        await rehearsed(bench, app, pilot)
        assert "enter: suspend 4 Things · esc: leave it" in screen_text(app)
        assert "as the API sees it" in screen_text(app)
        assert writes(bench) == []
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.visit.trail.here, JobPlace))
        operations = app.visit.feed.store.operations
        await let_run(bench, pilot, lambda: not operations.running)
        assert {bench.world.things[one.thing_id].state for one in things} == {"SUSPENDED"}
        (request,) = writes(bench)
        sent = json.loads(request.content)
        assert sent["expectedCount"] == 4
        assert sorted(sent["target"]["thingIds"]) == sorted(one.thing_id for one in things)
        assert not app.visit.things.table.marked
        assert "4 Things done" in lines(app)[-1]


async def test_the_word_of_the_api_stands_against_our_guess(bench: Bench) -> None:
    async with bench.running() as (app, pilot):
        things = active(app)[:3]
        mark(app, things)
        bench.world.things[things[0].thing_id].state = "RETIRED"
        bench.world.things[things[1].thing_id].state = "SUSPENDED"
        await pilot.press("t")
        dialog = await rehearsed(bench, app, pilot)
        shown = screen_text(app)
        assert [change.thing for change in dialog.plan.changes] == [things[2]]
        assert "already so 1" in shown
        assert not any("All 3" in remark.text for remark in dialog.plan.remarks)
        assert "not possible 1" in shown
        assert "RETIRED" in dialog.plan.illegal[0].reason
        await pilot.press("left")
        await pilot.pause()
        assert "▸ change 1" in screen_text(app)
        await pilot.press("enter")
        operations = app.visit.feed.store.operations
        await let_run(bench, pilot, lambda: not operations.running)
        assert app.visit.things.table.marked == {one.thing_id for one in things[:2]}


async def test_a_target_that_grew_is_refused_in_the_dialog_and_planned_again(
    bench: Bench,
) -> None:
    async with bench.running() as (app, pilot):
        tag = "nl"
        before = [one for one in active(app) if tag in one.tags]
        other = next(one for one in active(app) if tag not in one.tags)
        record = bench.world.things[other.thing_id]
        record.tags = (*record.tags, tag)
        app.page.open_bar(":", f"services none on tag:{tag}")
        await pilot.press("enter")
        dialog = await rehearsed(bench, app, pilot)
        assert len(dialog.plan.changes) >= len(before)
        assert "r: plan it again" in screen_text(app)
        assert "✗" in screen_text(app)
        await pilot.press("enter")
        assert app.screen is dialog
        await pilot.press("r")
        await let_run(bench, pilot, lambda: app.screen is not dialog)
        await rehearsed(bench, app, pilot)
        assert other.thing_id in {one.thing_id for one in app.screen.plan.things}
        assert writes(bench) == []


async def test_tab_asks_for_other_things_and_esc_comes_back(bench: Bench) -> None:
    async with bench.running() as (app, pilot):
        mark(app, active(app)[:2])
        await pilot.press("a")
        await pilot.pause()
        assert "Act on 2 marked Things" in screen_text(app)
        assert "for one Thing at a time" in screen_text(app)
        await pilot.press("tab")
        await pilot.pause()
        shown = screen_text(app)
        assert all(text in shown for text in ("the marked rows", "this row", "60 Things"))
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, ActionMenu))
        await pilot.press("tab", "down", "down", "down", "enter")
        await pilot.pause()
        assert "with a tag" in screen_text(app)
        await pilot.press(*"water", "enter")
        await until(pilot, lambda: isinstance(app.screen, ActionMenu))
        count = sum("water" in one.tags for one in app.feed.index)
        assert f"Act on tag water ({count} Things)" in screen_text(app)


async def test_a_pasted_list_goes_on_only_when_it_is_right_or_one_says_so(bench: Bench) -> None:
    async with bench.running() as (app, pilot):
        known = [one.iccid for one in active(app)[:2]]
        await pilot.press("a", "tab", "up", "enter")
        await until(pilot, lambda: isinstance(app.screen, PasteDialog))
        await pilot.press("ctrl+g", "ctrl+s")
        await pilot.pause()
        assert "no ICCID in it" in screen_text(app)
        area = app.screen.query_one("TextArea")
        area.text = "\n".join([known[0], "8931x", known[1], "8931086200000000019"])
        await pilot.press("ctrl+s")
        await pilot.pause()
        shown = screen_text(app)
        assert "2 are no Thing of this account" in shown
        assert "line 2  8931x" in shown
        assert "line 4  8931086200000000019" in shown
        area.text = known[0] + "\nstill wrong"
        await pilot.pause()
        await pilot.press("ctrl+g")
        assert isinstance(app.screen, PasteDialog), "what was told is about another text"
        await pilot.press("ctrl+s", "ctrl+g")
        await until(pilot, lambda: isinstance(app.screen, ActionMenu))
        assert "1 pasted ICCID" in screen_text(app)
