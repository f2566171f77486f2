"""The networks as a table."""

from __future__ import annotations

from typing import Final

from simtui.models import Network
from simtui.models.config_change import Kind, Ref
from simtui.views.amounts import count_text
from simtui.views.cell import Cell, Column, Row
from simtui.views.config.reach import groups_reached
from simtui.views.detail.section import text_cell
from simtui.views.fleet_context import FleetContext
from simtui.views.network.fill import fullest, percent_cell
from simtui.views.text import clean

WIDE_FROM: Final = 110
"""Cells from which there is room for what a network is for."""


def network_columns(width: int) -> tuple[Column, ...]:
    """The columns for a table of ``width`` cells."""
    wide = width >= WIDE_FROM
    columns = (
        Column("name", "NAME", 11, flex=True),
        Column("things", "THINGS", 6, align="right"),
        Column("groups", "GROUPS", 6, align="right"),
        Column("pools", "POOLS", 5, align="right"),
        Column("fullest", "FULLEST POOL", 18 if wide else 12),
        Column("isolation", "ISOLATION", 9),
        Column("public", "PUBLIC", 15),
    )
    return (*columns, Column("description", "DESCRIPTION", 20, flex=True)) if wide else columns


def network_row(network: Network, columns: tuple[Column, ...], context: FleetContext) -> Row:
    """One cell for each column."""
    groups = len(groups_reached(Ref(Kind.NETWORK, network.network_id), context))
    things, pools = network.thing_count, len(network.ip_pools)
    widths = {column.key: column.width for column in columns}
    cells = {
        "name": Cell(clean(network.name)),
        "things": Cell(count_text(things), "" if things else "dim"),
        "groups": Cell(count_text(groups), "" if groups else "dim"),
        "pools": Cell(count_text(pools), "" if pools else "warn"),
        "fullest": percent_cell(fullest(network.ip_pools), widths["fullest"]),
        "isolation": Cell("on", "ok") if network.thing_isolation else Cell("off", "dim"),
        "public": text_cell(network.nat_public_address),
        "description": text_cell(network.description, "dim"),
    }
    return tuple(cells[column.key] for column in columns)
