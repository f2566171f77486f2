"""One check of a ladder with all of its evidence."""

from __future__ import annotations

from collections.abc import Sequence

from textual import events
from textual.app import ComposeResult
from textual.widgets import Static

from simtui.ui.paint import lines
from simtui.ui.screens.dialog import FRAME_LINES, Dialog, most_lines
from simtui.ui.widgets.scrolling_text import ScrollingText
from simtui.views.cell import Cell
from simtui.views.detail.layout import wrap


class RungDialog(Dialog[None]):
    """Text that scrolls; nothing can be lost by closing it."""

    AUTO_FOCUS = "ScrollingText"

    def __init__(self, title: str, cells: Sequence[Cell]) -> None:
        super().__init__(title)
        self._cells = tuple(cells)

    def compose_body(self) -> ComposeResult:
        """All of it."""
        with ScrollingText():
            yield Static(id="rung")

    def on_mount(self) -> None:
        """Draw it."""
        self._draw()

    def on_resize(self, event: events.Resize) -> None:
        """Fit the terminal."""
        self._draw()

    def _draw(self) -> None:
        width = max(self.query_one(".dialog").content_size.width - 1, 1)
        rows = [
            [Cell(text if not number else f"  {text}", cell.tone)]
            for cell in self._cells
            for number, text in enumerate(wrap(cell.text, max(width - 2, 1)))
        ]
        self.query_one("#rung", Static).update(lines(rows))
        room = most_lines(self.app.size.height) - FRAME_LINES
        self.query_one(ScrollingText).styles.height = min(len(rows), max(room, 1))
