"""The IPsec tunnels of a network, with their state as it is now."""

from __future__ import annotations

from collections.abc import Mapping

from textual import on

from simtui.models import Tunnel
from simtui.models.config_change import Kind
from simtui.ui.history import TunnelPlace
from simtui.ui.keys import bindings
from simtui.ui.screens.part_list import PartListPage
from simtui.ui.widgets import table_messages
from simtui.views.cell import Cell, Column, Row
from simtui.views.config.names import title_of
from simtui.views.config.undeletable import why_tunnel_stays
from simtui.views.tunnel.remark import tunnel_remark
from simtui.views.tunnel.rows import tunnel_columns, tunnel_row


class TunnelsPage(PartListPage[Tunnel]):
    """Lists them by name; enter shows all of one."""

    pane = "tunnels"
    scopes = ("table", "tunnels", "network")
    kind = Kind.TUNNEL
    remark_lines = 4
    BINDINGS = bindings("tunnels")

    _items: Mapping[str, Tunnel] = {}

    @property
    def items(self) -> Mapping[str, Tunnel]:
        """The tunnels by id, in the order of their names."""
        return self._items

    def show_rows(self) -> None:
        """Bring the page up to date; the tunnels are put in order once for all their rows."""
        tunnels = sorted(self.tunnels or (), key=lambda one: (one.name.casefold(), one.tunnel_id))
        self._items = {tunnel.tunnel_id: tunnel for tunnel in tunnels}
        super().show_rows()

    def columns(self, width: int) -> tuple[Column, ...]:
        """The columns for a terminal of ``width`` cells."""
        return tunnel_columns(width)

    def row(self, key: str, columns: tuple[Column, ...]) -> Row:
        """One tunnel."""
        return tunnel_row(self.items[key], self.feed.context.now, columns)

    def remark(self, item: Tunnel) -> Cell:
        """The last error in words, with what to compare; else what is weak."""
        return tunnel_remark(item)

    def why_empty(self) -> tuple[str, str]:
        """Why there are none."""
        if self.tunnels is None:
            return self.why_unknown()
        return (
            "This network has no IPsec tunnel.",
            "n sets one up. Its page has a sheet of all parameters for the engineer of the\n"
            "other side; the key goes to them by another way.",
        )

    @on(table_messages.Opened)
    def _opened(self, event: table_messages.Opened) -> None:
        self.simtui.go_soon(TunnelPlace(self.network_id, event.key))

    def action_delete(self) -> None:
        """Ask whether to delete the row, or say why that cannot be."""
        visit, tunnel = self.simtui.visit, self.item
        if visit is not None and tunnel is not None:
            ref = self.ref(tunnel.tunnel_id)
            title = title_of(ref, tunnel.name, self.network_title)
            visit.configuring.delete(ref, title, why_tunnel_stays(tunnel, self.routes))
