"""The top line: where we are, how much of it, how old, and how far the quota is used."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from simtui.views.cell import Cell, Row, Tone
from simtui.views.text import cell_width, fit

_SEPARATOR = " · "
_MOST_LEFT = 36
"""Cells of the path that the right side never takes."""


@dataclass(frozen=True, slots=True)
class Status:
    """What the top line tells. Texts are clean; an empty one is left out.

    ``age`` is the age of what is shown and ``connection`` a word when the API does not
    answer. The two are what a person must never miss, so they give way last.
    """

    profile: str
    crumbs: tuple[str, ...] = ()
    marked: str = ""
    counts: str = ""
    troubles: str = ""
    progress: str = ""
    age: str = ""
    connection: str = ""
    watching: str = ""
    """Said when what is on screen is refreshed more rarely, or not at all."""
    quota: str = ""
    quota_tone: Tone = "dim"
    read_only: bool = False


def status_line(status: Status, width: int) -> Row:
    """The line as cells that together are exactly ``width`` wide.

    What does not fit is dropped, least important first: counts, quota, troubles, how many are
    marked, read-only; then the path on the left is shortened at its start, because its end says
    where we are.
    """
    right = _right(status, width - min(_width_of(_left(status, width)), _MOST_LEFT) - 2)
    right_width = _width_of(right)
    left = _left(status, width - right_width - 2 if right else width - 1)
    gap = width - _width_of(left) - right_width - (1 if right else 0)
    return (*left, Cell(" " * max(gap, 0)), *right, *((Cell(" "),) if right else ()))


def _right(status: Status, room: int) -> list[Cell]:
    items: list[tuple[int, Cell]] = [
        (4, Cell(status.marked)),
        (1, Cell(status.counts)),
        (3, Cell(status.troubles, "bad")),
        (7, Cell(status.progress, "accent")),
        (8, Cell(status.connection, "bad")),
        (9, Cell(status.age, "bad" if status.connection else "dim")),
        (6, Cell(status.watching, status.quota_tone)),
        (2, Cell(status.quota, status.quota_tone)),
        (5, Cell("RO" if status.read_only else "", "warn")),
    ]
    kept = [item for item in items if item[1].text]
    while kept and _width_of(_joined(kept)) > room:
        kept.remove(min(kept, key=lambda item: item[0]))
    return _joined(kept)


def _joined(items: Sequence[tuple[int, Cell]]) -> list[Cell]:
    cells: list[Cell] = []
    for _, cell in items:
        if cells:
            cells.append(Cell(_SEPARATOR, "dim"))
        cells.append(cell)
    return cells


def _left(status: Status, width: int) -> list[Cell]:
    profile = f" {status.profile}"
    path = "".join(f" ▸ {crumb}" for crumb in status.crumbs)
    room = width - cell_width(profile)
    if room < cell_width(path):
        path = _shortened(status.crumbs, max(room, 0))
    return [Cell(fit(profile, min(cell_width(profile), max(width, 0))), "accent"), Cell(path)]


def _shortened(crumbs: tuple[str, ...], room: int) -> str:
    """The last crumbs that fit, ``…`` for the ones before."""
    for start in range(1, len(crumbs)):
        path = " ▸ …" + "".join(f" ▸ {crumb}" for crumb in crumbs[start:])
        if cell_width(path) <= room:
            return path
    last = f" ▸ {crumbs[-1]}" if crumbs else ""
    return fit(last, room) if room > 4 else ""


def _width_of(cells: Sequence[Cell]) -> int:
    return sum(cell_width(cell.text) for cell in cells)
