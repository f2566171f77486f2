"""How much data a Thing may use in a billing cycle (contract §2 ``/quota``, EXT)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class DataQuota:
    """Bytes of the open cycle. A ``data_limit_bytes`` of None is "no limit is told"; the
    contract names the endpoint and not its fields, so these are assumed."""

    data_limit_bytes: int | None = None
    data_used_bytes: int | None = None
    resets_at: datetime | None = None
    as_of: datetime | None = None
