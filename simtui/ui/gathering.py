"""Drawing once for several answers that come one by one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from textual.message_pump import MessagePump

GATHERING_SECONDS: Final = 0.05
"""How long answers are gathered before the page is drawn with them."""


class Gathering:
    """Draws a moment after the first piece of news, with all that has come by then; each
    piece by itself would send the page over the line again."""

    def __init__(self, page: MessagePump, draw: Callable[[], None]) -> None:
        self._page = page
        self._draw = draw
        self._waiting = False

    def soon(self) -> None:
        """Draw in a moment, once, however often this is called until then."""
        if not self._waiting:
            self._waiting = True
            self._page.set_timer(GATHERING_SECONDS, self._now)

    def _now(self) -> None:
        self._waiting = False
        self._draw()
