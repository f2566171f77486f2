"""The account-wide quota, as every answer tells it (contract §1.2)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from simtui.api import dialect
from simtui.api.instants import read_instant

_COUNT: Final = re.compile(r"[0-9]{1,15}")


@dataclass(frozen=True, slots=True)
class QuotaState:
    """``used`` of ``limit`` requests in every ``interval`` ``unit``s; None is not told."""

    limit: int | None = None
    used: int | None = None
    interval: int | None = None
    unit: str | None = None
    reset_at: datetime | None = None

    @property
    def share(self) -> float | None:
        """Used by limit, 0 to 1 and beyond; None when not told."""
        if self.used is None or not self.limit:
            return None
        return self.used / self.limit


def read_quota(headers: Mapping[str, str]) -> QuotaState | None:
    """The quota that an answer tells; None when it tells neither limit nor use."""
    limit = _count(headers.get(dialect.QUOTA_LIMIT))
    used = _count(headers.get(dialect.QUOTA_USED))
    if limit is None and used is None:
        return None
    return QuotaState(
        limit=limit,
        used=used,
        interval=_count(headers.get(dialect.QUOTA_INTERVAL)),
        unit=headers.get(dialect.QUOTA_TIME_UNIT),
        reset_at=read_instant(headers.get(dialect.QUOTA_RESET)),
    )


def _count(text: str | None) -> int | None:
    text = (text or "").strip()
    return int(text) if _COUNT.fullmatch(text) else None
