"""How long the store waits after a failed fetch before it tries again by itself."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from simtui.errors import Forbidden, Invalid, NotFound, QuotaExceeded, SimtuiError

FIRST_PAUSE: Final = 5.0
LONGEST_PAUSE: Final = 60.0
DEFINITE: Final = (NotFound, Forbidden, Invalid)
"""Answers that trying again soon does not change."""


def pause_after(error: SimtuiError, failures: int, now: datetime) -> float:
    """Seconds to wait after the ``failures``-th failure in a row: 5, 10, 20, 40, 60, 60 …

    A used-up quota waits at least until it is reset (contract §1.3, 429).
    """
    if isinstance(error, DEFINITE):
        return LONGEST_PAUSE
    growing = min(FIRST_PAUSE * 2.0 ** min(failures - 1, 10), LONGEST_PAUSE)
    if isinstance(error, QuotaExceeded) and error.reset_at is not None:
        return max(growing, (error.reset_at - now).total_seconds())
    return growing
