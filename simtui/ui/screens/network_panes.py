"""From a part of a network to the page that shows it."""

from __future__ import annotations

from simtui.ui.fleet_feed import FleetFeed
from simtui.ui.history import Pane
from simtui.ui.page import Page


def network_page(feed: FleetFeed, network_id: str, pane: Pane) -> Page:
    """A new page for a part; each is imported when it is opened."""
    if pane == "routes":
        from simtui.ui.screens.routes import RoutesPage

        return RoutesPage(feed, network_id)
    if pane == "nat":
        from simtui.ui.screens.nat import NatPage

        return NatPage(feed, network_id)
    if pane == "tunnels":
        from simtui.ui.screens.tunnels import TunnelsPage

        return TunnelsPage(feed, network_id)
    from simtui.ui.screens.pools import PoolsPage

    return PoolsPage(feed, network_id)
