"""Something the platform noticed (contract §2 ``/events``, EXT)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Event:
    """One line of the platform's log; severity INFO, WARNING or CRITICAL."""

    event_id: str
    severity: str
    type: str
    at: datetime | None = None
    thing_id: str | None = None
    message: str = ""
