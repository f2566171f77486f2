"""A stolen SIM by keys, from the evidence to the ticket text."""

from __future__ import annotations

from pathlib import Path

import pytest

from simtui.models.runbook import RunKind, StepState
from simtui.sandbox.life.thing_trouble import swap_imei
from simtui.store.run_files import runs_folder
from simtui.ui.history import ImeiPlace, ThingPlace, ThingsPlace
from simtui.ui.screens.form_dialog import FormDialog
from simtui.ui.screens.pick_dialog import PickDialog
from simtui.ui.screens.plan_dialog import PlanDialog
from tests.ui.acting_bench import planned, record
from tests.ui.app_bench import lines, screen_text, until
from tests.ui.runbook_bench import RunbookBench, nothing_is_left_to_chance, runbook_bench
from tests.ui.runbook_driving import begin_stolen, copied, online, opened, pass_time, run_of, state


@pytest.fixture(autouse=True)
def calm(monkeypatch: pytest.MonkeyPatch) -> None:
    nothing_is_left_to_chance(monkeypatch)


@pytest.fixture
def bench(tmp_path: Path) -> RunbookBench:
    return runbook_bench(tmp_path)


async def test_from_a_change_of_imei_to_the_ticket(bench: RunbookBench) -> None:
    """All of it by keys, in 80x24, step by step."""
    swap_imei(bench.world, bench.talking()[0], bench.world.clock.now())
    async with opened(bench) as (app, pilot):
        await app.go(ImeiPlace())
        await until(pilot, lambda: "NEW DEVICE" in screen_text(app))
        thing = app.feed.thing(app.page.table.cursor_key)
        await pilot.press("b")
        await until(pilot, lambda: isinstance(app.screen, PickDialog))
        assert "Stolen SIM" in screen_text(app)
        await pilot.press("enter")
        await until(pilot, lambda: "▶ 1 of 4" in screen_text(app))
        await pilot.press("enter")
        await until(pilot, lambda: "▶ 2 of 4" in screen_text(app))
        assert state(app, "evidence") == StepState.DONE
        assert thing.imei in screen_text(app)
        assert bench.sent == []
        await pilot.press("enter")
        dialog = await planned(app, pilot)
        assert dialog.plan.action.end_session
        assert bench.sent == []
        await pilot.press("enter")
        await until(pilot, lambda: len(bench.sent) == 1)
        assert bench.sent[0].url.params["endSession"] == "true"
        await pass_time(bench, app, pilot, lambda: "▶ 3 of 4" in screen_text(app))
        assert record(bench, thing).state == "SUSPENDED"
        assert record(bench, thing).session.state != "ONLINE"
        assert "suspended since" in run_of(app).step("suspend").said
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, FormDialog))
        await pilot.press("enter")
        await planned(app, pilot)
        await pilot.press("enter")
        await until(pilot, lambda: "▶ 4 of 4" in screen_text(app))
        assert "stolen" in record(bench, thing).tags
        await pilot.press("enter")
        await until(pilot, lambda: "✓ ended" in screen_text(app))
        ticket = copied(app)
        assert ticket.startswith(f"Stolen SIM: {thing.name}, ICCID {thing.iccid}")
        assert thing.imei in ticket
        assert "2 Suspend and end the session: ✓ done" in ticket
        assert "3 Tag: ✓ done" in ticket
        assert len(bench.sent) == 2


async def test_each_step_can_be_skipped_and_taken_up_again(bench: RunbookBench) -> None:
    async with opened(bench) as (app, pilot):
        await begin_stolen(app, pilot, online(bench, app))
        await pilot.press("x", "x", "x", "x")
        await until(pilot, lambda: run_of(app).ended)
        assert [step.state for step in run_of(app).steps] == [StepState.SKIPPED] * 4
        await pilot.press("R")
        await until(pilot, lambda: "▶ 1 of 4" in screen_text(app))
        await pilot.press("c")
        assert "Evidence: none was looked up" in copied(app)
        assert bench.sent == []


async def test_leaving_it_is_no_end_and_the_same_run_is_offered_again(bench: RunbookBench) -> None:
    async with opened(bench) as (app, pilot):
        thing = online(bench, app)
        await begin_stolen(app, pilot, thing)
        await pilot.press("enter")
        await until(pilot, lambda: "▶ 2 of 4" in screen_text(app))
        await pilot.press("enter")
        await planned(app, pilot)
        await pilot.press("escape", "escape")
        await until(pilot, lambda: isinstance(app.visit.trail.here, ThingPlace))
        assert bench.sent == []
        await pilot.press("b")
        await until(pilot, lambda: "go on with the one begun" in screen_text(app))
        await pilot.press("enter")
        await until(pilot, lambda: "▶ 2 of 4" in screen_text(app))
        assert len(app.visit.workspace.runs.all) == 1


async def test_a_session_that_goes_on_is_said_so_and_offered_a_reset(bench: RunbookBench) -> None:
    async with opened(bench) as (app, pilot):
        thing = online(bench, app)
        await begin_stolen(app, pilot, thing)
        await pilot.press("x", "enter")
        await planned(app, pilot)
        await pilot.press("s", "enter")
        await until(pilot, lambda: record(bench, thing).state == "SUSPENDED")

        def goes_on() -> bool:
            record(bench, thing).as_of = bench.world.clock.now()
            return "its session goes on" in screen_text(app)

        await pass_time(bench, app, pilot, goes_on, step=11)
        assert state(app, "suspend") == StepState.OFFERED
        assert "reset the connection" in screen_text(app)
        await pilot.press("enter")
        await planned(app, pilot)
        await pilot.press("enter")
        await pass_time(bench, app, pilot, lambda: "▶ 3 of 4" in screen_text(app))
        assert len(run_of(app).step("suspend").operations) == 2
        await pilot.press("c")
        assert copied(app).count("(request ") == 2


async def test_a_step_that_is_refused_says_why_and_can_be_tried_again(bench: RunbookBench) -> None:
    async with opened(bench) as (app, pilot):
        thing = online(bench, app)
        await begin_stolen(app, pilot, thing)
        await pilot.press("x", "enter")
        await planned(app, pilot)
        bench.faults.switch_on("not-entitled")
        await pilot.press("enter")
        await until(pilot, lambda: "✗ not done" in screen_text(app))
        bench.faults.switch_off("not-entitled")
        await pilot.press("enter")
        await planned(app, pilot)
        await pilot.press("enter")
        await pass_time(bench, app, pilot, lambda: "▶ 3 of 4" in screen_text(app))


async def test_another_tag_can_be_chosen_and_a_bad_one_is_refused_where_it_stands(
    bench: RunbookBench,
) -> None:
    async with opened(bench) as (app, pilot):
        thing = online(bench, app)
        await begin_stolen(app, pilot, thing)
        await pilot.press("x", "x", "enter")
        await until(pilot, lambda: isinstance(app.screen, FormDialog))
        await pilot.press("!", "enter")
        await until(pilot, lambda: "✗" in screen_text(app))
        assert isinstance(app.screen, FormDialog)
        await pilot.press(*["backspace"] * 7, *"INC-47", "enter")
        await planned(app, pilot)
        await pilot.press("enter")
        await until(pilot, lambda: "▶ 4 of 4" in screen_text(app))
        assert "INC-47" in record(bench, thing).tags


async def test_by_what_a_write_is_known_is_on_the_disk_before_it_can_be_confirmed(
    bench: RunbookBench,
) -> None:
    async with opened(bench) as (app, pilot):
        await begin_stolen(app, pilot, online(bench, app))
        await pilot.press("x", "enter")
        await until(pilot, lambda: isinstance(app.screen, PlanDialog))
        (file,) = runs_folder(bench.paths, bench.profile).glob("*.run.json")
        (operation,) = run_of(app).step("suspend").operations
        assert operation in file.read_text()
        await planned(app, pilot)
        await pilot.press("enter")
        journal = app.visit.workspace.store.journal
        await until(pilot, lambda: bool(journal.of_operation(operation)))


async def test_after_a_kill_what_the_journal_has_is_not_offered_again(bench: RunbookBench) -> None:
    """The run is as it was before the answer came; the journal knows more."""
    async with opened(bench) as (app, pilot):
        thing = online(bench, app)
        await begin_stolen(app, pilot, thing)
        await pilot.press("x", "enter")
        await planned(app, pilot)
        app.visit.workspace.runs._folder = None  # from here on nothing is written
        await pilot.press("enter")
        await pass_time(bench, app, pilot, lambda: "▶ 3 of 4" in screen_text(app))
    bench.process += 1
    async with opened(bench) as (app, pilot):
        assert state(app, "suspend") == StepState.OFFERED
        await until(pilot, lambda: "Not ended: Stolen SIM" in screen_text(app))
        await pilot.press("O")
        await until(pilot, lambda: "○ 2/4 open" in screen_text(app))
        await pilot.press("enter")
        await until(pilot, lambda: "▶ 3 of 4" in screen_text(app))
        assert state(app, "suspend") == StepState.DONE
        assert len(bench.sent) == 1


async def test_read_only_looks_up_and_copies_and_writes_nothing(bench: RunbookBench) -> None:
    bench.read_only = True
    async with opened(bench) as (app, pilot):
        await begin_stolen(app, pilot, online(bench, app))
        await pilot.press("enter")
        await until(pilot, lambda: "▶ 2 of 4" in screen_text(app))
        assert "not possible here" in lines(app)[2]
        await pilot.press("enter")
        await pilot.pause()
        assert not isinstance(app.screen, PlanDialog)
        await pilot.press("x", "x", "c")
        assert "Stolen SIM" in copied(app)
        assert bench.sent == []
        await app.go(ThingsPlace())
        await pilot.press("b", "down")
        await until(pilot, lambda: "Reviving is not possible here" in screen_text(app))
        await pilot.press("enter")
        await until(pilot, lambda: not isinstance(app.screen, PickDialog))
        assert run_of(app).kind == RunKind.STOLEN_SIM


async def test_a_level_that_may_not_is_told_which_one_may(bench: RunbookBench) -> None:
    bench.credentials.of("ADMINISTRATOR").user.permission_level = "BILLING"
    async with opened(bench) as (app, pilot):
        await begin_stolen(app, pilot, online(bench, app))
        await pilot.press("x")
        await until(pilot, lambda: "▶ 2 of 4" in screen_text(app))
        assert "needs OPERATOR" in lines(app)[2]
        await pilot.press("enter")
        await pilot.pause()
        assert bench.sent == []
