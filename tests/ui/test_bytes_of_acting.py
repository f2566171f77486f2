"""What acting sends to the terminal; the bounds are 1.3 times what was measured."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from simtui.ui.screens.plan_dialog import PlanDialog
from tests.ui.acting_states import acting_bench, job_begun, menu
from tests.ui.app_bench import screen_text
from tests.ui.pages_bench import PagesBench
from tests.ui.terminal_bench import SCREEN, Terminal, on_terminal


@pytest.fixture
async def terminal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Terminal[PagesBench]]:
    async with on_terminal(acting_bench(tmp_path), monkeypatch) as terminal:
        yield terminal


async def test_a_job_costs_nothing_while_it_stands_still_and_little_when_it_goes_on(
    terminal: Terminal[PagesBench],
) -> None:
    await job_begun(terminal.bench, terminal.app, terminal.pilot)
    await terminal.settled()
    rounds = [await terminal.look(5) for _ in range(3)]
    assert rounds == [0, 0, 0]
    terminal.bench.world.clock.advance(0.6)
    step = await terminal.look(5)
    assert "25/45" in screen_text(terminal.app)
    assert 0 < step <= 1100


async def test_moving_in_the_menu_and_in_a_plan_is_two_lines(
    terminal: Terminal[PagesBench],
) -> None:
    await menu(terminal.bench, terminal.app, terminal.pilot)
    for _ in range(3):
        assert 0 < await terminal.press("j") <= 620
    await terminal.press("escape")
    assert await terminal.press("t") <= 6 * SCREEN
    assert isinstance(terminal.app.screen, PlanDialog)
    for key in ("j", "j", "s"):
        assert 0 < await terminal.press(key) <= 620


async def test_a_menu_costs_some_screens(terminal: Terminal[PagesBench]) -> None:
    await menu(terminal.bench, terminal.app, terminal.pilot)
    assert await terminal.press("escape") <= 3.5 * SCREEN
    assert await terminal.press("a") <= 7 * SCREEN
