"""From the meaning of a cell to Textual's colours."""

from __future__ import annotations

from collections.abc import Iterable

from textual.content import Content

from simtui.views.cell import Cell, Tone

STYLES: dict[Tone, str] = {
    "": "",
    "dim": "$text-muted",
    "ok": "$text-success",
    "warn": "$text-warning",
    "bad": "$text-error",
    "accent": "$text-accent",
    "strong": "bold",
}


def painted(cells: Iterable[Cell]) -> Content:
    """One line of content; nothing in the text is taken for markup."""
    return Content.assemble(*((cell.text, STYLES[cell.tone]) for cell in cells))


def lines(rows: Iterable[Iterable[Cell]]) -> Content:
    """Several lines of content."""
    return Content("\n").join(painted(row) for row in rows)


def nothing_here(title: str, text: str) -> Content:
    """What stands in an empty table: why there are no rows, and what to do about it."""
    return Content.assemble((title, "bold"), "\n", (text, STYLES["dim"]))
