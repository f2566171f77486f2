"""Leaving an account asks only when something is still under way."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest

from simtui.store.operation import Progress
from simtui.ui.leaving import what_goes_on
from simtui.ui.screens.confirm_dialog import ConfirmDialog
from tests.ui.app_bench import screen_text, until
from tests.ui.pages_bench import PagesBench, active, ended, pages_bench, start


@pytest.fixture
def bench(tmp_path: Path) -> PagesBench:
    return pages_bench(tmp_path)


async def test_leaving_is_asked_while_an_operation_runs(
    bench: PagesBench, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with bench.running() as (app, pilot):
        running = start(app, active(app, 45))
        await pilot.press("q")
        await until(pilot, lambda: isinstance(app.screen, ConfirmDialog))
        assert "Still under way: Suspend 45 Things." in screen_text(app)
        await pilot.press("escape")
        await until(pilot, lambda: app.screen is app.page)
        other = SimpleNamespace(name="prod")
        monkeypatch.setattr(app.launcher, "of_name", lambda name: other)
        app.page.open_bar(":", "profile prod")
        await pilot.press("enter")
        await until(pilot, lambda: "Go to prod now?" in screen_text(app))
        await pilot.press("escape")
        await until(pilot, lambda: app.screen is app.page)
        assert app.is_running and not running.done
        await pilot.press("q", "y")
        await until(pilot, lambda: app._exit)
        await running.close()


async def test_quitting_is_not_asked_when_all_is_done(bench: PagesBench) -> None:
    async with bench.running() as (app, pilot):
        await ended(bench, pilot, start(app, active(app, 45)))
        await pilot.press("q")
        await until(pilot, lambda: app._exit)


@pytest.mark.parametrize(("batch", "warned"), [(1, True), (2, False)])
def test_requests_that_would_never_be_sent_are_told(batch: int, warned: bool) -> None:
    one = SimpleNamespace(
        assignment=SimpleNamespace(summary="Suspend 700 Things"), progress=Progress(batch, 2)
    )
    assert ("never sent" in what_goes_on((one,))) is warned
