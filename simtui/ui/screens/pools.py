"""The IP pools of a network: how full each is, and who has its addresses."""

from __future__ import annotations

from collections.abc import Mapping

from textual import on

from simtui.models import IpPool
from simtui.models.config_change import Kind
from simtui.ui.history import LeasesPlace
from simtui.ui.keys import bindings
from simtui.ui.screens.part_list import PartListPage
from simtui.ui.widgets import table_messages
from simtui.views.cell import Cell, Column, Row
from simtui.views.config.names import title_of
from simtui.views.config.undeletable import why_pool_stays
from simtui.views.network.pool_rows import pool_columns, pool_line, pool_row


class PoolsPage(PartListPage[IpPool]):
    """Lists them in the order in which they are used; enter opens the leases of one."""

    pane = "pools"
    scopes = ("table", "pools", "network")
    kind = Kind.POOL
    remark_lines = 1
    BINDINGS = bindings("pools")

    @property
    def items(self) -> Mapping[str, IpPool]:
        """The pools by id, in the order in which they are used."""
        pools = self.network.ip_pools if self.network is not None else ()
        return {pool.ip_pool_id: pool for pool in pools}

    def columns(self, width: int) -> tuple[Column, ...]:
        """The columns for a terminal of ``width`` cells."""
        return pool_columns(width)

    def row(self, key: str, columns: tuple[Column, ...]) -> Row:
        """One pool."""
        return pool_row(self.items[key], columns)

    def remark(self, item: IpPool) -> Cell:
        """All of a pool, with what the signs of its bar stand for."""
        return Cell(pool_line(item), "dim")

    def why_empty(self) -> tuple[str, str]:
        """Why there are none."""
        if self.network is None:
            return self.why_unknown()
        return "This network has no IP pool.", "Its Things get no address. n makes a pool."

    @on(table_messages.Opened)
    def _opened(self, event: table_messages.Opened) -> None:
        self.simtui.go_soon(LeasesPlace(self.network_id, event.key))

    def action_delete(self) -> None:
        """Ask whether to delete the row, or say why that cannot be."""
        visit, network, pool = self.simtui.visit, self.network, self.item
        if visit is not None and network is not None and pool is not None:
            ref = self.ref(pool.ip_pool_id)
            title = title_of(ref, pool.cidr, network.name)
            visit.configuring.delete(ref, title, why_pool_stays(pool, self.tunnels or ()))
