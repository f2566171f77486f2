"""What every page wants to know of the fleet, watched and indexed once for all of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from simtui.clock import Clock
from simtui.errors import SimtuiError
from simtui.models import IpProfile, Network, Thing, ThingsGroup
from simtui.store.entry import Entry
from simtui.store.fleet import Fleet
from simtui.store.fleet_queries import FleetQuery
from simtui.store.list_queries import GroupsQuery, IpProfilesQuery, NetworksQuery
from simtui.store.store import Store
from simtui.views.fleet_context import FleetContext, Habits
from simtui.views.fleet_index import FleetIndex


@dataclass(frozen=True, slots=True)
class News:
    """What changed: these Things, the names of groups and the like, or just the entry.

    ``rebuilt`` means that the index is another one than before.
    """

    thing_ids: tuple[str, ...] = ()
    names: bool = False
    rebuilt: bool = False


class FleetFeed:
    """The fleet with its index and what its groups tie together; listeners hear the news."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self.store = store
        self.entry: Entry[Fleet] = Entry()
        self.index = FleetIndex()
        self.habits: Habits | None = None
        """What is usual for Things, once that was found out."""
        self._clock = clock
        self._cursor = 0
        self._listeners: list[Callable[[News], None]] = []
        self._errors: dict[str, SimtuiError | None] = {}
        self._groups: dict[str, ThingsGroup] = {}
        self._networks: dict[str, Network] = {}
        self._ip_profiles: dict[str, IpProfile] = {}
        self._watches = (
            store.watch(GroupsQuery(), self._groups_came),
            store.watch(NetworksQuery(), self._networks_came),
            store.watch(IpProfilesQuery(), self._ip_profiles_came),
            store.watch(FleetQuery(), self._fleet_came),
        )

    def close(self) -> None:
        """Stop watching."""
        self._listeners.clear()
        for watch in self._watches:
            watch.close()

    def listen(self, listener: Callable[[News], None]) -> Callable[[], None]:
        """Hear of changes; answers the function that stops that."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener) if listener in self._listeners else None

    @property
    def clock(self) -> Clock:
        """By what ages are told."""
        return self._clock

    @property
    def context(self) -> FleetContext:
        """What a Thing's own record does not say."""
        return FleetContext(
            self._clock.now(), self._groups, self._networks, self._ip_profiles, self.habits
        )

    @property
    def age(self) -> timedelta | None:
        """How old the fleet as a whole is; None before anything is known."""
        return self.entry.age(self._clock.now())

    def thing(self, thing_id: str) -> Thing | None:
        """A Thing as it is known, None when it is not."""
        return self.index.get(thing_id)

    @property
    def error(self) -> SimtuiError | None:
        """Why something shown here is not the present: the fleet's own reason first."""
        others = (error for error in self._errors.values() if error is not None)
        return self.entry.error or next(others, None)

    def refresh(self) -> None:
        """Ask for everything again."""
        for query in (FleetQuery(), GroupsQuery(), NetworksQuery(), IpProfilesQuery()):
            self.store.refresh(query)

    def _fleet_came(self, entry: Entry[Fleet]) -> None:
        self.entry = entry
        self._tell(self._take_in(entry.value) if entry.value is not None else News())

    def _take_in(self, fleet: Fleet) -> News:
        changes = fleet.changes_since(self._cursor)
        self._cursor = changes.cursor
        if changes.everything:
            self.index = FleetIndex(fleet.things.values())
            return News(rebuilt=True)
        things = fleet.things
        changed = self.index.update(things[thing_id] for thing_id in changes.changed)
        return News((*changed, *self.index.remove(changes.removed)))

    def _groups_came(self, entry: Entry[tuple[ThingsGroup, ...]]) -> None:
        self._errors["groups"] = entry.error
        self._groups = {group.things_group_id: group for group in entry.value or ()}
        self._tell(News(names=True))

    def _networks_came(self, entry: Entry[tuple[Network, ...]]) -> None:
        self._errors["networks"] = entry.error
        self._networks = {network.network_id: network for network in entry.value or ()}
        self._tell(News(names=True))

    def _ip_profiles_came(self, entry: Entry[tuple[IpProfile, ...]]) -> None:
        self._errors["ip profiles"] = entry.error
        self._ip_profiles = {profile.ip_profile_id: profile for profile in entry.value or ()}
        self._tell(News(names=True))

    def _tell(self, news: News) -> None:
        for listener in tuple(self._listeners):
            listener(news)
