"""The two lines over every part of a network."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from simtui.models import Network
from simtui.models.config_change import Kind, Ref
from simtui.views.amounts import count_text
from simtui.views.cell import Cell, Row, Tone
from simtui.views.config.reach import reach_text
from simtui.views.fleet_context import FleetContext
from simtui.views.network.apn import apn_name
from simtui.views.plan.wording import named
from simtui.views.text import cell_width, fit

PARTS: Final[Mapping[str, str]] = {
    "pools": "pools",
    "routes": "routes",
    "nat": "NAT",
    "tunnels": "IPsec",
}
"""The parts of a network and what they are called, in the order of ``tab``."""


def facts_line(network: Network | None, width: int) -> Row:
    """``APN iot.jpu, fixed: all accounts share it · isolation off · public 203.0.113.7``.

    The APN cannot be chosen on this platform (contract §3.4), and the line says why.
    """
    if network is None:
        return (Cell(fit(" This network is not known here.", width), "warn"),)
    texts = [f" {' · '.join(parts)}" for parts in _from_long_to_short(network)]
    fitting = (text for text in texts if cell_width(text) <= width)
    tone: Tone = "dim"
    return (Cell(fit(next(fitting, texts[-1]), width), tone),)


def _from_long_to_short(network: Network) -> tuple[tuple[str, ...], ...]:
    apn = apn_name(network)
    address = named(network.nat_public_address or "none")
    on = network.thing_isolation
    isolation = f"isolation {'on' if on else 'off'}"
    meaning = "do not reach each other" if on else "reach each other"
    why = "fixed: all accounts share it"
    return (
        (
            f"APN {apn}, {why}",
            f"{isolation}: its Things {meaning}",
            f"public {address}",
        ),
        (f"APN {apn}, {why}", isolation, f"public {address}"),
        (f"APN {apn}, fixed: shared by all", isolation, address),
        (isolation, f"APN {apn}, fixed"),
    )


def parts_line(
    network_id: str, here: str, counts: Mapping[str, int | None], context: FleetContext, width: int
) -> Row:
    """``▸pools 2 · routes 3 · NAT 4 · IPsec 1``, and on the right who uses the network.

    ``counts`` are by the names of the parts; ``–`` stands for one that is not known.
    """
    cells: list[Cell] = []
    for part, title in PARTS.items():
        cells.append(Cell(" · " if cells else " ", "dim"))
        text = f"{title} {count_text(counts.get(part))}"
        is_here = part == here
        cells.append(Cell(f"▸{text}" if is_here else text, "strong" if is_here else "dim"))
    used = sum(cell_width(cell.text) for cell in cells)
    if width - used < 1:
        return tuple(cells)
    reach = reach_text(Ref(Kind.NETWORK, network_id), context)
    return (*cells, Cell(_at_the_right(reach, width - used), "dim"))


def _at_the_right(reach: str, room: int) -> str:
    """All of it, or the numbers without the names, or nothing."""
    for text in (reach, reach.partition(":")[0]):
        if cell_width(text) + 4 <= room:
            return fit(f"{text} ", room, "right")
    return " " * room
