"""The Things Groups as a table."""

from __future__ import annotations

from typing import Final

from simtui.models import State, ThingsGroup
from simtui.views.amounts import NOTHING, count_text
from simtui.views.cell import Cell, Column, Row, Tone
from simtui.views.fleet_context import FleetContext
from simtui.views.plan.wording import named
from simtui.views.text import fit

WIDE_FROM: Final = 110
"""Cells from which names have room, and retired Things a column."""
DEFAULT: Final = " (default)"
"""Stands behind the name of the group that new Things come into."""
_STATES: Final[dict[str, tuple[str, Tone]]] = {
    "active": (State.ACTIVE, "ok"),
    "suspended": (State.SUSPENDED, "warn"),
    "provisioned": (State.PROVISIONED, ""),
    "retired": (State.RETIRED, "dim"),
}


def group_columns(width: int) -> tuple[Column, ...]:
    """The columns for a table of ``width`` cells."""
    wide = width >= WIDE_FROM
    columns = (
        Column("name", "NAME", 30 if wide else 19, flex=True),
        Column("network", "NETWORK", 16 if wide else 10),
        Column("profile", "IP PROFILE", 16 if wide else 12),
        Column("things", "THINGS", 6, align="right"),
        Column("active", "ACTIVE", 6, align="right"),
        Column("suspended", "SUSP.", 6, align="right"),
        Column("provisioned", "PROV.", 5, align="right"),
    )
    return (*columns, Column("retired", "RETIRED", 7, align="right")) if wide else columns


def group_row(group: ThingsGroup, columns: tuple[Column, ...], context: FleetContext) -> Row:
    """One cell for each column."""
    widths = {column.key: column.width for column in columns}
    network = context.networks.get(group.network_id or "")
    profile = context.ip_profiles.get(group.ip_profile_id or "")
    things = group.thing_count
    cells = {
        "name": Cell(_name(group, widths["name"])),
        "network": _tied_to(network.name if network else None, group.network_id),
        "profile": _tied_to(profile.name if profile else None, group.ip_profile_id),
        "things": Cell(count_text(things), "" if things else "dim"),
    } | {key: _in_state(group, *state) for key, state in _STATES.items()}
    return tuple(cells[column.key] for column in columns)


def _name(group: ThingsGroup, width: int) -> str:
    """A long name gives way to the word that says that it is the default."""
    name = named(group.name)
    if not group.is_default:
        return name
    return fit(name, width - len(DEFAULT)).rstrip() + DEFAULT


def _tied_to(name: str | None, object_id: str | None) -> Cell:
    """By name, by its id while that is not known."""
    if name is not None:
        return Cell(named(name))
    return Cell(named(object_id) if object_id else NOTHING, "dim")


def _in_state(group: ThingsGroup, state: str, tone: Tone) -> Cell:
    counts = group.counts_by_state
    count = counts.get(state, 0) if counts is not None else None
    return Cell(count_text(count), tone if count else "dim")
