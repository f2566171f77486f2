"""The addresses of a pool that Things have, to lock and unlock them."""

from __future__ import annotations

from collections.abc import Sequence

from textual import on

from simtui.models import IpPool, Lease, Thing
from simtui.models.action import LockIp, UnlockIp
from simtui.store.cells import Watch
from simtui.store.entry import Entry
from simtui.store.queries import LeasesQuery, NetworksQuery
from simtui.ui.acting.acting_page import ActingPage
from simtui.ui.acting.targets import Targets
from simtui.ui.fleet_feed import FleetFeed
from simtui.ui.history import ThingPlace
from simtui.ui.key import Key
from simtui.ui.keys import bindings
from simtui.ui.list_page import ListPage
from simtui.ui.widgets import table_messages
from simtui.views.cell import Column, Row
from simtui.views.network.lease_rows import in_order, lease_columns, lease_counts, lease_row
from simtui.views.plan.selection import select_thing
from simtui.views.text import clean

_NEEDS_ROW = frozenset({"open", "toggle-lock", "leases-act"})


class LeasesPage(ActingPage, ListPage):
    """By address; rows are known by their address."""

    scopes = ("table", "leases")
    heading = "Leases"
    screen_title = "Networks"
    BINDINGS = bindings("leases")

    _entry: Entry[tuple[Lease, ...]] = Entry()
    _watch: Watch[tuple[Lease, ...]] | None = None

    def __init__(self, feed: FleetFeed, network_id: str, ip_pool_id: str) -> None:
        super().__init__(feed)
        self._network_id = network_id
        self._query = LeasesQuery(network_id, ip_pool_id)
        self._leases: dict[str, Lease] = {}

    def on_mount(self) -> None:
        """Ask for them."""
        self._watch = self.feed.store.watch(self._query, self._came)

    def on_unmount(self) -> None:
        """Ask no more."""
        if self._watch is not None:
            self._watch.close()

    # What is shown

    @property
    def pool(self) -> IpPool | None:
        """The pool as it is known."""
        network = self.feed.context.networks.get(self._network_id)
        pools = network.ip_pools if network is not None else ()
        return next((one for one in pools if one.ip_pool_id == self._query.pool_id), None)

    @property
    def cursor_name(self) -> str:
        """By what the place of the cursor is remembered."""
        return f"leases of {self._query.pool_id}"

    def columns(self, width: int) -> tuple[Column, ...]:
        """The columns for a terminal of ``width`` cells."""
        return lease_columns(width)

    def keys(self) -> Sequence[str]:
        """The addresses, as numbers."""
        return tuple(self._leases)

    def row(self, key: str, columns: tuple[Column, ...]) -> Row:
        """One address."""
        lease = self._leases[key]
        return lease_row(lease, self.thing(lease.thing_id), columns, self.feed.context.now)

    def why_empty(self) -> tuple[str, str]:
        """Why there are none."""
        if self._entry.value is not None:
            return (
                "No Thing has an address of this pool.",
                "A Thing gets one with its next data session, or when its address is locked.\n"
                "r asks again.",
            )
        if self._entry.error is not None:
            why = clean(str(self._entry.error), limit=600)
            return "The leases could not be loaded.", f"{why}\n\nr tries again now, ! shows all."
        return "Loading the leases …", "They appear as soon as the server has answered."

    def show_top(self) -> None:
        """Which pool of which network, and how much of it is in use."""
        network, pool = self.feed.context.networks.get(self._network_id), self.pool
        names = (
            network.name if network is not None else self._network_id,
            pool.cidr if pool is not None else self._query.pool_id,
        )
        known = self._entry.value is not None
        counts = lease_counts(tuple(self._leases.values()), pool) if known else ""
        self.show_fleet_status(self.feed, ("Networks", *map(clean, names)), counts=counts)
        self.show_nav()
        self.show_error(self._entry.error or self.feed.error)

    def refresh_now(self) -> None:
        """Ask for them again, and for how full the pool is."""
        for query in (self._query, NetworksQuery()):
            self.feed.store.refresh(query)

    @property
    def asking(self) -> bool:
        """Whether they are on their way."""
        return self._entry.loading

    def offers(self, key: Key) -> bool:
        """Nothing to act on in an empty pool."""
        return bool(self._leases) or key.id not in _NEEDS_ROW

    def _came(self, entry: Entry[tuple[Lease, ...]]) -> None:
        self._entry = entry
        if entry.value is not None:
            self._leases = {lease.address: lease for lease in in_order(entry.value)}
        self.show_rows()

    # What the keys do

    @on(table_messages.Opened)
    def _opened(self, event: table_messages.Opened) -> None:
        lease = self._leases.get(event.key)
        if lease is not None:
            self.simtui.go_soon(ThingPlace(lease.thing_id))

    def targets(self) -> Targets:
        """The Thing of the row, if it is known here."""
        return Targets(row=self._thing_of_row())

    def action_act(self) -> None:
        """What can be done with the row's Thing."""
        if self._thing_of_row() is not None:
            super().action_act()
        else:
            self._say_unknown()

    def action_toggle_lock(self) -> None:
        """Lock the address to its Thing, or turn the lock into a lease, as a plan."""
        visit, thing = self.simtui.visit, self._thing_of_row()
        lease = self._leases.get(self.table.cursor_key or "")
        if visit is None or lease is None:
            return
        if thing is None:
            self._say_unknown()
            return
        action = UnlockIp() if lease.locked else LockIp()
        visit.acting.try_plan(action, select_thing(thing))

    def _thing_of_row(self) -> Thing | None:
        lease = self._leases.get(self.table.cursor_key or "")
        return self.thing(lease.thing_id) if lease is not None else None

    def _say_unknown(self) -> None:
        if self._leases:
            self.show_notice(
                "This Thing is not in the list as it is known here; r asks again", "warn"
            )
