"""Data sessions of a Thing (contract §3.2, EXT)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final


class SessionState:
    """What the network believes about a Thing's connection."""

    ONLINE: Final = "ONLINE"
    ATTACHED: Final = "ATTACHED"
    OFFLINE: Final = "OFFLINE"
    BLOCKED: Final = "BLOCKED"
    UNKNOWN: Final = "UNKNOWN"
    ALL: Final = (ONLINE, ATTACHED, OFFLINE, BLOCKED, UNKNOWN)


@dataclass(frozen=True, slots=True)
class Session:
    """One data session, running or ended; ``as_of`` is the age of the fact."""

    state: str
    as_of: datetime | None = None
    session_id: str | None = None
    since: datetime | None = None
    ended_at: datetime | None = None
    end_reason: str | None = None
    apn: str | None = None
    ip_address: str | None = None
    imei: str | None = None
    imeisv: str | None = None
    imsi: str | None = None
    rat: str | None = None
    mcc: str | None = None
    mnc: str | None = None
    operator_name: str | None = None
    country: str | None = None
    cell_id: str | None = None
    lac: str | None = None
    tac: str | None = None
    bytes_up: int | None = None
    bytes_down: int | None = None
