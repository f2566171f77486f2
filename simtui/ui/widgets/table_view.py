"""What a table shows: its titles, the rows in view, or why there are none."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Self

from rich.segment import Segment
from textual.content import Content
from textual.geometry import Region, Size
from textual.strip import Strip
from textual.visual import Visual

from simtui.ui.widgets.table_canvas import Canvas
from simtui.ui.widgets.table_layout import EDGE, GUTTER, Layout, arrange
from simtui.ui.widgets.table_marks import Marks
from simtui.ui.widgets.table_palette import COMPONENT_CLASSES, Palette
from simtui.ui.widgets.table_strip import Look, RowStrips, header_strip
from simtui.ui.widgets.table_window import Window
from simtui.views.cell import Column, Row, RowSource

HEADER_LINES = 1


class TableView(Canvas):
    """Draws the part of a list that is in view. What is in view, somebody else decides.

    Rows are asked from the source when they come into view and kept while they stay there.
    """

    COMPONENT_CLASSES = set(COMPONENT_CLASSES)

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002
        """A table with no columns and no rows."""
        super().__init__(id=id, classes=classes)
        self._keys: Sequence[str] = ()
        self._source: RowSource = _no_rows
        self._columns: tuple[Column, ...] = ()
        self._sort: tuple[str, bool] | None = None
        self._empty = Content()
        self._window = Window()
        self._offset = 0
        self._marks = Marks()
        self._rows: dict[str, Row] = {}
        self._strips = RowStrips()
        self._palettes: dict[bool, Palette] = {}

    @property
    def sort(self) -> tuple[str, bool] | None:
        """The key of the column that has the arrow, and whether it runs downwards."""
        return self._sort

    @sort.setter
    def sort(self, sort: tuple[str, bool] | None) -> None:
        self._sort = sort
        self.paint()

    @property
    def empty(self) -> Content:
        """What is written when there are no rows: why, and what to do about it."""
        return self._empty

    @empty.setter
    def empty(self, empty: Content) -> None:
        self._empty = empty
        self.paint()

    def visible_keys(self) -> tuple[str, ...]:
        """The keys of the rows in view, from the top."""
        rows = self._window.rows
        return tuple(self._keys[rows.start : rows.stop])

    def refresh_rows(self, keys: Iterable[str] | None = None) -> None:
        """Ask the source again for those of ``keys`` that are in view, by default for all."""
        if keys is None:
            self._rows.clear()
        else:
            for key in self._rows.keys() & set(keys):
                del self._rows[key]
        self.paint()

    def refresh(
        self,
        *regions: Region,
        repaint: bool = True,
        layout: bool = False,
        recompose: bool = False,
    ) -> Self:
        """As every widget; without ``regions`` also the styles are looked up again."""
        if repaint and not regions:
            self._palettes.clear()
        return super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)

    def draw(self, size: Size) -> list[Strip]:
        """All lines, as wide and as many as ``size`` says."""
        self._window.resize(size.height - HEADER_LINES)
        layout = arrange(self._columns, size.width)
        self._offset = min(self._offset, layout.overflow)
        header = header_strip(self._columns, layout, self._offset, self._sort, self._palette)
        body = self._body(layout) if self._keys else self._explanation(size.width)
        blank = Strip.blank(size.width, self._palette.blank())
        lines = [line.crop(0, size.width) for line in (header, *body)][: size.height]
        return lines + [blank] * (size.height - len(lines))

    def _body(self, layout: Layout) -> list[Strip]:
        return self._strips.render(self._looks(), layout, self._offset, self._palette)

    def _looks(self) -> list[Look]:
        keys, thumb = self.visible_keys(), self._window.thumb()
        self._rows = {key: self._rows.get(key) or self._source(key) for key in keys}
        cursor = self._window.cursor - self._window.top
        return [
            Look(self._rows[key], line == cursor, key in self._marks.keys, line in thumb)
            for line, key in enumerate(keys)
        ]

    def _explanation(self, width: int) -> list[Strip]:
        room = max(1, width - GUTTER - EDGE)
        strips = Visual.to_strips(self, self._empty, room, None, self._palette.base())
        blank = self._palette.blank()
        indented = [Strip([Segment(" " * GUTTER, blank), *strip]) for strip in strips]
        return [Strip.blank(width, blank), *(s.extend_cell_length(width, blank) for s in indented)]

    @property
    def _palette(self) -> Palette:
        focused = self.has_focus
        if focused not in self._palettes:
            self._palettes[focused] = Palette(self.get_visual_style, focused=focused)
        return self._palettes[focused]


def _no_rows(key: str) -> Row:
    """The source of a table that was never shown."""
    raise KeyError(key)
