"""A clock of ours that agrees with a sandbox."""

from __future__ import annotations

from datetime import datetime

from simtui.sandbox.clock import WorldClock


class ClockOfTheWorld:
    """Our clock when it goes as the server's does."""

    def __init__(self, clock: WorldClock) -> None:
        self._clock = clock

    def now(self) -> datetime:
        return self._clock.now()

    def monotonic(self) -> float:
        return self._clock.now().timestamp()
