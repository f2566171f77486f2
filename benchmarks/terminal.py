"""A terminal that nobody sees: it counts what an app would send to a real one.

Run an app on it with ``App(driver_class=CountingDriver)`` and
``app.run_test(headless=False, size=(80, 24))``. Textual then renders true escape sequences,
which its own headless driver leaves out.
"""

from __future__ import annotations

import asyncio
import time
from typing import Any

from textual import events
from textual.app import App
from textual.drivers.headless_driver import HeadlessDriver

ENVIRONMENT = {"TERM": "xterm-256color", "COLORTERM": "truecolor"}
"""Variables that decide how colours are written. Set them before the app is made."""


class CountingDriver(HeadlessDriver):
    """Keeps everything that is written since the last ``reset``."""

    def __init__(self, app: App[Any], **options: Any) -> None:
        """The driver of ``app``; Textual makes it."""
        super().__init__(app, **options)
        self.written: list[str] = []
        self.written_at = 0.0
        self._news = asyncio.Event()

    @property
    def is_headless(self) -> bool:
        """No, or Textual would render nothing."""
        return False

    @property
    def bytes(self) -> int:
        """Bytes written since the last ``reset``, as UTF-8."""
        return sum(len(data.encode()) for data in self.written)

    def write(self, data: str) -> None:
        """Take what would be sent to the terminal."""
        self.written.append(data)
        self.written_at = time.perf_counter()
        self._news.set()

    def press(self, key: str) -> None:
        """Send a key by the way on which a real terminal's keys come."""
        self.process_message(events.Key(key, None))

    def reset(self) -> None:
        """Start counting anew."""
        self.written.clear()
        self._news.clear()

    async def frame(self, timeout: float = 5.0) -> float:
        """Wait until something is written; the moment of it on ``time.perf_counter``.

        Raises:
            TimeoutError: when nothing is written for ``timeout`` seconds.
        """
        await asyncio.wait_for(self._news.wait(), timeout)
        return self.written_at


def terminal_of(app: App[Any]) -> CountingDriver:
    """The terminal on which ``app`` runs.

    Raises:
        TypeError: when the app was not made with ``driver_class=CountingDriver``.
    """
    driver = app._driver
    if not isinstance(driver, CountingDriver):
        raise TypeError("run the app with driver_class=CountingDriver and headless=False")
    return driver
