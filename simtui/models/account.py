"""The account and its billing cycle (contract §2 ``/account``, §3.9)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class BillingCycle:
    """A billing cycle, ``2026-11``; open until it is billed."""

    cycle_id: str
    start: datetime | None = None
    end: datetime | None = None
    time_zone: str | None = None
    status: str = "OPEN"


@dataclass(frozen=True, slots=True)
class Account:
    """Who we are to the API, and how much we may do."""

    account_id: str
    name: str = ""
    currency: str | None = None
    current_cycle: BillingCycle | None = None
    permission_level: str | None = None
    limits: Mapping[str, int] = field(default_factory=dict)
