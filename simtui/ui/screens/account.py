"""The account: our level, limits and quota in use, the API itself, APN and coverage."""

from __future__ import annotations

from simtui.models import Network
from simtui.store.queries import NatRulesQuery, RoutesQuery, TunnelsQuery
from simtui.store.quota_pace import SLOW_FROM, STOP_FROM
from simtui.ui.configuring.own_user import look_for_own_user
from simtui.ui.fleet_feed import FleetFeed, News
from simtui.ui.people import People
from simtui.ui.sections_page import SectionsPage
from simtui.ui.widgets.section_list import SectionList
from simtui.views.account.head import account_section, permission_section
from simtui.views.account.limits import InUse, limits_section, networks_section
from simtui.views.account.places import apn_section, coverage_section
from simtui.views.account.quota import quota_section
from simtui.views.account.release import release_section
from simtui.views.detail.section import Section


class AccountPage(SectionsPage):
    """Shows what the API tells of the account and of itself; nothing here can be changed."""

    scopes = ("text",)
    heading = "Account"
    screen_title = "Account"

    _people: People | None = None

    def __init__(self, feed: FleetFeed) -> None:
        super().__init__()
        self._feed = feed

    def on_mount(self) -> None:
        """Follow all of it."""
        store = self._feed.store
        self._unlisten = (
            self._feed.listen(self._news),
            store.watch_quota(self._told),
            store.release.listen(self._told),
        )
        self._people = People(store, self.show_state)
        self.run_worker(self._look_for_ourselves(), exclusive=True)
        self.show_state()
        self.focus_body()

    def on_unmount(self) -> None:
        """Follow it no more."""
        for unlisten in self._unlisten:
            unlisten()
        if self._people is not None:
            self._people.close()

    def refresh_now(self) -> None:
        """Ask for it again."""
        self._feed.refresh()
        if self._people is not None:
            self._people.refresh()

    @property
    def asking(self) -> bool:
        """Whether any of it is on its way."""
        return self._feed.entry.loading or (self._people is not None and self._people.loading)

    def show_state(self) -> None:
        """Bring the page up to date; what reads the same is not drawn."""
        people = self._people
        if people is None or not self.query(SectionList):  # it is about to go away
            return
        self.show_fleet_status(self._feed, ("Account",))
        self.show_nav()
        self.show_error(people.error or self._feed.error)
        self.show_sections(self._left(people), self._right(people))

    async def _look_for_ourselves(self) -> None:
        await look_for_own_user(self._feed.store)
        self.show_state()

    def _news(self, news: News) -> None:
        self.show_state()

    def _told(self, told: object) -> None:
        """By any answer, which must not wait for a page."""
        self.call_later(self.show_state)

    def _left(self, people: People) -> tuple[Section, ...]:
        """What may have to be acted on."""
        store, now = self._feed.store, self._feed.context.now
        visit = self.simtui.visit
        base_url = visit.workspace.base_url if visit is not None else ""
        own, release = people.users.get(people.own_id), store.release.value
        sections = (
            account_section(people.account, now),
            permission_section(people.level, people.level_of(people.level), own),
            quota_section(store.quota, now, slow_from=SLOW_FROM, stop_from=STOP_FROM),
        )
        api = release_section(release, base_url, now)
        ends = release is not None and release.sunset is not None
        return (api, *sections) if ends else (*sections, api)

    def _right(self, people: People) -> tuple[Section, ...]:
        """What there is, and where it works."""
        networks, account = self._feed.context.networks.values(), people.account.value
        things = len(self._feed.index) if self._feed.entry.value is not None else None
        in_use = {one.network_id: self._in_use(one) for one in networks}
        return (
            limits_section(account, self._counts(people), things),
            networks_section(networks, in_use, account),
            apn_section(networks),
            coverage_section(),
        )

    def _counts(self, people: People) -> dict[str, int | None]:
        """What is in use, by the names of the limits, as far as it is known."""
        context = self._feed.context
        profiles = context.ip_profiles.values()
        chains = [len(rules) for one in profiles for rules in (one.inbound, one.outbound)]
        users = people.entry.value
        return {
            "users": len(users) if users is not None else None,
            "things_groups": len(context.groups) or None,
            "networks": len(context.networks) or None,
            "ip_profiles": len(context.ip_profiles) or None,
            "rules_per_chain": max(chains, default=None),
        }

    def _in_use(self, network: Network) -> InUse:
        """As far as it was read; nothing is asked for."""
        store, network_id = self._feed.store, network.network_id
        nat_rules = store.entry(NatRulesQuery(network_id)).value
        tunnels = store.entry(TunnelsQuery(network_id)).value
        routes = store.entry(RoutesQuery(network_id)).value
        return InUse(
            len(network.ip_pools),
            len(nat_rules) if nat_rules is not None else None,
            len(tunnels) if tunnels is not None else None,
            len(routes.items) if routes is not None else None,
        )
