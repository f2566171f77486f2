"""What the whole app sends to the terminal.

The bounds are 1.3 times what was measured. Where several paints follow on one key, how many
of them Textual makes into one depends on the machine, so there the bound is in whole screens.
"""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from simtui.ui.screens.thing import ThingPage
from tests.ui.app_bench import Bench, is_loaded, screen_text, until
from tests.ui.terminal_bench import QUOTA, SCREEN, Terminal, on_terminal


@pytest.fixture
async def terminal(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Terminal[Bench]]:
    async with on_terminal(bench, monkeypatch) as terminal:
        await until(terminal.pilot, lambda: is_loaded(terminal.app))
        await come_to_rest(terminal)
        yield terminal


async def come_to_rest(terminal: Terminal[Bench]) -> None:
    """Wait until nothing more is painted of how the app has begun. Now and then Textual
    keeps that for the next change of the focus, so one is made."""
    await terminal.settled()
    await terminal.press("colon", "escape")
    while await terminal.press("g"):
        continue


async def test_nothing_new_writes_nothing(terminal: Terminal[Bench]) -> None:
    terminal.bench.cable.without = QUOTA
    rounds = [await terminal.poll(seconds) for seconds in (15, 35, 15, 35, 65)]
    assert rounds == [0, 0, 0, 0, 0]


async def test_a_count_of_the_quota_is_one_line(terminal: Terminal[Bench]) -> None:
    assert 0 < await terminal.poll(15) <= 900


async def test_moving_is_two_lines_and_paging_less_than_a_screen(terminal: Terminal[Bench]) -> None:
    assert await terminal.press("j") <= 620
    assert await terminal.press("k") <= 620
    assert await terminal.press("pagedown") <= 5400
    assert await terminal.press("space") <= 1300


async def test_the_command_bar_is_a_few_lines(terminal: Terminal[Bench]) -> None:
    assert await terminal.press("colon") <= 0.4 * SCREEN
    assert await terminal.press("t") <= 0.2 * SCREEN
    assert await terminal.press("escape") <= 0.4 * SCREEN
    assert await terminal.press("slash") <= 0.4 * SCREEN
    assert await terminal.press("escape") <= 0.4 * SCREEN


async def test_a_window_costs_some_screens(terminal: Terminal[Bench]) -> None:
    assert await terminal.press("question_mark") <= 7 * SCREEN
    assert await terminal.press("escape") <= 3.5 * SCREEN
    assert await terminal.press("c") <= 7 * SCREEN
    assert await terminal.press("escape") <= 3.5 * SCREEN


async def test_a_thing_costs_some_screens_and_then_nothing(terminal: Terminal[Bench]) -> None:
    terminal.bench.cable.without = QUOTA
    assert await terminal.press("enter") <= 8 * SCREEN
    assert isinstance(terminal.app.screen, ThingPage)
    await until(terminal.pilot, lambda: "not loaded yet" not in screen_text(terminal.app))
    await terminal.settled()
    assert [await terminal.poll(seconds) for seconds in (15, 35, 65)] == [0, 0, 0]
