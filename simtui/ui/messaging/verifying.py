"""Looking whether Things come back online after a command; it goes on whatever is shown."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from simtui.models import Sms, Thing
from simtui.store.entry import Entry
from simtui.store.queries import SmsQuery, ThingQuery
from simtui.store.query import Query
from simtui.ui.fleet_feed import FleetFeed
from simtui.ui.watched import Watched
from simtui.views.cell import Cell
from simtui.views.sms.verify import Asked, finding

if TYPE_CHECKING:
    from simtui.ui.app import SimtuiApp


class Verifying:
    """What is looked for now, by Thing; the last finding stays until the next one."""

    def __init__(self, app: SimtuiApp, feed: FleetFeed) -> None:
        self._app = app
        self._feed = feed
        self._looks: dict[str, _Look] = {}
        self._listeners: list[Callable[[], None]] = []

    def begin(self, thing: Thing, operation: str, minutes: int) -> None:
        """Look for the Thing for so many minutes, after the message of ``operation``."""
        entries = self._feed.store.journal.of_operation(operation)
        sms_id = next((entry.object_id for entry in entries if entry.object_id), None)
        if sms_id is None:
            return
        self._drop(thing.thing_id)
        limit = timedelta(minutes=minutes)
        asked = Asked(thing, self._feed.context.now + limit, limit)
        self._looks[thing.thing_id] = _Look(self._feed, asked, sms_id, self.look)
        self.look()

    def said_of(self, thing_id: str) -> Cell | None:
        """What is known of the Thing that is looked for; None when it never was."""
        look = self._looks.get(thing_id)
        return look.said if look is not None else None

    def listen(self, on_change: Callable[[], None]) -> Callable[[], None]:
        """Hear of every change of what is said; answers the function that ends it."""
        self._listeners.append(on_change)
        return lambda: self._listeners.remove(on_change) if on_change in self._listeners else None

    def look(self) -> None:
        """Judge anew what is known by now."""
        changed = [look for look in self._looks.values() if look.judge()]
        for look in changed:
            if look.done:
                self._say(look.said)
        if changed:
            for on_change in tuple(self._listeners):
                on_change()

    def close(self) -> None:
        """Look for nobody any more."""
        for thing_id in tuple(self._looks):
            self._drop(thing_id)

    def _drop(self, thing_id: str) -> None:
        look = self._looks.pop(thing_id, None)
        if look is not None:
            look.close()

    def _say(self, cell: Cell) -> None:
        if self._app.page is not None:
            self._app.page.show_notice(cell.text, cell.tone)


class _Look:
    """One Thing that is looked for: its message and itself are watched until it is done."""

    def __init__(
        self, feed: FleetFeed, asked: Asked, sms_id: str, on_change: Callable[[], None]
    ) -> None:
        self._feed = feed
        self._asked = asked
        queries: dict[str, Query[Any]] = {
            "sms": SmsQuery(sms_id),
            "thing": ThingQuery(asked.thing.thing_id),
        }
        self.said = Cell("")
        self.done = False
        self._watched = Watched(feed.store, queries, on_change)

    def judge(self) -> bool:
        """Whether something else is to be said than before."""
        if self.done:
            return False
        sms: Entry[Sms] = self._watched.entry("sms")
        thing: Entry[Thing] = self._watched.entry("thing")
        found = finding(self._asked, sms.value, thing.value, self._feed.context.now)
        changed = found.cell != self.said
        self.said, self.done = found.cell, found.done
        if found.done:
            self.close()
        return changed

    def close(self) -> None:
        """Stop watching."""
        self._watched.close()
