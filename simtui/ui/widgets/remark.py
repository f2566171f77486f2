"""A few lines about the row under a cursor, always the same number of them."""

from __future__ import annotations

from textual.content import Content
from textual.widget import Widget

from simtui.ui.paint import lines
from simtui.views.cell import Cell
from simtui.views.detail.layout import wrap
from simtui.views.text import fit

_LARGE = 20
"""Lines of a terminal that has room for more than one line of it."""


class Remark(Widget):
    """One text over at most ``most`` lines; one line where the terminal is small.

    The height does not follow the text, so that nothing jumps when the cursor moves.
    """

    def __init__(self, most: int) -> None:
        super().__init__(classes="head remark")
        self._most = most
        self._cell = Cell("")

    def show(self, cell: Cell) -> None:
        """Show it; nothing happens when it reads the same."""
        if cell != self._cell:
            self._cell = cell
            self.refresh()

    def on_mount(self) -> None:
        """Take as many lines as there is room for."""
        self.fit_terminal()

    def fit_terminal(self) -> None:
        """Take as many lines as there is room for now."""
        self.styles.height = self._most if self.app.size.height >= _LARGE else 1

    def render(self) -> Content:
        """As much of the text as fits; what is cut ends in ``…``."""
        width, height = max(self.size.width, 1), max(self.size.height, 1)
        texts = wrap(self._cell.text, width)
        if len(texts) > height:
            texts = [*texts[: height - 1], fit(" ".join(texts[height - 1 :]), width)]
        return lines([Cell(text, self._cell.tone)] for text in texts)
