"""Letting the first of many pass, and then one in a while."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from simtui.clock import Clock

ANNOUNCE_EVERY: Final = 0.1
"""Seconds between two announcements while rows pour in."""


class Throttle:
    """Says when it is time for another announcement."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._passed: float | None = None

    def reset(self) -> None:
        """Let the next one pass."""
        self._passed = None

    def lets_pass(self) -> bool:
        """Whether this one may be announced; if so, the next ones wait for it."""
        now = self._clock.monotonic()
        if self._passed is not None and now - self._passed < ANNOUNCE_EVERY:
            return False
        self._passed = now
        return True
