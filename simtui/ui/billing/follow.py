"""Watching a question that becomes another one now and then."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

from simtui.store.cells import Watch
from simtui.store.entry import Entry
from simtui.store.query import Query
from simtui.store.store import Store

T = TypeVar("T")


class Follow(Generic[T]):
    """The answer to the present question as last known; ``on_change`` hears of news."""

    def __init__(self, store: Store, on_change: Callable[[], None]) -> None:
        self.entry: Entry[T] = Entry()
        self.query: Query[T] | None = None
        self._store = store
        self._on_change = on_change
        self._watch: Watch[T] | None = None
        self._watches = False

    def ask(self, query: Query[T] | None) -> None:
        """Watch this from now on, and nothing else; None: nothing at all."""
        if query == self.query and (self._watches or query is None):
            return
        self.close()
        if query != self.query:
            self.query, self.entry = query, Entry()
        if query is not None:
            self._watches = True  # before the answer that is known is told, which may ask again
            self._watch = self._store.watch(query, self._came)

    def refresh(self) -> None:
        """Ask the server again."""
        if self.query is not None:
            self._store.refresh(self.query)

    def close(self) -> None:
        """Stop watching; what is known stays, and `ask` goes on from there."""
        self._watches = False
        if self._watch is not None:
            self._watch.close()
            self._watch = None

    def _came(self, entry: Entry[T]) -> None:
        self.entry = entry
        self._on_change()
