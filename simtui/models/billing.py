"""What something has cost so far (contract §3.9)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from simtui.models.account import BillingCycle

NET: Final = "net"
"""The key of the sum in ``totals``."""


@dataclass(frozen=True, slots=True)
class BillingReport:
    """A report; the totals are decimal strings in ``currency``, never floats (contract §1)."""

    scope: str
    currency: str
    cycle: BillingCycle | None = None
    scope_id: str | None = None
    estimated: bool = False
    generated_at: datetime | None = None
    totals: Mapping[str, str] = field(default_factory=dict)
    things_billable: int | None = None
    things_free: int | None = None
