"""What the pages of messages send to the terminal; the bounds are 1.3 times what was measured."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.ui.sms_states import PAGES
from tests.ui.terminal_bench import on_terminal, writes_nothing

POLL = 20.0


@pytest.mark.parametrize("page", PAGES)
async def test_a_page_on_which_nothing_changes_writes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, page: str
) -> None:
    async with on_terminal(PAGES[page].bench(tmp_path), monkeypatch) as terminal:
        await writes_nothing(terminal, PAGES[page].drive, POLL)


async def test_a_message_that_is_delivered_is_its_line_and_the_words_below(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = PAGES["conversation"]
    async with on_terminal(page.bench(tmp_path), monkeypatch) as terminal:
        await page.drive(terminal.bench, terminal.app, terminal.pilot)
        await terminal.settled()
        sms = [one for one in terminal.bench.world.sms.values() if one.stuck][-1]
        sms.status, sms.delivered_at = "DELIVERED", sms.submitted_at
        assert 0 < await terminal.poll(POLL) <= 1300
        assert await terminal.poll(POLL) == 0
