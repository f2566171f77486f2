"""The IP pools of a network as a table, and one of them as a line."""

from __future__ import annotations

from typing import Final

from simtui.models import IpPool
from simtui.views.amounts import NOTHING, count_text
from simtui.views.cell import Cell, Column, Row
from simtui.views.detail.section import text_cell
from simtui.views.network.fill import fill_of, fill_words, percent_cell
from simtui.views.plan.wording import named
from simtui.views.text import clean

WIDE_FROM: Final = 100
"""Cells from which the gateway has a column; below, it stands in the line of the row."""


def pool_columns(width: int) -> tuple[Column, ...]:
    """The columns for a table of ``width`` cells."""
    wide = width >= WIDE_FROM
    columns = (
        Column("pool", "POOL", 18, flex=True),
        Column("default", "DEFAULT", 7),
        Column("used", "IN USE", 24 if wide else 12),
        Column("locked", "LOCKED", 6, align="right"),
        Column("leased", "LEASED", 6, align="right"),
        Column("free", "FREE", 6, align="right"),
        Column("usable", "USABLE", 6, align="right"),
    )
    return (*columns, Column("gateway", "GATEWAY", 15)) if wide else columns


def pool_row(pool: IpPool, columns: tuple[Column, ...]) -> Row:
    """One cell for each column; ``LEASED`` are those that are not locked."""
    fill = fill_of(pool)
    widths = {column.key: column.width for column in columns}
    counts = {
        "locked": fill.locked if fill else pool.locked,
        "leased": fill.leased if fill else None,
        "free": fill.free if fill else pool.available,
        "usable": fill.usable if fill else pool.size,
    }
    cells = {
        "pool": Cell(clean(pool.cidr)),
        "default": Cell("default", "accent") if pool.is_default else Cell(""),
        "used": percent_cell(fill, widths["used"]),
        "gateway": text_cell(pool.gateway),
    } | {key: _count(count) for key, count in counts.items()}
    return tuple(cells[column.key] for column in columns)


def _count(count: int | None) -> Cell:
    return Cell(count_text(count), "" if count else "dim")


def pool_line(pool: IpPool) -> str:
    """What its row leaves open: ``gateway 10.16.0.1 · 253 usable: █ 4 locked, …``."""
    fill = fill_of(pool)
    gateway = named(pool.gateway) if pool.gateway else NOTHING
    told = fill_words(fill) if fill is not None else "its fill is not told"
    return f"gateway {gateway} · {told}"
