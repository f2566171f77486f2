"""How fast the store may poll, given what is left of the quota (contract §1.2)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from simtui.clock import Clock
    from simtui.models.quota import Quota

SLOW_FROM: Final = 0.80
STOP_FROM: Final = 0.95
UNKNOWN_RESET: Final = 60.0
"""Seconds until an unknown reset is taken to have come: the shortest quota interval."""


def stretch_for(share: float | None) -> float | None:
    """By what to multiply polling intervals at this share of the quota; None is stop.

    1 below 80 %, then 2, 4 and 8 in steps of five hundredths, stop from 95 %.
    """
    if share is None or share < SLOW_FROM:
        return 1.0
    if share >= STOP_FROM:
        return None
    return 2.0 if share < 0.85 else 4.0 if share < 0.90 else 8.0


@dataclass(frozen=True, slots=True)
class Pace:
    """By what intervals are multiplied now (None: nothing is asked by itself), and until when;
    ``until`` is None at full pace and where the reset is not told."""

    stretch: float | None = 1.0
    until: datetime | None = None


FULL_PACE: Final = Pace()


class QuotaPace:
    """The present pace: what the last answer told, until the quota is reset."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._stretch: float | None = 1.0
        self._eases_at = 0.0
        self._reset_at: datetime | None = None

    @property
    def now(self) -> Pace:
        """The pace at this moment."""
        return Pace(self._stretch, self._reset_at) if self.eases_in() is not None else FULL_PACE

    def hear(self, quota: Quota) -> None:
        """Take note of the quota that an answer told."""
        self._stretch = stretch_for(quota.share)
        wait = 0.0
        if quota.reset_at is not None:
            wait = (quota.reset_at - self._clock.now()).total_seconds()
        # A reset in the past is one by a clock that differs from ours.
        self._reset_at = quota.reset_at if wait > 0 else None
        self._eases_at = self._clock.monotonic() + (wait if wait > 0 else UNKNOWN_RESET)

    def stretch(self) -> float | None:
        """By what to multiply polling intervals now; None is stop."""
        return self._stretch if self.eases_in() is not None else 1.0

    def eases_in(self) -> float | None:
        """Seconds until the reset that lets polling go at full pace; None when it does."""
        left = self._eases_at - self._clock.monotonic()
        return left if self._stretch != 1.0 and left > 0 else None
