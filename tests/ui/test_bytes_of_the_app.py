"""What the whole app sends to the terminal.

The bounds are 1.3 times what was measured. Where several paints follow on one key, how many
of them Textual makes into one depends on the machine, so there the bound is in whole screens.
"""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from textual.pilot import Pilot

from benchmarks.terminal import ENVIRONMENT, CountingDriver, terminal_of
from simtui.ui.app import SimtuiApp
from simtui.ui.screens.thing import ThingPage
from tests.ui.app_bench import Bench, is_loaded, screen_text, until

QUOTA = frozenset({"quota-limit", "quota-used", "quota-available", "quota-reset-utc"})
SCREEN = 6500
"""Bytes of a whole screen of 80x24, about."""


class Terminal:
    """The app on a terminal of 80x24, and what reaches it."""

    def __init__(self, bench: Bench, app: SimtuiApp, pilot: Pilot[None]) -> None:
        self.bench = bench
        self.app = app
        self.pilot = pilot

    async def settled(self) -> int:
        """Bytes since `reset`, when everything is painted."""
        for _ in range(4):  # an event, its answer, the paint and what follows from it
            await self.pilot.pause()
        return terminal_of(self.app).bytes

    async def come_to_rest(self) -> None:
        """Wait until nothing more is painted of how the app has begun. Now and then Textual
        keeps that for the next change of the focus, so one is made."""
        await self.settled()
        await self.press("colon", "escape")
        while await self.press("g"):
            continue

    async def press(self, *keys: str) -> int:
        """Bytes that these keys cost."""
        terminal_of(self.app).reset()
        await self.pilot.press(*keys)
        return await self.settled()

    async def poll(self, seconds: float) -> int:
        """Bytes that a round of polling costs; something must have been asked."""
        terminal_of(self.app).reset()
        asked = len(self.bench.cable.asked)
        self.bench.clock.wake(seconds)
        await until(self.pilot, lambda: len(self.bench.cable.asked) > asked)
        await until(self.pilot, lambda: is_loaded(self.app))
        self.app.page.tick()
        return await self.settled()


@pytest.fixture
async def terminal(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Terminal]:
    for name, value in ENVIRONMENT.items():
        monkeypatch.setenv(name, value)
    monkeypatch.delenv("NO_COLOR", raising=False)
    app = bench.app(CountingDriver)
    async with app.run_test(headless=False, size=(80, 24)) as pilot:
        await until(pilot, lambda: is_loaded(app))
        terminal = Terminal(bench, app, pilot)
        await terminal.come_to_rest()
        yield terminal


async def test_nothing_new_writes_nothing(terminal: Terminal) -> None:
    terminal.bench.cable.without = QUOTA
    rounds = [await terminal.poll(seconds) for seconds in (15, 35, 15, 35, 65)]
    assert rounds == [0, 0, 0, 0, 0]


async def test_a_count_of_the_quota_is_one_line(terminal: Terminal) -> None:
    assert 0 < await terminal.poll(15) <= 900


async def test_moving_is_two_lines_and_paging_less_than_a_screen(terminal: Terminal) -> None:
    assert await terminal.press("j") <= 620
    assert await terminal.press("k") <= 620
    assert await terminal.press("pagedown") <= 5400
    assert await terminal.press("space") <= 1300


async def test_the_command_bar_is_a_few_lines(terminal: Terminal) -> None:
    assert await terminal.press("colon") <= 0.4 * SCREEN
    assert await terminal.press("t") <= 0.2 * SCREEN
    assert await terminal.press("escape") <= 0.4 * SCREEN
    assert await terminal.press("slash") <= 0.4 * SCREEN
    assert await terminal.press("escape") <= 0.4 * SCREEN


async def test_a_window_costs_some_screens(terminal: Terminal) -> None:
    assert await terminal.press("question_mark") <= 7 * SCREEN
    assert await terminal.press("escape") <= 3.5 * SCREEN
    assert await terminal.press("c") <= 7 * SCREEN
    assert await terminal.press("escape") <= 3.5 * SCREEN


async def test_a_thing_costs_some_screens_and_then_nothing(terminal: Terminal) -> None:
    terminal.bench.cable.without = QUOTA
    assert await terminal.press("enter") <= 8 * SCREEN
    assert isinstance(terminal.app.screen, ThingPage)
    await until(terminal.pilot, lambda: "not loaded yet" not in screen_text(terminal.app))
    await terminal.settled()
    assert [await terminal.poll(seconds) for seconds in (15, 35, 65)] == [0, 0, 0]
