"""Questions that are asked once and not again by themselves, so that they cost next to nothing."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

from simtui.clock import Clock
from simtui.errors import CapabilityAbsent, SimtuiError, Unreachable
from simtui.store.entry import Entry
from simtui.store.query import Query
from simtui.store.store import Store


class AskedOnce:
    """Answers by name. What the store knows already, and is not older than its ``max_age``,
    is not asked for; ``on_change`` hears of every answer."""

    def __init__(self, store: Store, clock: Clock, on_change: Callable[[], None]) -> None:
        self._store = store
        self._clock = clock
        self._on_change = on_change
        self._queries: dict[str, Query[Any]] = {}
        self._errors: dict[str, SimtuiError] = {}
        self._asking: dict[str, asyncio.Task[None]] = {}
        self._lost_at: datetime | None = None

    def ask(self, queries: Mapping[str, Query[Any]]) -> None:
        """Ask for those that were not asked for before."""
        for name, query in queries.items():
            if name not in self._queries:
                self._queries[name] = query
                if not self._is_known(query):
                    self._fetch(name, query)

    def ask_again(self) -> None:
        """Ask for all of them anew, whatever is known."""
        for name, query in self._queries.items():
            if name not in self._asking:
                self._fetch(name, query)

    def heard_at(self, moment: datetime | None) -> None:
        """The API has answered somebody then: ask again what it could not be reached for before."""
        if self._lost_at is None or moment is None or moment <= self._lost_at or self._asking:
            return
        self._lost_at = None
        for name, error in list(self._errors.items()):
            if isinstance(error, Unreachable):
                self._fetch(name, self._queries[name])

    def close(self) -> None:
        """Wait for nothing any more."""
        for task in self._asking.values():
            task.cancel()
        self._asking.clear()

    @property
    def answers(self) -> Mapping[str, Entry[Any]]:
        """What is known by now; of one that failed here, with its error."""
        return {name: self._entry(name, query) for name, query in self._queries.items()}

    @property
    def waiting(self) -> frozenset[str]:
        """What is on its way."""
        return frozenset(self._asking)

    @property
    def error(self) -> SimtuiError | None:
        """Why something is not known; an endpoint that is absent is no error."""
        return next(
            (one for one in self._errors.values() if not isinstance(one, CapabilityAbsent)), None
        )

    def _is_known(self, query: Query[Any]) -> bool:
        entry = self._store.entry(query)
        age = entry.age(self._clock.now())
        young = age is not None and age <= timedelta(seconds=query.max_age)
        return entry.value is not None and young and not entry.stale

    def _fetch(self, name: str, query: Query[Any]) -> None:
        self._asking[name] = asyncio.get_running_loop().create_task(self._answer(name, query))

    async def _answer(self, name: str, query: Query[Any]) -> None:
        self._errors.pop(name, None)
        try:
            await self._store.fetch(query)
        except SimtuiError as error:
            self._errors[name] = error
            if isinstance(error, Unreachable):
                self._lost_at = self._clock.now()
        finally:
            with suppress(KeyError):
                del self._asking[name]
        self._on_change()

    def _entry(self, name: str, query: Query[Any]) -> Entry[Any]:
        entry, error = self._store.entry(query), self._errors.get(name)
        return entry if error is None or entry.error is not None else Entry(error=error)
