"""Letting a new red be heard: the bell, or a notification of the desktop (OSC 9)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final

from simtui.config.pulse import Alert
from simtui.views.pulse.row import Level, PulseRow
from simtui.views.text import clean

LONGEST: Final = 160
"""Characters of a notification."""
SAME_FOR: Final = 600.0
"""Seconds within which a red that comes back is the same one."""


class Alerts:
    """Once for each new red, and never for what was red before, or when it was first looked at.

    ``ring`` and ``notify`` reach the terminal; ``may_now`` is whether nobody types just then.
    What may not be said now waits.
    """

    def __init__(
        self,
        alert: Alert,
        name: str,
        ring: Callable[[], None],
        notify: Callable[[str], None],
        may_now: Callable[[], bool],
    ) -> None:
        self._alert = alert
        self._name = name
        self._ring = ring
        self._notify = notify
        self._may_now = may_now
        self._known: set[str] = set()
        self._red: dict[str, float] = {}
        self._waiting: dict[str, str] = {}

    def hear(self, rows: Iterable[PulseRow], now: float) -> None:
        """Take in a judgement, ``now`` on the monotonic clock."""
        if self._alert == "none":
            return
        rows = tuple(rows)
        known = {row.source for row in rows if row.level != Level.UNKNOWN}
        red = {row.key: row for row in rows if row.level == Level.RED}
        for key, row in red.items():
            if row.source in self._known and now - self._red.get(key, -SAME_FOR) >= SAME_FOR:
                self._waiting[key] = row.told
        self._waiting = {key: told for key, told in self._waiting.items() if key in red}
        self._red.update(dict.fromkeys(red, now))
        self._known |= known
        self.go_on()

    def go_on(self) -> None:
        """Say what waits, if that may be now: all of it at once."""
        if not self._waiting or not self._may_now():
            return
        told, more = next(iter(self._waiting.values())), len(self._waiting) - 1
        self._waiting.clear()
        if self._alert == "bell":
            self._ring()
            return
        also = f" (and {more} more)" if more else ""
        self._notify(clean(f"simtui {self._name}: {told}{also}", LONGEST))
