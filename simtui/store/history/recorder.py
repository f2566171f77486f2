"""What the store tells the history: differences between what it knew and what it hears."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from simtui.errors import SimtuiError
from simtui.models import Thing
from simtui.store.cells import Cells, report_fault
from simtui.store.config_queries import InNetwork
from simtui.store.history.compare import differs, thing_came, thing_changes, thing_went
from simtui.store.history.history import AWAY, History
from simtui.store.journal.journal import Journal
from simtui.store.list_queries import GroupsQuery, IpProfilesQuery, NetworksQuery
from simtui.store.query import Query

if TYPE_CHECKING:
    from simtui.clock import Clock
    from simtui.store.fleet_sync import FleetSync
    from simtui.store.history.sighting import Scope

_CONFIGURATION: Final = (GroupsQuery, NetworksQuery, IpProfilesQuery, InNetwork)
"""Whose answers say how something is configured."""


class Recorder:
    """Compares Things as they come, and parts of the configuration as they are answered.

    The first load of a store that knew nothing is what later ones are compared with. After
    a snapshot, it tells what changed while nobody looked.
    """

    def __init__(self, history: History, sync: FleetSync, clock: Clock) -> None:
        self.history = history
        self._sync = sync
        self._clock = clock
        self._looks: dict[Query[Any], tuple[Scope, ...]] = {}
        self._looked: dict[Query[Any], datetime] = {}
        self._volume = history.volume
        sync.fleet.observer = self

    # As the observer of the fleet

    def came(self, new: Thing) -> None:
        """A Thing that was not here; of a fleet that is not known yet, that is no news."""
        if self._sync.knows_all:
            now = self._clock.now()
            self.history.add((thing_came(new, now, self._away_since(now)),))

    def changed(self, old: Thing, new: Thing) -> None:
        """A Thing that is not as it was: mostly its session or its use, which is no change."""
        if differs(old, new):
            now = self._clock.now()
            self.history.add(thing_changes(old, new, now, self._away_since(now)))

    def went(self, old: Thing) -> None:
        """A Thing that the server does not have any more."""
        if self._sync.knows_all:
            now = self._clock.now()
            self.history.add((thing_went(old, now, self._away_since(now)),))

    # As who hears the answers

    def answered(self, query: Query[Any], value: Any) -> None:
        """How a part of the configuration looks; the same as before costs a comparison.

        What cannot be compared costs whoever asked nothing.
        """
        if isinstance(query, _CONFIGURATION):
            try:
                self._look(query, value)
            except Exception as error:
                report_fault("what was answered could not be compared", error)

    def _look(self, query: Query[Any], value: Any) -> None:
        from simtui.store.history.sighting import scopes_of  # the first frame does without

        now = self._clock.now()
        scopes, looked = scopes_of(query, value, now), self._looked.get(query)
        self._looked[query] = now
        if self._looks_of(query) != scopes:
            self._looks[query] = scopes
            self.history.look(replace(scope, looked_at=looked) for scope in scopes)

    def _looks_of(self, query: Query[Any]) -> tuple[Scope, ...] | None:
        """How it looked; a history that is begun anew has to be told again."""
        if self._volume != self.history.volume:
            self._volume = self.history.volume
            self._looks.clear()
        return self._looks.get(query)

    def _away_since(self, now: datetime) -> datetime | None:
        """Since when nobody has looked at the fleet; None when that is only a moment."""
        looked = self._sync.as_of
        return looked if looked is not None and now - looked > AWAY else None


def recording(
    path: Path | None,
    journal: Journal,
    cells: Cells,
    sync: FleetSync,
    clock: Clock,
    notice: Callable[[SimtuiError], None],
) -> Recorder:
    """The recorder of a store, with the history in a file or, without a path, in memory."""

    def names() -> dict[str, str]:
        groups = cells.open(GroupsQuery()).entry.value or ()
        networks = cells.open(NetworksQuery()).entry.value or ()
        return {group.things_group_id: group.name for group in groups} | {
            network.network_id: network.name for network in networks
        }

    history = History(
        path,
        journal.author.endpoint,
        clock,
        names=names,
        entries=lambda: journal.entries,
        notice=notice,
    )
    return Recorder(history, sync, clock)
