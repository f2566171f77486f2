"""The pause after a 429, shared by every request of a client (contract §1.2)."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import timedelta

from simtui.api.faults import quota_hint
from simtui.clock import Clock
from simtui.errors import QuotaExceeded


class CoolDown:
    """Holds requests back until the quota is reset. ``max_wait`` is in seconds."""

    def __init__(
        self, clock: Clock, sleep: Callable[[float], Awaitable[None]], max_wait: float
    ) -> None:
        self._clock = clock
        self._sleep = sleep
        self._max_wait = max_wait
        self._until: float | None = None

    def begin(self, seconds: float) -> bool:
        """Hold back every request for this long from now, or longer if one runs already.

        False when that is longer than ``max_wait``, so that nobody will wait for it.
        """
        until = self._clock.monotonic() + seconds
        self._until = until if self._until is None else max(self._until, until)
        return seconds <= self._max_wait

    async def over(self, title: str) -> None:
        """Wait until requests may be sent.

        Raises:
            QuotaExceeded: at once, when that is more than ``max_wait`` away.
        """
        while self._until is not None:
            until = self._until
            left = until - self._clock.monotonic()
            if left > self._max_wait:
                raise self._too_long(title, left)
            if left > 0:
                await self._sleep(left)
            if self._until == until:
                self._until = None

    def _too_long(self, title: str, left: float) -> QuotaExceeded:
        reset_at = self._clock.now() + timedelta(seconds=left)
        return QuotaExceeded(
            title, "The quota of the account is used up", quota_hint(reset_at), reset_at=reset_at
        )
