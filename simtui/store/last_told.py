"""What answers tell besides what was asked, as last told, for whoever shows it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")


class LastTold(Generic[T]):
    """Passes a value on to its listeners when it changed; None before it was told."""

    def __init__(self) -> None:
        self.value: T | None = None
        self._listeners: list[Callable[[T], None]] = []

    def listen(self, listener: Callable[[T], None]) -> Callable[[], None]:
        """Tell ``listener`` of every change; answers the function that stops that."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener) if listener in self._listeners else None

    def hear(self, value: T) -> None:
        """Take note of what an answer told."""
        if value == self.value:
            return
        self.value = value
        for listener in tuple(self._listeners):
            listener(value)
