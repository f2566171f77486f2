"""The quota as last told, for whoever shows it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from simtui.store.source import Quota


class QuotaWatch:
    """Passes the quota on to its listeners when it changed."""

    def __init__(self) -> None:
        self.last: Quota | None = None
        self._listeners: list[Callable[[Quota], None]] = []

    def listen(self, listener: Callable[[Quota], None]) -> Callable[[], None]:
        """Tell ``listener`` of every change; answers the function that stops that."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener) if listener in self._listeners else None

    def hear(self, quota: Quota) -> None:
        """Take note of the quota that an answer told."""
        if quota == self.last:
            return
        self.last = quota
        for listener in tuple(self._listeners):
            listener(quota)
