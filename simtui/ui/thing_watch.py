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
from simtui.ui.watched import Watched
from simtui.views.thing_detail import ThingParts


class ThingWatch(Watched):
    """The Thing and its parts as last known; ``on_change`` hears of every change."""

    def __init__(self, store: Store, thing_id: str, on_change: Callable[[], None]) -> None:
        queries: dict[str, Query[Any]] = {
            "thing": ThingQuery(thing_id),
            "session": SessionQuery(thing_id),
            "sessions": SessionsQuery(thing_id),
            "usage": UsageQuery(thing_id),
            "imei_history": ImeiHistoryQuery(thing_id),
            "state_history": StateHistoryQuery(thing_id),
            "sms": ThingSmsQuery(thing_id),
            "events": EventsQuery(thing_id),
        }
        super().__init__(store, queries, on_change)
        self._parts = [name for name in queries if name != "thing"]

    @property
    def thing(self) -> Entry[Thing]:
        """The Thing itself."""
        return self.entry("thing")

    @property
    def parts(self) -> ThingParts:
        """What is loaded apart from the Thing."""
        return ThingParts(**{name: self.entries.get(name) for name in self._parts})

    @property
    def error(self) -> SimtuiError | None:
        """Why what is shown is not the present; an endpoint that is absent is no error."""
        errors = (entry.error for entry in self.entries.values())
        return next((e for e in errors if e and not isinstance(e, CapabilityAbsent)), None)
