"""One IPsec tunnel: how it is, what was agreed on, and the sheet for the other side."""

from __future__ import annotations

from typing import Any

from simtui.models import Network, Routes, Tunnel
from simtui.models.config_change import Kind, Ref
from simtui.store.cells import Watch
from simtui.store.config_queries import RoutesQuery, TunnelsQuery
from simtui.store.entry import Entry
from simtui.ui.configuring.switching import propose, switched
from simtui.ui.fleet_feed import FleetFeed, News
from simtui.ui.key import Key
from simtui.ui.keys import bindings
from simtui.ui.sections_page import SectionsPage
from simtui.views.config.names import title_of
from simtui.views.config.undeletable import why_tunnel_stays
from simtui.views.detail.section import Section, absence
from simtui.views.plan.wording import named
from simtui.views.text import clean
from simtui.views.tunnel.sections import tunnel_sections
from simtui.views.tunnel.sheet import sheet

_LEFT = 3
"""Sections about how it is; the others are between whom, and what was agreed on."""


class TunnelPage(SectionsPage):
    """Shows one tunnel, live; never its key."""

    scopes = ("text", "tunnel")
    heading = "IPsec tunnel"
    screen_title = "Networks"
    BINDINGS = bindings("tunnel")

    def __init__(self, feed: FleetFeed, network_id: str, tunnel_id: str) -> None:
        super().__init__()
        self._feed = feed
        self._ref = Ref(Kind.TUNNEL, tunnel_id, network_id)
        self._tunnels: Entry[tuple[Tunnel, ...]] = Entry()
        self._routes: Entry[Routes] = Entry()
        self._watches: tuple[Watch[Any], ...] = ()

    def on_mount(self) -> None:
        """Follow the tunnel, and the routes that may lead into it."""
        store, network_id = self._feed.store, self._ref.parent_id
        self._unlisten = self._feed.listen(self._news)
        self._watches = (
            store.watch(TunnelsQuery(network_id), self._tunnels_came),
            store.watch(RoutesQuery(network_id), self._routes_came),
        )
        self.show_nav()
        self.show_state()
        self.focus_body()

    def on_unmount(self) -> None:
        """Follow them no more."""
        self._unlisten()
        for watch in self._watches:
            watch.close()

    @property
    def tunnel(self) -> Tunnel | None:
        """The tunnel as it is known; None when it is not, or not any more."""
        own = (one for one in self._tunnels.value or () if one.tunnel_id == self._ref.object_id)
        return next(own, None)

    @property
    def network(self) -> Network:
        """Its network; only the id of it while nothing else is known."""
        network_id = self._ref.parent_id
        return self._feed.context.networks.get(network_id) or Network(network_id, network_id)

    def refresh_now(self) -> None:
        """Ask for it again."""
        for query in (TunnelsQuery(self._ref.parent_id), RoutesQuery(self._ref.parent_id)):
            self._feed.store.refresh(query)

    @property
    def asking(self) -> bool:
        """Whether it is on its way."""
        return self._tunnels.loading

    def offers(self, key: Key) -> bool:
        """Nothing can be done to a tunnel that is not there."""
        return self.tunnel is not None or key.scope != "tunnel"

    # What is shown

    def show_state(self) -> None:
        """Bring the page up to date; what reads the same is not drawn."""
        name = named(self.tunnel.name) if self.tunnel is not None else self._ref.object_id
        crumbs = ("Networks", named(self.network.name), clean(name))
        self.show_fleet_status(self._feed, crumbs)
        self.show_error(self._tunnels.error)
        sections = self._sections()
        self.show_sections(sections[:_LEFT], sections[_LEFT:])

    def _sections(self) -> tuple[Section, ...]:
        if self.tunnel is not None:
            return tunnel_sections(self.tunnel, self.network, self._feed.context.now)
        if self._tunnels.value is None:
            return (Section("IPsec tunnel", note=absence(self._tunnels.error)),)
        gone = "This tunnel is not there any more: it was deleted. esc goes back."
        return (Section("IPsec tunnel", note=gone),)

    def _tunnels_came(self, entry: Entry[tuple[Tunnel, ...]]) -> None:
        self._tunnels = entry
        self.show_state()

    def _routes_came(self, entry: Entry[Routes]) -> None:
        self._routes = entry

    def _news(self, news: News) -> None:
        if news.names:
            self.show_state()

    # What the keys do

    def action_edit(self) -> None:
        """Its form."""
        if (visit := self.simtui.visit) is not None and self.tunnel is not None:
            visit.configuring.edit(self._ref)

    def action_copy(self) -> None:
        """All parameters but the key as a plain text, for the other side's engineer."""
        if self.tunnel is not None:
            text = sheet(self.tunnel, self.network, self._feed.context.now)
            self.app.copy_to_clipboard(text)
            self.simtui.notice("Copied the sheet for the other side; the key is not in it")

    def action_toggle_row(self) -> None:
        """Switch it off, or on again, after the difference was shown."""
        if self.tunnel is not None:
            propose(self.simtui, lambda: switched(self._feed, self._ref))

    def action_delete(self) -> None:
        """Ask whether to delete it, or say why that cannot be."""
        visit, tunnel = self.simtui.visit, self.tunnel
        if visit is not None and tunnel is not None:
            title = title_of(self._ref, tunnel.name, self.network.name)
            reason = why_tunnel_stays(tunnel, self._routes.value)
            visit.configuring.delete(self._ref, title, reason)
