"""The line of screens and the line of keys."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from typing import NamedTuple

from simtui.views.cell import Cell, Row
from simtui.views.text import cell_width, fit


class ScreenName(NamedTuple):
    """A screen that a digit opens; ``short`` is its title where there is little room."""

    key: str
    title: str
    short: str = ""


def nav_line(
    screens: Sequence[ScreenName],
    current: str,
    remarks: Sequence[str],
    width: int,
    pinned: str = "",
) -> Row:
    """``2 Things 3 Groups …`` on the left, remarks about the list on the right.

    Where there is no room for all of it, titles become short, then the remarks give way, from
    the first of them on, and then the titles, from the last one on, which leave their digits.
    The last remark stays, or what is ``pinned``.
    """
    kept = [remark for remark in (*remarks, pinned) if remark]
    left = _screens(screens, current, len(screens), short=False)
    if _width(left) + _remarks_width(kept) > width:
        left = _screens(screens, current, len(screens), short=True)
        while len(kept) > 1 and _width(left) + _remarks_width(kept) > width:
            kept.pop(0)
        left = _fitting(screens, current, width - _remarks_width(kept))
    right = " · ".join(kept)
    if not right or _width(left) + _remarks_width(kept) > width:
        return left
    gap = width - _width(left) - cell_width(right) - 1
    return (*left, Cell(" " * gap), Cell(right, "dim"), Cell(" "))


def _fitting(screens: Sequence[ScreenName], current: str, room: int) -> Row:
    """With as many short titles as there is room for; the digits and the present one always."""
    for titled in range(len(screens), -1, -1):
        cells = _screens(screens, current, titled, short=True)
        if _width(cells) <= room:
            return cells
    return _screens(screens, current, 0, short=True)


def _screens(screens: Sequence[ScreenName], current: str, titled: int, *, short: bool) -> Row:
    """The digits, with the titles of the first ``titled`` screens and of the present one."""
    cells: list[Cell] = []
    for number, (key, title, abbreviated) in enumerate(screens):
        here = title == current
        cells.append(Cell(f" {key}", "strong" if here else "dim"))
        if here or number < titled:
            shown = (short and abbreviated) or title
            cells.append(Cell(f" {shown}", "strong" if here else "dim"))
    return tuple(cells)


def _width(cells: Row) -> int:
    return sum(cell_width(cell.text) for cell in cells)


def _remarks_width(remarks: Sequence[str]) -> int:
    return cell_width(" · ".join(remarks)) + 3 if remarks else 0


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
