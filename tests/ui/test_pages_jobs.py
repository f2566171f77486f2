"""The jobs and one job: how far they are, what came of them, and what can be done about it."""

from __future__ import annotations

from pathlib import Path

import pytest

from simtui.models import State
from simtui.sandbox.jobs import start_job
from simtui.ui.history import JobPlace, ThingPlace
from simtui.ui.screens.confirm_dialog import ConfirmDialog
from simtui.ui.screens.job import JobPage
from simtui.ui.screens.jobs import JobsPage
from simtui.ui.screens.plan_dialog import PlanDialog
from tests.ui.app_bench import lines, screen_text, until
from tests.ui.pages_bench import PagesBench, accepted, active, ended, pages_bench, start


@pytest.fixture
def bench(tmp_path: Path) -> PagesBench:
    return pages_bench(tmp_path)


def cancels(bench: PagesBench) -> int:
    return sum(request.url.path.endswith("/cancel") for request in bench.cable.asked)


async def test_no_jobs_are_explained_and_a_job_is_followed_to_its_result(bench: PagesBench) -> None:
    async with bench.running() as (app, pilot):
        await pilot.press("8")
        await until(pilot, lambda: "There are no jobs." in screen_text(app))
        running = start(app, active(app, 45))
        job_id = await accepted(app, pilot)
        bench.world.clock.advance(0.6)
        await pilot.press("r")
        await until(pilot, lambda: "25/45" in screen_text(app))
        row = lines(app)[3]
        assert "◍ running" in row and "Suspend 45 Things" in row and "from here" in row
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.page, JobPage))
        assert "What became of each Thing stands here at its end" in screen_text(app)
        bench.world.failing_targets = 2
        await ended(bench, pilot, running)
        await until(pilot, lambda: "✗ failed" in lines(app)[6])
        text = screen_text(app)
        assert "45/45  100 %" in text
        assert "✓ 43 done · ✗ 2 failed · 0 skipped" in text
        assert "The platform could not reach the Thing's profile" in lines(app)[7]
        assert "✓ done" in lines(app)[8], "the failed come first"
        assert app.visit.trail.here == JobPlace(job_id)


async def test_what_failed_can_be_filtered_opened_copied_and_tried_again(bench: PagesBench) -> None:
    async with bench.running() as (app, pilot):
        things = active(app, 12)
        bench.world.failing_targets = 2
        await ended(bench, pilot, start(app, things))
        await app.go(JobPlace(app.feed.store.journal.entries[0].job_id))
        await until(pilot, lambda: "✗ failed" in screen_text(app))
        for rows, word in ((2, "only failed"), (10, "only done"), (12, "")):
            await pilot.press("v")
            await pilot.pause()
            assert len(app.page.keys()) == rows
            assert word in lines(app)[1]
        await pilot.press("v", "escape")
        await pilot.pause()
        assert len(app.page.keys()) == 12, "esc shows all of them again"
        await pilot.press("c")
        failed = [thing.iccid for thing in things[:2]]
        assert all(f"✗ {iccid}" in app.clipboard for iccid in failed)
        assert "10 done, 2 failed, 0 skipped" in app.clipboard
        await pilot.press("R")
        await until(pilot, lambda: isinstance(app.screen, PlanDialog))
        assert "change 2" in screen_text(app)
        await pilot.press("escape", "j", "enter")
        await until(pilot, lambda: app.visit.trail.here == ThingPlace(things[1].thing_id))
        await pilot.press("left_square_bracket")
        await until(pilot, lambda: isinstance(app.page, JobPage) and len(app.page.keys()) == 12)
        assert app.page.table.cursor_index == 1, "the cursor is where it was"


async def test_a_job_is_stopped_once_after_a_question_and_what_it_did_stays(
    bench: PagesBench,
) -> None:
    async with bench.running() as (app, pilot):
        running = start(app, active(app, 45))
        job_id = await accepted(app, pilot)
        bench.world.clock.advance(0.6)
        await pilot.press("8")
        await until(pilot, lambda: "25/45" in screen_text(app))
        await pilot.press("x", "n", "x")
        await until(pilot, lambda: isinstance(app.screen, ConfirmDialog))
        assert "what was done stays done" in screen_text(app)
        assert cancels(bench) == 0
        await pilot.press("y")
        await until(pilot, lambda: bench.world.jobs[job_id].status == "CANCELLED")
        await until(pilot, lambda: "Cancelled at 25/45" in lines(app)[-1])
        assert cancels(bench) == 1
        await ended(bench, pilot, running)
        await until(pilot, lambda: "⊘ cancelled" in screen_text(app))
        await pilot.press("x")
        await pilot.pause()
        assert isinstance(app.screen, JobsPage)
        assert "ended already" in lines(app)[-1]
        suspended = sum(thing.state == State.SUSPENDED for thing in bench.world.things.values())
        assert suspended >= 25


async def test_a_cancel_whose_answer_was_lost_is_looked_up_and_told(bench: PagesBench) -> None:
    async with bench.running() as (app, pilot):
        running = start(app, active(app, 45))
        await accepted(app, pilot)
        await pilot.press("8")
        await until(pilot, lambda: "0/45" in screen_text(app))
        bench.faults.switch_on("drop-after", {"path": "/jobs/", "method": "POST"})
        await pilot.press("x")
        await until(pilot, lambda: isinstance(app.screen, ConfirmDialog))
        await pilot.press("y")
        await until(pilot, lambda: "the answer was lost; looking" in lines(app)[-1])

        def is_told() -> bool:
            bench.pass_time(1)
            return "looked up: The job is cancelled" in lines(app)[-1]

        await until(pilot, is_told)
        assert cancels(bench) == 1
        await ended(bench, pilot, running)


async def test_a_strange_job_says_that_only_its_author_can_try_again(bench: PagesBench) -> None:
    """Of a colleague, of a dry run, of a type nobody knows, and one that is gone."""
    foreign = start_job(
        bench.world,
        kind="FROBNICATE",
        by="d\x1ban@example.com",
        now=bench.world.clock.now(),
        total=0,
    )
    async with bench.running() as (app, pilot):
        await pilot.press("8")
        await until(pilot, lambda: "FROBNICATE" in screen_text(app))
        assert "d\\x1ban" in screen_text(app)
        await pilot.press("enter")
        await until(pilot, lambda: "✓ 0 done" in screen_text(app))
        await pilot.press("R")
        await pilot.pause()
        assert "Not started from here" in lines(app)[-1]
        await app.go(JobPlace("j_none"))
        await until(pilot, lambda: "The job could not be loaded." in screen_text(app))
        assert foreign.job_id != "j_none"


async def test_nothing_that_writes_is_offered_when_read_only(bench: PagesBench) -> None:
    bench.read_only = True
    start_job(bench.world, kind="PING", by="x", now=bench.world.clock.now(), total=3)
    async with bench.running() as (app, pilot):
        await pilot.press("8")
        await until(pilot, lambda: "Ping" in screen_text(app))
        await pilot.press("x")
        await pilot.pause()
        assert isinstance(app.screen, JobsPage)
        assert "cancel" not in lines(app)[-1]
        await pilot.press("enter", "x", "R", "z")
        await pilot.pause()
        assert isinstance(app.screen, JobPage)
        assert cancels(bench) == 0
