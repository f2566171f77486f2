"""The networks: how full, how isolated, and by whom they are used."""

from __future__ import annotations

from collections.abc import Sequence

from textual import on

from simtui.models import Network
from simtui.models.config_change import Kind, Ref
from simtui.ui.config_list_page import ConfigListPage
from simtui.ui.history import NetworkPlace
from simtui.ui.keys import bindings
from simtui.ui.widgets import table_messages
from simtui.views.cell import Column, Row
from simtui.views.config.names import title_of
from simtui.views.config.undeletable import why_network_stays
from simtui.views.network.rows import network_columns, network_row


class NetworksPage(ConfigListPage):
    """Lists them by name; enter opens one at its pools."""

    scopes = ("table", "networks")
    heading = "Networks"
    screen_title = "Networks"
    kind = Kind.NETWORK
    BINDINGS = bindings("networks")

    @property
    def networks(self) -> dict[str, Network]:
        """All of them by id."""
        return dict(self.feed.context.networks)

    def columns(self, width: int) -> tuple[Column, ...]:
        """The columns for a terminal of ``width`` cells."""
        return network_columns(width)

    def keys(self) -> Sequence[str]:
        """The ids by name."""
        networks = self.networks
        return sorted(networks, key=lambda one: (networks[one].name.casefold(), one))

    def row(self, key: str, columns: tuple[Column, ...]) -> Row:
        """One network."""
        return network_row(self.networks[key], columns, self.feed.context)

    def title_of(self, key: str) -> str:
        """What a network is called."""
        return title_of(Ref(Kind.NETWORK, key), self.networks[key].name)

    def why_it_stays(self, key: str) -> str:
        """Why it cannot be deleted."""
        return why_network_stays(self.networks[key], self.feed.context)

    @on(table_messages.Opened)
    def _opened(self, event: table_messages.Opened) -> None:
        self.simtui.go_soon(NetworkPlace(event.key))
