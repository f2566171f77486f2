"""What the row under the cursor may do, below its table."""

from __future__ import annotations

from typing import Final

from textual.content import Content
from textual.widget import Widget

from simtui.ui.paint import lines
from simtui.views.cell import Row
from simtui.views.detail.layout import laid_out
from simtui.views.detail.section import Section

LINES: Final = 7
"""Lines of text, so that the table above never moves."""
NEEDS_LINES: Final = 20
"""Terminal lines from which there is room for it."""


class LevelPane(Widget):
    """A section of always the same height, drawn again only when it reads differently."""

    def __init__(self) -> None:
        super().__init__()
        self._section: Section | None = None
        self._rows: tuple[Row, ...] = ()

    def show(self, section: Section | None) -> None:
        """Show a section; None: there is no row to say anything of."""
        self.display = section is not None and self.app.size.height >= NEEDS_LINES
        self._section = section
        title = f" {section.title} " if section is not None else ""
        if self.border_title != title:
            self.border_title = title
        self._settle()

    def on_resize(self) -> None:
        """Wrap anew for the new width."""
        self._settle()

    def render(self) -> Content:
        """The lines as they stand."""
        return lines(self._rows)

    def _settle(self) -> None:
        width = self.content_size.width
        if self._section is None or not width:
            return
        rows = laid_out(self._section, width)[:LINES]
        if rows != self._rows:
            self._rows = rows
            self.refresh()
