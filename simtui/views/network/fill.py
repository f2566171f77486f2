"""How full an IP pool is: locked, leased and free addresses, as numbers and as a bar."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from simtui.models import IpPool
from simtui.views.amounts import count_text
from simtui.views.cell import Cell, Tone
from simtui.views.fields.cidr import network_or_none, usable_addresses

LOCKED: Final = "█"
LEASED: Final = "▒"
FREE: Final = "░"
TIGHT_FROM: Final = 75
"""Percent in use from which a pool is worth a look."""
FULL_FROM: Final = 95
"""Percent in use from which Things may soon get no address."""


@dataclass(frozen=True, slots=True)
class Fill:
    """Addresses of a pool; ``leased`` are those that are not locked."""

    usable: int
    locked: int
    leased: int

    @property
    def used(self) -> int:
        """Addresses that Things have."""
        return self.locked + self.leased

    @property
    def free(self) -> int:
        """Addresses that nothing has."""
        return max(self.usable - self.used, 0)

    @property
    def percent(self) -> int:
        """How much is in use, cut and not rounded: 100 only when nothing is free."""
        return min(self.used * 100 // self.usable, 100) if self.usable else 100

    @property
    def tone(self) -> Tone:
        """How much attention it needs."""
        if self.percent >= FULL_FROM:
            return "bad"
        return "warn" if self.percent >= TIGHT_FROM else ""


def fill_of(pool: IpPool) -> Fill | None:
    """The fill as the server tells it, which counts the locked ones among the leased; None
    when it does not tell. The size is reckoned from the range when it is not told."""
    if pool.leased is None:
        return None
    usable = pool.size if pool.size is not None else _usable(pool)
    if usable is None:
        return None
    locked = min(max(pool.locked or 0, 0), max(pool.leased, 0))
    return Fill(max(usable, 0), locked, max(pool.leased, 0) - locked)


def fullest(pools: Iterable[IpPool]) -> Fill | None:
    """The pool of which most is in use; None when of none the fill is known."""
    fills = [fill for pool in pools if (fill := fill_of(pool)) is not None]
    return max(fills, key=lambda fill: fill.percent, default=None)


def fill_bar(fill: Fill, width: int) -> str:
    """``██▒▒▒░░░`` in ``width`` cells; whatever there is of each has at least one cell, as
    far as there is room, so that a single locked address or the last free one is seen."""
    parts = ((LOCKED, fill.locked), (LEASED, fill.leased), (FREE, fill.free))
    present = [(sign, count) for sign, count in parts if count > 0][:width]
    if not present or width <= 0:
        return FREE * max(width, 0)
    total, spare = sum(count for _, count in present), width - len(present)
    cells = [1 + spare * count // total for _, count in present]
    most = max(range(len(present)), key=lambda at: present[at][1])
    cells[most] += width - sum(cells)
    return "".join(sign * number for (sign, _), number in zip(present, cells, strict=True))


def percent_cell(fill: Fill | None, width: int) -> Cell:
    """A bar and the percentage in ``width`` cells: ``█▒░░░░  12 %``; ``–`` when not known."""
    if fill is None:
        return Cell("–", "dim")
    text = f"{fill.percent:>3} %"
    return Cell(f"{fill_bar(fill, width - len(text) - 1)} {text}", fill.tone)


def fill_words(fill: Fill) -> str:
    """``253 usable: █ 4 locked, ▒ 27 leased, ░ 222 free``."""
    return (
        f"{count_text(fill.usable)} usable: {LOCKED} {count_text(fill.locked)} locked, "
        f"{LEASED} {count_text(fill.leased)} leased, {FREE} {count_text(fill.free)} free"
    )


def _usable(pool: IpPool) -> int | None:
    network = network_or_none(pool.cidr)
    return usable_addresses(network) if network is not None else None
