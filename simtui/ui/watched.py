"""Several questions that are watched together."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from simtui.store.entry import Entry
from simtui.store.query import Query
from simtui.store.store import Store


class Watched:
    """Their answers by name as last known; ``on_change`` hears of every change, not of what
    was known at the beginning."""

    def __init__(
        self, store: Store, queries: Mapping[str, Query[Any]], on_change: Callable[[], None]
    ) -> None:
        self._store = store
        self._queries = queries
        self._entries: dict[str, Entry[Any]] = {}
        self._on_change: Callable[[], None] = lambda: None
        self._watches = [store.watch(query, self._heard(name)) for name, query in queries.items()]
        self._on_change = on_change

    def close(self) -> None:
        """Stop watching."""
        for watch in self._watches:
            watch.close()

    def refresh(self) -> None:
        """Ask for all of them again."""
        for query in self._queries.values():
            self._store.refresh(query)

    def entry(self, name: str) -> Entry[Any]:
        """One of them as it is known."""
        return self._entries.get(name, Entry())

    @property
    def entries(self) -> Mapping[str, Entry[Any]]:
        """All that is known."""
        return self._entries

    @property
    def loading(self) -> bool:
        """Whether any of them is on its way."""
        return any(entry.loading for entry in self._entries.values())

    def _heard(self, name: str) -> Callable[[Entry[Any]], None]:
        def came(entry: Entry[Any]) -> None:
            self._entries[name] = entry
            self._on_change()

        return came
