"""What the parts that write need of the store."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Protocol, TypeVar

from simtui.models.journal import Result
from simtui.store.cells import Watch
from simtui.store.command import Command
from simtui.store.entry import Entry
from simtui.store.query import Query

T = TypeVar("T")
R = TypeVar("R")


class Desk(Protocol):
    """The store, as far as the outbox and what follows from it use it."""

    def check_writable(self, command: Command[Any]) -> None:
        """Refuse a write that could not be sent. Raises ``ReadOnly`` or ``Unreachable``."""

    async def send(self, command: Command[R], request_id: str) -> R:
        """Send a write, once. Raises ``SimtuiError``."""

    async def fetch(self, query: Query[T]) -> T:
        """A fresh value. Raises ``SimtuiError``."""

    def watch(self, query: Query[T], on_change: Callable[[Entry[T]], None]) -> Watch[T]:
        """Hear of the present entry and of every new one."""

    def invalidate(self, subjects: Iterable[str]) -> None:
        """What depends on ``subjects`` is out of date."""

    async def note(self, result: Result) -> None:
        """Add to the journal what was learnt of a write; a person hears when that fails."""
