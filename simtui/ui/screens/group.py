"""One Things Group: what it ties together, how its Things are, and what they cost so far."""

from __future__ import annotations

from simtui.models import ThingsGroup
from simtui.models.billing import Scope
from simtui.models.config_change import Kind, Ref
from simtui.store.queries import TunnelsQuery
from simtui.ui.billing.bill_watch import BillWatch, BillWish
from simtui.ui.configuring.moving_in import ask_to_move_in
from simtui.ui.fleet_feed import FleetFeed, News
from simtui.ui.history import BillingPlace, FirewallPlace, NetworkPlace, ThingsPlace
from simtui.ui.key import Key
from simtui.ui.keys import bindings
from simtui.ui.sections_page import SectionsPage
from simtui.views.config.names import title_of
from simtui.views.config.undeletable import why_group_stays
from simtui.views.detail.section import Section
from simtui.views.group.cost import cost_section
from simtui.views.group.sections import group_sections
from simtui.views.group.things_filter import things_filter
from simtui.views.text import clean

_TIED = 3
"""Sections of the left column: the group, its network, its IP profile."""


class GroupPage(SectionsPage):
    """Shows one group."""

    scopes = ("text", "group")
    heading = "Group"
    screen_title = "Groups"
    BINDINGS = bindings("group")

    _cost: BillWatch | None = None

    def __init__(self, feed: FleetFeed, things_group_id: str) -> None:
        super().__init__()
        self._feed = feed
        self._group_id = things_group_id

    def on_mount(self) -> None:
        """Follow it."""
        self._unlisten = self._feed.listen(self._news)
        wish = BillWish(Scope.GROUP, self._group_id)
        self._cost = BillWatch(self._feed.store, wish, self.show_state, with_cycles=False)
        self.show_state()
        self.focus_body()

    def on_unmount(self) -> None:
        """Follow it no more."""
        self._unlisten()
        if self._cost is not None:
            self._cost.close()

    @property
    def group(self) -> ThingsGroup | None:
        """The group as it is known; None when it is not, or not any more."""
        return self._feed.context.groups.get(self._group_id)

    def refresh_now(self) -> None:
        """Ask for it again, and for what it costs."""
        self._feed.refresh()
        if self._cost is not None:
            self._cost.refresh()

    @property
    def asking(self) -> bool:
        """Whether any of it is on its way."""
        return self._feed.entry.loading or (self._cost is not None and self._cost.loading)

    def offers(self, key: Key) -> bool:
        """Nothing can be done to a group that is gone."""
        return self.group is not None or key.scope != "group"

    def show_state(self) -> None:
        """Bring the page up to date; what reads the same is not drawn. That the cost cannot
        be had is said in its section, and nowhere else."""
        if not self.is_mounted:
            return
        group, context = self.group, self._feed.context
        name = clean(group.name) if group is not None else self._group_id
        self.show_fleet_status(self._feed, ("Groups", name))
        self.show_nav()
        self.show_error(self._feed.error)
        network_id = (group.network_id if group is not None else None) or ""
        tunnels = self._feed.store.entry(TunnelsQuery(network_id)).value
        sections = group_sections(group, context, tunnels)
        costs = (self._cost_section(),) if group is not None else ()
        self.show_sections(sections[:_TIED], (*sections[_TIED:], *costs))

    def _cost_section(self) -> Section:
        cost = self._cost
        account, report = (cost.account, cost.asked) if cost is not None else (None, None)
        return cost_section(account, report, self._feed.context.now)

    def _news(self, news: News) -> None:
        if news.names:
            self.show_state()

    # What the keys do

    def action_edit(self) -> None:
        """Name, network, IP profile and description."""
        visit = self.simtui.visit
        if visit is not None and self.group is not None:
            visit.configuring.edit(Ref(Kind.GROUP, self._group_id))

    def action_move_in(self) -> None:
        """Ask which Things to move into it."""
        if self.group is not None:
            ask_to_move_in(self.simtui, self.group)

    def action_things(self) -> None:
        """Its Things, in the list."""
        if self.group is not None:
            self.simtui.go_soon(ThingsPlace(things_filter(self.group)))

    def action_network(self) -> None:
        """Its network."""
        if self.group is not None and self.group.network_id:
            self.simtui.go_soon(NetworkPlace(self.group.network_id))

    def action_profile(self) -> None:
        """Its IP profile."""
        if self.group is not None and self.group.ip_profile_id:
            self.simtui.go_soon(FirewallPlace(self.group.ip_profile_id))

    def action_bill(self) -> None:
        """What it costs, in detail."""
        self.simtui.go_soon(BillingPlace(Scope.GROUP, self._group_id))

    def action_delete(self) -> None:
        """Ask whether to delete it, or say why that cannot be."""
        visit, group = self.simtui.visit, self.group
        if visit is not None and group is not None:
            ref = Ref(Kind.GROUP, self._group_id)
            visit.configuring.delete(ref, title_of(ref, group.name), why_group_stays(group))
