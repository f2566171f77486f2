"""What every answer tells besides what was asked: the quota, and the end of the API."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from simtui.api import dialect
from simtui.api.instants import read_day_or_instant
from simtui.api.quota import QuotaState, read_quota
from simtui.models import ApiRelease


class Telling:
    """The latest of it (contract §1.2). ``on_quota`` and ``on_release`` hear of every change."""

    def __init__(self, on_quota: Callable[[QuotaState], None] | None) -> None:
        self.on_quota = on_quota
        self.on_release: Callable[[ApiRelease], None] | None = None
        self.quota: QuotaState | None = None
        self.release = ApiRelease()

    def hear(self, headers: Mapping[str, str]) -> None:
        """Take note of the headers of an answer; what one does not tell stays as it was."""
        self._hear_release(headers)
        quota = read_quota(headers)
        if quota is None or quota == self.quota:
            return
        self.quota = quota
        if self.on_quota is not None:
            self.on_quota(quota)

    def _hear_release(self, headers: Mapping[str, str]) -> None:
        release = self.release
        if version := headers.get(dialect.API_VERSION, "").strip():
            release = replace(release, version=version)
        if words := headers.get(dialect.SUNSET, "").strip():
            ends = words.lower() != dialect.NO_SUNSET
            release = replace(
                release,
                sunset=words if ends else None,
                sunset_at=read_day_or_instant(words) if ends else None,
            )
        if release == self.release:
            return
        self.release = release
        if self.on_release is not None:
            self.on_release(release)
