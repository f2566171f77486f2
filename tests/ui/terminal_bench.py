"""The app on a terminal of 80x24 that counts what reaches it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Generic, TypeVar

import pytest
from textual.pilot import Pilot

from benchmarks.terminal import ENVIRONMENT, CountingDriver, terminal_of
from simtui.ui.app import SimtuiApp
from tests.ui.app_bench import Bench, is_loaded, screen_text, until

B = TypeVar("B", bound=Bench)

QUOTA = frozenset({"quota-limit", "quota-used", "quota-available", "quota-reset-utc"})
SCREEN = 6500
"""Bytes of a whole screen of 80x24, about."""


class Terminal(Generic[B]):
    """The app, its keys, and the bytes that they cost."""

    def __init__(self, bench: B, app: SimtuiApp, pilot: Pilot[None]) -> None:
        self.bench = bench
        self.app = app
        self.pilot = pilot

    async def settled(self) -> int:
        """Bytes since the last count began, when everything is painted."""
        for _ in range(5):  # an event, its answer, the paint and what follows from it
            await self.pilot.pause()
        return terminal_of(self.app).bytes

    async def press(self, *keys: str) -> int:
        """Bytes that these keys cost."""
        terminal_of(self.app).reset()
        await self.pilot.press(*keys)
        return await self.settled()

    async def look(self, seconds: float) -> int:
        """Bytes that a wait costs in which something is asked."""
        terminal_of(self.app).reset()
        asked = len(self.bench.cable.asked)
        self.bench.clock.wake(seconds)
        await until(self.pilot, lambda: len(self.bench.cable.asked) > asked)
        return await self.settled()

    async def poll(self, seconds: float) -> int:
        """Bytes that a round of polling costs, with all of its answers."""
        await self.look(seconds)
        await until(self.pilot, lambda: is_loaded(self.app))
        self.app.page.tick()
        return await self.settled()


@asynccontextmanager
async def on_terminal(bench: B, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Terminal[B]]:
    """Run the app of a bench with all the colours there are."""
    for name, value in ENVIRONMENT.items():
        monkeypatch.setenv(name, value)
    monkeypatch.delenv("NO_COLOR", raising=False)
    app = bench.app(CountingDriver)
    async with app.run_test(headless=False, size=(80, 24)) as pilot:
        yield Terminal(bench, app, pilot)


async def writes_nothing(
    terminal: Terminal[B],
    drive: Callable[[B, SimtuiApp, Pilot[None]], Awaitable[None]],
    seconds: float,
) -> None:
    """Bring the app to a state; that it then is asked three times anew writes nothing."""
    await drive(terminal.bench, terminal.app, terminal.pilot)
    await terminal.settled()
    shown = screen_text(terminal.app)
    assert [await terminal.poll(seconds) for _ in range(3)] == [0, 0, 0]
    assert screen_text(terminal.app) == shown
