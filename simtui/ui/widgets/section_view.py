"""One section of the Thing detail, drawn again only when it reads differently."""

from __future__ import annotations

from textual.content import Content
from textual.widget import Widget

from simtui.ui.paint import lines
from simtui.views.cell import Row
from simtui.views.detail.layout import laid_out
from simtui.views.detail.section import Section

TITLE_LINES = 1


class SectionView(Widget):
    """A title and beneath it lines, as high as what stands in it."""

    def __init__(self, *, classes: str = "section") -> None:
        super().__init__(classes=classes)
        self._section: Section | None = None
        self._rows: tuple[Row, ...] = ()

    def show(self, section: Section) -> None:
        """Show a section; nothing happens when it reads as before."""
        self._section = section
        if self.border_title != (title := f" {section.title} "):
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
        rows = laid_out(self._section, width)
        if rows == self._rows:
            return
        self._rows = rows
        self.make_room(len(rows))
        self.refresh()

    def make_room(self, count: int) -> None:
        """Be as high as ``count`` lines need."""
        if self.styles.height is None or self.styles.height.value != count + TITLE_LINES:
            self.styles.height = count + TITLE_LINES
