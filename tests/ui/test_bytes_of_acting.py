"""What acting sends to the terminal; the bounds are 1.3 times what was measured."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from textual.pilot import Pilot

from benchmarks.terminal import ENVIRONMENT, CountingDriver, terminal_of
from simtui.ui.app import SimtuiApp
from simtui.ui.screens.plan_dialog import PlanDialog
from tests.ui.acting_states import acting_bench, job_begun, menu
from tests.ui.app_bench import screen_text
from tests.ui.pages_bench import PagesBench

SCREEN = 6500
"""Bytes of a whole screen of 80x24, about."""


class Terminal:
    """The app on a terminal of 80x24, and what reaches it."""

    def __init__(self, bench: PagesBench, app: SimtuiApp, pilot: Pilot[None]) -> None:
        self.bench = bench
        self.app = app
        self.pilot = pilot

    def reset(self) -> None:
        terminal_of(self.app).reset()

    async def settled(self) -> int:
        """Bytes since `reset`, when everything is painted."""
        for _ in range(5):
            await self.pilot.pause()
        return terminal_of(self.app).bytes

    async def press(self, *keys: str) -> int:
        self.reset()
        await self.pilot.press(*keys)
        return await self.settled()

    async def look(self, seconds: float) -> int:
        """Bytes when the app asks how far a job is; something must have been asked."""
        self.reset()
        asked = len(self.bench.cable.asked)
        self.bench.clock.wake(seconds)
        written = await self.settled()
        assert len(self.bench.cable.asked) > asked
        return written


@pytest.fixture
async def terminal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Terminal]:
    for name, value in ENVIRONMENT.items():
        monkeypatch.setenv(name, value)
    monkeypatch.delenv("NO_COLOR", raising=False)
    bench = acting_bench(tmp_path)
    app = bench.app(CountingDriver)
    async with app.run_test(headless=False, size=(80, 24)) as pilot:
        yield Terminal(bench, app, pilot)


async def test_a_job_costs_nothing_while_it_stands_still_and_little_when_it_goes_on(
    terminal: Terminal,
) -> None:
    await job_begun(terminal.bench, terminal.app, terminal.pilot)
    await terminal.settled()
    rounds = [await terminal.look(5) for _ in range(3)]
    assert rounds == [0, 0, 0]
    terminal.bench.world.clock.advance(0.6)
    step = await terminal.look(5)
    assert "25/45" in screen_text(terminal.app)
    assert 0 < step <= 1100


async def test_moving_in_the_menu_and_in_a_plan_is_two_lines(terminal: Terminal) -> None:
    await menu(terminal.bench, terminal.app, terminal.pilot)
    for _ in range(3):
        assert 0 < await terminal.press("j") <= 620
    await terminal.press("escape")
    assert await terminal.press("t") <= 6 * SCREEN
    assert isinstance(terminal.app.screen, PlanDialog)
    for key in ("j", "j", "s"):
        assert 0 < await terminal.press(key) <= 620


async def test_a_menu_costs_some_screens(terminal: Terminal) -> None:
    await menu(terminal.bench, terminal.app, terminal.pilot)
    assert await terminal.press("escape") <= 3.5 * SCREEN
    assert await terminal.press("a") <= 7 * SCREEN
