"""The line of screens and the line of keys."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

from simtui.views.cell import Cell, Row
from simtui.views.text import cell_width, fit


def nav_line(
    screens: Sequence[tuple[str, str]], current: str, remarks: Sequence[str], width: int
) -> Row:
    """``2 Things 3 Groups …`` on the left, remarks about the list on the right.

    Remarks give way first, from the first of them on.
    """
    left: list[Cell] = []
    for key, title in screens:
        here = title == current
        left.append(Cell(f" {key} ", "dim"))
        left.append(Cell(title, "strong" if here else "dim"))
    used = sum(cell_width(cell.text) for cell in left)
    kept = [remark for remark in remarks if remark]
    while kept and used + cell_width(" · ".join(kept)) + 3 > width:
        kept.pop(0)
    right = " · ".join(kept)
    if not right:
        return tuple(left)
    gap = width - used - cell_width(right) - 1
    return (*left, Cell(" " * gap), Cell(right, "dim"), Cell(" "))


def key_line(keys: Sequence[tuple[str, str]], width: int) -> Row:
    """``enter open  space mark …  ? keys``: as many as fit whole, the last one always."""
    widths = [cell_width(f"{key} {label}  ") for key, label in keys]
    room = width - 1 - sum(widths[-1:])
    fitting = sum(end <= room for end in accumulate(widths[:-1]))
    cells = [
        cell
        for key, label in (*keys[:fitting], *keys[-1:])
        for cell in (Cell(f"{key} ", "accent"), Cell(f"{label}  ", "dim"))
    ]
    return (Cell(" "), *cells)


def notice_line(cell: Cell, more: str, width: int) -> Row:
    """One sentence in place of the keys; ``more`` names the key that shows all of it."""
    tail = f" {more} " if more else " "
    room = max(width - 1 - cell_width(tail), 1)
    return (Cell(" "), Cell(fit(cell.text, room), cell.tone), Cell(tail, "dim"))
