"""The list of tunnels of a network."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Final

from simtui.models.tunnel import Tunnel
from simtui.views.ages import age
from simtui.views.amounts import NOTHING, count_text
from simtui.views.cell import Cell, Column, Row
from simtui.views.detail.section import text_cell
from simtui.views.text import clean
from simtui.views.tunnel.errors import error_words
from simtui.views.tunnel.weak import weaknesses
from simtui.views.tunnel.words import state_cell

WIDE_FROM: Final = 110
"""Cells from which there is room for whole names of gateways."""


def tunnel_columns(width: int) -> tuple[Column, ...]:
    """The columns for a table of ``width`` cells."""
    wide = width >= WIDE_FROM
    return (
        Column("state", "STATE", 12),
        Column("name", "NAME", 10, flex=True),
        Column("gateway", "REMOTE GATEWAY", 30 if wide else 15),
        Column("nets", "NETS", 22 if wide else 4, align="left" if wide else "right"),
        Column("since", "SINCE", 6, align="right"),
        Column("error", "LAST ERROR", 18 if wide else 12),
        Column("weak", "WEAK", 4, align="right"),
    )


def tunnel_row(tunnel: Tunnel, now: datetime, columns: Sequence[Column]) -> Row:
    """One cell for each column, safe to print; the row's key is the tunnel's id."""
    return tuple(_CELLS[column.key](tunnel, now, column.width) for column in columns)


def _since(tunnel: Tunnel, now: datetime, width: int) -> Cell:
    since = tunnel.status.since if tunnel.status else None
    return Cell(age(since, now), "" if since else "dim")


def _nets(tunnel: Tunnel, now: datetime, width: int) -> Cell:
    """The first of the other side's nets and how many more; only their count in little room."""
    nets = tunnel.remote_cidrs
    if not nets or width < len("10.0.0.0/8"):
        return Cell(count_text(len(nets)))
    more = f" +{len(nets) - 1}" if len(nets) > 1 else ""
    return Cell(f"{clean(nets[0], 40)}{more}")


def _error(tunnel: Tunnel, now: datetime, width: int) -> Cell:
    code = tunnel.status.last_error if tunnel.status else None
    return Cell(error_words(code).title, "bad") if code else Cell(NOTHING, "dim")


def _weak(tunnel: Tunnel, now: datetime, width: int) -> Cell:
    count = len(weaknesses(tunnel))
    return Cell(f"{count} !", "warn") if count else Cell(NOTHING, "dim")


_CELLS: Final[Mapping[str, Callable[[Tunnel, datetime, int], Cell]]] = {
    "state": lambda tunnel, now, width: state_cell(tunnel),
    "name": lambda tunnel, now, width: text_cell(tunnel.name),
    "gateway": lambda tunnel, now, width: text_cell(tunnel.remote_gateway),
    "nets": _nets,
    "since": _since,
    "error": _error,
    "weak": _weak,
}
