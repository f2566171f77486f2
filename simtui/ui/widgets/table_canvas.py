"""A widget that draws whole lines and sends only those that changed."""

from __future__ import annotations

from typing import Self

from textual import events
from textual.geometry import Region, Size
from textual.strip import Strip
from textual.widget import Widget

from simtui.ui.widgets.table_frugal import FrugalStrip


class Canvas(Widget):
    """The ground of a table: ``draw`` says what all lines look like, ``paint`` sends the news.

    Nothing is laid out again when the content changes, and a drawing that looks the same as
    the last one writes nothing to the terminal.
    """

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002
        """Nothing is drawn before the widget has a size."""
        super().__init__(id=id, classes=classes)
        self._lines: list[Strip] = []
        self._drawn: Size | None = None

    def draw(self, size: Size) -> list[Strip]:
        """All lines, as wide and as many as ``size`` says."""
        raise NotImplementedError

    def paint(self) -> None:
        """Draw again and send the lines that look different now."""
        size = self.content_size
        if size != self._drawn:
            self.refresh()
            return
        before, self._lines = self._lines, self.draw(size)
        changed = [
            Region(0, y, size.width, 1)
            for y, (old, new) in enumerate(zip(before, self._lines, strict=True))
            if old is not new and old != new
        ]
        if changed:
            self.refresh(*changed)

    def refresh(
        self,
        *regions: Region,
        repaint: bool = True,
        layout: bool = False,
        recompose: bool = False,
    ) -> Self:
        """As every widget; without ``regions`` all lines are drawn again before they are sent."""
        if repaint and not regions:
            self._drawn = None
        return super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)

    def render_line(self, y: int) -> Strip:
        """The line ``y`` of the last drawing, which is renewed when it is out of date."""
        size = self.content_size
        if size != self._drawn:
            self._drawn = size
            self._lines = self.draw(size)
        return self._lines[y]

    def render_lines(self, crop: Region) -> list[Strip]:
        """The lines of a region, in a form that is short to write."""
        return [FrugalStrip(strip, strip.cell_length) for strip in super().render_lines(crop)]

    def focus(self, scroll_visible: bool = True) -> Self:
        """Ask for the focus, but leave out Textual's repaint of everything."""
        self.app.call_later(self._ask_for_focus, scroll_visible)
        return self

    def on_focus(self, event: events.Focus) -> None:
        """Take the focus, but leave out Textual's repaint of everything."""
        event.prevent_default()
        self._focus(True, events.DescendantFocus(self))

    def on_blur(self, event: events.Blur) -> None:
        """Lose the focus, but leave out Textual's repaint of everything."""
        event.prevent_default()
        self._focus(False, events.DescendantBlur(self))

    def _ask_for_focus(self, scroll_visible: bool) -> None:
        if self.is_attached:
            self.screen.set_focus(self, scroll_visible=scroll_visible)

    def _focus(self, has_focus: bool, news: events.Event) -> None:
        self.has_focus = has_focus
        if self.parent is not None:
            self.parent.post_message(news)
        self.paint()
