"""Lines about the row under a cursor, as many as there is room for."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content
from textual.widget import Widget

from simtui.ui.paint import lines
from simtui.views.cell import Cell
from simtui.views.detail.layout import wrap


class FactLines(Widget):
    """Each cell begins a line of its own; the last line says when there is more."""

    def __init__(self, more: str) -> None:
        super().__init__(classes="facts")
        self._more = more
        self._cells: tuple[Cell, ...] = ()

    def show(self, cells: Sequence[Cell]) -> None:
        """Show them; nothing happens when they read the same."""
        if tuple(cells) != self._cells:
            self._cells = tuple(cells)
            self.refresh()

    def render(self) -> Content:
        """As much as fits."""
        width, height = max(self.size.width, 1), max(self.size.height, 1)
        rows = [
            Cell(text if not number else f"  {text}", cell.tone)
            for cell in self._cells
            for number, text in enumerate(wrap(cell.text, max(width - 2, 1)))
        ]
        if len(rows) > height:
            rows = [*rows[: height - 1], Cell(self._more, "dim")]
        return lines([row] for row in rows)
