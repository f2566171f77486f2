"""Use over time (contract §2 ``/things/{id}/usage``, EXT)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class UsagePoint:
    """Use within one hour or day that starts at ``at``; bytes and messages."""

    at: datetime
    bytes_up: int | None = None
    bytes_down: int | None = None
    sms_mt: int | None = None
    sms_mo: int | None = None
