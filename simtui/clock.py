"""The time, as something that a test can hold still."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from typing import Protocol


class Clock(Protocol):
    """Where the present moment comes from."""

    def now(self) -> datetime:
        """The wall clock, aware and in UTC."""

    def monotonic(self) -> float:
        """Seconds that never run backwards, for intervals."""


class SystemClock:
    """The machine's own clock."""

    def now(self) -> datetime:
        """The wall clock, aware and in UTC."""
        return datetime.now(UTC)

    def monotonic(self) -> float:
        """Seconds since some moment, never running backwards."""
        return time.monotonic()
