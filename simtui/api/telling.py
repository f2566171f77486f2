"""What every answer tells besides what was asked: the quota, and the end of the API."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from simtui.api import dialect
from simtui.api.quota import QuotaState, read_quota


class Telling:
    """The latest of it (contract §1.2). ``on_quota`` hears of every change."""

    def __init__(self, on_quota: Callable[[QuotaState], None] | None) -> None:
        self.on_quota = on_quota
        self.quota: QuotaState | None = None
        self.sunset: str | None = None

    def hear(self, headers: Mapping[str, str]) -> None:
        """Take note of the headers of an answer."""
        sunset = headers.get(dialect.SUNSET, "").strip()
        self.sunset = sunset if sunset.lower() not in ("", dialect.NO_SUNSET) else None
        quota = read_quota(headers)
        if quota is None or quota == self.quota:
            return
        self.quota = quota
        if self.on_quota is not None:
            self.on_quota(quota)
