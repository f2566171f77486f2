"""A text below something, which takes no line while it says nothing."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content
from textual.widgets import Static

from simtui.ui.paint import lines
from simtui.views.cell import Cell
from simtui.views.detail.layout import wrap


class Said(Static):
    """Sentences, one below the other."""

    def __init__(self, *, id: str) -> None:  # noqa: A002
        super().__init__(id=id, classes="said")
        self._cells: Sequence[Cell] = ()

    def say(self, cells: Sequence[Cell]) -> None:
        """Say these; what reads the same is not drawn."""
        self.display = bool(cells)
        if tuple(cells) != self._cells:
            self._cells = tuple(cells)
            self.update(lines([cell] for cell in cells) if cells else Content())

    def lines_at(self, width: int) -> int:
        """How many lines it takes when it is wrapped."""
        return sum(len(wrap(cell.text, width)) for cell in self._cells)
