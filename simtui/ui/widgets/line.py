"""A line of text that is drawn again only when it reads differently."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from textual.content import Content
from textual.widget import Widget

from simtui.ui.paint import painted
from simtui.views.cell import Row

RowForWidth: TypeAlias = Callable[[int], Row]


class Line(Widget):
    """One line that fills its width from a function of that width."""

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, classes=classes)
        self._row_for: RowForWidth | None = None
        self._row: Row = ()

    def show(self, row_for: RowForWidth) -> None:
        """Show what ``row_for`` says for the present width; nothing happens when equal."""
        self._row_for = row_for
        self._settle()

    @property
    def text(self) -> str:
        """What the line reads."""
        return "".join(cell.text for cell in self._row)

    def on_resize(self) -> None:
        """Fit the new width."""
        self._settle()

    def render(self) -> Content:
        """The line as it stands."""
        return painted(self._row)

    def _settle(self) -> None:
        if self._row_for is None or not self.size.width:
            return
        row = self._row_for(self.size.width)
        if row != self._row:
            self._row = row
            self.refresh()
