"""The account-wide quota: counted a window, told on every answer (contract §1.2)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from email.utils import format_datetime

from simtui.sandbox.call import Refused

LIMIT = 1000
WINDOW_SECONDS = 60


class Quota:
    """Requests allowed in a window of time; windows follow each other without a gap."""

    def __init__(self, limit: int = LIMIT, window_seconds: int = WINDOW_SECONDS) -> None:
        self.limit = limit
        self.window_seconds = window_seconds
        self._window = 0
        self._used = 0

    def spend(self, now: datetime) -> None:
        """Count a request.

        Raises:
            Refused: 429 ``QUOTA_EXCEEDED``; a refused request is not counted.
        """
        if self.used(now) >= self.limit:
            reset = self.reset_at(now).strftime("%H:%M:%S")
            raise Refused(
                429, "QUOTA_EXCEEDED", f"{self.limit} requests are used up until {reset} UTC"
            )
        self._used += 1

    def used(self, now: datetime) -> int:
        """Requests counted in the window that ``now`` falls in."""
        window = int(now.timestamp()) // self.window_seconds
        if window != self._window:
            self._window = window
            self._used = 0
        return self._used

    def reset_at(self, now: datetime) -> datetime:
        """When the next window begins."""
        window = int(now.timestamp()) // self.window_seconds
        return datetime.fromtimestamp((window + 1) * self.window_seconds, UTC)


RESET_FORMATS: Mapping[str, Callable[[datetime], str]] = {
    "epoch-ms": lambda moment: str(int(moment.timestamp() * 1000)),
    "epoch-s": lambda moment: str(int(moment.timestamp())),
    "rfc3339": lambda moment: moment.strftime("%Y-%m-%dT%H:%M:%SZ"),
    "rfc1123": lambda moment: format_datetime(moment, usegmt=True),
    "unreadable": lambda moment: moment.strftime("%A at %I %p"),
}
"""How ``quota-reset-UTC`` may be written; the format is not documented (contract §1.2)."""


def quota_headers(quota: Quota, now: datetime, reset_format: str) -> dict[str, str]:
    """The five quota headers."""
    return {
        "quota-limit": str(quota.limit),
        "quota-used": str(quota.used(now)),
        "quota-interval": "1",
        "quota-time-unit": "minute",
        "quota-reset-UTC": RESET_FORMATS[reset_format](quota.reset_at(now)),
    }
