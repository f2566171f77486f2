"""Everything that is watched for one Thing in detail."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from simtui.errors import CapabilityAbsent, SimtuiError
from simtui.models import Thing
from simtui.store.entry import Entry
from simtui.store.queries import (
    EventsQuery,
    ImeiHistoryQuery,
    SessionQuery,
    SessionsQuery,
    StateHistoryQuery,
    ThingQuery,
    ThingSmsQuery,
    UsageQuery,
)
from simtui.store.query import Query
from simtui.store.store import Store
from simtui.views.thing_detail import ThingParts


class ThingWatch:
    """The Thing and its parts as last known; ``on_change`` hears of every change."""

    def __init__(self, store: Store, thing_id: str, on_change: Callable[[], None]) -> None:
        self._store = store
        self._on_change = on_change
        self._entries: dict[str, Entry[Any]] = {}
        self._queries: dict[str, Query[Any]] = {
            "thing": ThingQuery(thing_id),
            "session": SessionQuery(thing_id),
            "sessions": SessionsQuery(thing_id),
            "usage": UsageQuery(thing_id),
            "imei_history": ImeiHistoryQuery(thing_id),
            "state_history": StateHistoryQuery(thing_id),
            "sms": ThingSmsQuery(thing_id),
            "events": EventsQuery(thing_id),
        }
        self._watches = [
            store.watch(query, self._listener(name)) for name, query in self._queries.items()
        ]

    def close(self) -> None:
        """Stop watching."""
        for watch in self._watches:
            watch.close()

    def refresh(self) -> None:
        """Ask for all of it again."""
        for query in self._queries.values():
            self._store.refresh(query)

    @property
    def thing(self) -> Entry[Thing]:
        """The Thing itself."""
        return self._entries.get("thing", Entry())

    @property
    def parts(self) -> ThingParts:
        """What is loaded apart from the Thing."""
        return ThingParts(
            **{name: self._entries.get(name) for name in self._queries if name != "thing"}
        )

    @property
    def loading(self) -> bool:
        """Whether any of it is on its way."""
        return any(entry.loading for entry in self._entries.values())

    @property
    def error(self) -> SimtuiError | None:
        """Why what is shown is not the present; an endpoint that is absent is no error."""
        errors = (entry.error for entry in self._entries.values())
        return next((e for e in errors if e and not isinstance(e, CapabilityAbsent)), None)

    def _listener(self, name: str) -> Callable[[Entry[Any]], None]:
        def came(entry: Entry[Any]) -> None:
            self._entries[name] = entry
            self._on_change()

        return came
