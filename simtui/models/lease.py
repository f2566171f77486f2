"""An address of a pool that a Thing has (contract §2, leases)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Lease:
    """One address; a locked one does not expire."""

    address: str
    thing_id: str
    locked: bool = False
    lease_expires_at: datetime | None = None
