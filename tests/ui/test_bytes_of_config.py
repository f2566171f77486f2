"""What the pages of editing send to the terminal; the bounds are 1.3 times what was measured."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.ui.app_bench import screen_text
from tests.ui.config_bench import network_named
from tests.ui.config_states import PAGES
from tests.ui.terminal_bench import SCREEN, on_terminal, writes_nothing

MINUTE = 65.0


@pytest.mark.parametrize("page", PAGES)
async def test_a_page_on_which_nothing_changes_writes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, page: str
) -> None:
    async with on_terminal(PAGES[page].bench(tmp_path), monkeypatch) as terminal:
        await writes_nothing(terminal, PAGES[page].drive, MINUTE)


async def test_a_tunnel_that_comes_up_is_painted_once_or_twice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = PAGES["tunnel-with-an-error"]
    async with on_terminal(page.bench(tmp_path), monkeypatch) as terminal:
        await page.drive(terminal.bench, terminal.app, terminal.pilot)
        await terminal.settled()
        tunnels = network_named(terminal.bench, "depots").tunnels
        tunnel = next(iter(tunnels.values()))
        tunnel.state, tunnel.last_error = "UP", None
        assert 0 < await terminal.poll(MINUTE) <= 2.4 * SCREEN
        assert "NO_PROPOSAL" not in screen_text(terminal.app)
        assert await terminal.poll(MINUTE) == 0


async def test_a_rule_that_is_moved_or_switched_off_is_its_lines(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = PAGES["firewall-edited"]
    async with on_terminal(page.bench(tmp_path), monkeypatch) as terminal:
        await page.drive(terminal.bench, terminal.app, terminal.pilot)
        await terminal.settled()
        for key in ("j", "k", "t"):
            assert 0 < await terminal.press(key) <= 660
        for key in ("J", "K"):
            assert 0 < await terminal.press(key) <= 1200
        assert await terminal.press("tab") <= 1.3 * SCREEN
        for key in ("n", "p"):  # a form's first layout may be painted before its second
            assert await terminal.press(key) <= 6.1 * SCREEN
            assert await terminal.press("escape") <= 1.9 * SCREEN
