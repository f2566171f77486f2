"""What the pages of runbooks send to the terminal; the bounds are 1.3 times what was measured."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from benchmarks.terminal import terminal_of
from tests.ui.app_bench import screen_text
from tests.ui.runbook_states import PAGES
from tests.ui.terminal_bench import on_terminal

MINUTE = 65.0


@pytest.mark.parametrize("page", PAGES)
async def test_a_page_on_which_nothing_changes_writes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, page: str
) -> None:
    async with on_terminal(PAGES[page].bench(tmp_path), monkeypatch) as terminal:
        await PAGES[page].drive(terminal.bench, terminal.app, terminal.pilot)
        await terminal.poll(MINUTE)  # the fleet is as new as it gets
        shown = screen_text(terminal.app)
        for _ in range(3):
            terminal.app.visit.runbooks.look()
            assert await terminal.poll(MINUTE) == 0
        assert screen_text(terminal.app) == shown


async def test_while_a_revive_waits_ten_seconds_cost_three_lines(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = PAGES["revive-waiting"]
    async with on_terminal(page.bench(tmp_path), monkeypatch) as terminal:
        await page.drive(terminal.bench, terminal.app, terminal.pilot)
        await terminal.settled()
        costs = []
        for _ in range(2):
            terminal_of(terminal.app).reset()
            terminal.bench.clock.moment += timedelta(seconds=10)
            terminal.app.visit.runbooks.look()
            terminal.app.page.tick()
            costs.append(await terminal.settled())
        assert all(0 < cost <= 960 for cost in costs), costs
