"""The world's clock: runs like the real one, faster, or only when it is told to."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from time import monotonic as system_monotonic


class WorldClock:
    """Time in the sandbox, in UTC and whole milliseconds; never runs backwards."""

    def __init__(
        self,
        start: datetime | None = None,
        *,
        rate: float = 1.0,
        monotonic: Callable[[], float] = system_monotonic,
    ) -> None:
        """Start at ``start`` (default: now). ``rate`` 0 means driven by hand only."""
        self._monotonic = monotonic
        self._origin = start or datetime.now(UTC)
        self._mark = monotonic()
        self._rate = rate

    @property
    def rate(self) -> float:
        """World seconds that pass in a real second."""
        return self._rate

    def now(self) -> datetime:
        """The present moment of the world."""
        passed = timedelta(seconds=(self._monotonic() - self._mark) * self._rate)
        moment = self._origin + passed
        return moment.replace(microsecond=moment.microsecond // 1000 * 1000)

    def advance(self, seconds: float) -> None:
        """Jump ahead.

        Raises:
            ValueError: for a negative jump.
        """
        if seconds < 0:
            raise ValueError("the world's clock never runs backwards")
        self._origin = self.now() + timedelta(seconds=seconds)
        self._mark = self._monotonic()

    def set_rate(self, rate: float) -> None:
        """Change how fast the world runs from here on; 0 stops it.

        Raises:
            ValueError: for a negative rate.
        """
        if rate < 0:
            raise ValueError("the world's clock never runs backwards")
        self.advance(0)
        self._rate = rate
