"""The list of NAT rules of a network."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Final

from simtui.models import NatRule, Network, Thing
from simtui.views.ages import duration
from simtui.views.amounts import NOTHING
from simtui.views.cell import Cell, Column, Row
from simtui.views.detail.section import text_cell
from simtui.views.fleet_context import FleetContext
from simtui.views.nat.sources import sources_text
from simtui.views.nat.troubles import find_troubles
from simtui.views.plan.wording import named, thing_name

WIDE_FROM: Final = 120
"""Cells from which there is room for ranges of ports and for sources as they are."""

_NARROW: Final = (
    Column("name", "NAME", 8, flex=True),
    Column("public", "PUBLIC", 13),
    Column("thing", "→ THING", 9, flex=True),
    Column("private", "PRIVATE", 14),
    Column("sources", "SOURCES", 7),
    Column("ends", "ENDS", 5),
    Column("trouble", "TROUBLE", 8),
)
_WIDE: Final = (
    Column("name", "NAME", 12, flex=True),
    Column("public", "PUBLIC", 15),
    Column("thing", "→ THING", 14, flex=True),
    Column("private", "PRIVATE", 22),
    Column("sources", "SOURCES", 18),
    Column("ends", "ENDS", 5),
    Column("trouble", "TROUBLE", 18),
)


def nat_columns(width: int) -> tuple[Column, ...]:
    """The columns for a terminal of ``width`` cells; the protocol stands with its ports."""
    return _WIDE if width >= WIDE_FROM else _NARROW


def nat_row(
    rule: NatRule,
    thing: Thing | None,
    network: Network,
    now: datetime,
    columns: Sequence[Column],
    context: FleetContext | None = None,
) -> Row:
    """One cell for each column; with ``context`` a Thing that has moved away is told of."""
    cells: dict[str, Callable[[], Cell]] = {
        "name": lambda: text_cell(rule.name),
        "public": lambda: Cell(f"{named(rule.protocol)} {named(rule.public_ports)}"),
        "thing": lambda: _thing_cell(rule, thing),
        "private": lambda: _private_cell(rule, thing),
        "sources": lambda: Cell(sources_text(rule.allowed_sources)),
        "ends": lambda: _end_cell(rule.expires_at, now),
        "trouble": lambda: _trouble_cell(rule, thing, network, context or FleetContext(now), now),
    }
    return tuple(cells[column.key]() for column in columns)


def _thing_cell(rule: NatRule, thing: Thing | None) -> Cell:
    return Cell(thing_name(thing)) if thing else Cell(named(rule.thing_id), "dim")


def _private_cell(rule: NatRule, thing: Thing | None) -> Cell:
    """Where it leads; the Thing's own address while the server does not say."""
    address = rule.private_address or (thing and thing.ip and thing.ip.address)
    where = named(address) if address else NOTHING
    return Cell(f"{where}:{named(rule.private_ports)}", "" if address else "dim")


def _end_cell(end: datetime | None, now: datetime) -> Cell:
    if end is None:
        return Cell("never", "dim")
    seconds = (end - now).total_seconds()
    return Cell(duration(seconds)) if seconds > 0 else Cell("over", "warn")


def _trouble_cell(
    rule: NatRule, thing: Thing | None, network: Network, context: FleetContext, now: datetime
) -> Cell:
    troubles = tuple(find_troubles(rule, thing, network, context, now))
    if not troubles:
        return Cell("")
    return Cell(", ".join(trouble.word for trouble in troubles), troubles[0].tone)
