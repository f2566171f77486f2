"""What a Thing was before: its states and its devices."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class StateHistoryEntry:
    """One change of lifecycle state (contract §2, ``/state-history``)."""

    to: str
    at: datetime | None = None
    from_: str | None = None
    by: str | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class ImeiHistoryEntry:
    """One device the SIM was seen in (contract §2, ``/imei-history``)."""

    imei: str
    tac: str | None = None
    first_seen_at: datetime | None = None
    last_seen_at: datetime | None = None
    sessions: int | None = None
