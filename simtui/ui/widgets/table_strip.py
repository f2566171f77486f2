"""One line of a table, from cells to styled text. Few runs of style keep a line cheap to send."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from simtui.ui.widgets.table_layout import EDGE, GAP, GUTTER, Layout
from simtui.ui.widgets.table_palette import Palette
from simtui.views.cell import Column, Row
from simtui.views.text import fit

BAR = "▌"
TICK = "✓"
THUMB = "▐"
ASCENDING = "▲"
DESCENDING = "▼"
MORE_LEFT = "‹"
MORE_RIGHT = "›"


class Look(NamedTuple):
    """Everything that decides what the line of a row looks like."""

    cells: Row
    cursor: bool
    marked: bool
    thumb: bool


class RowStrips:
    """The lines of the rows that are seen, each made once for as long as it looks the same."""

    def __init__(self) -> None:
        """Start with nothing made."""
        self._strips: dict[Look, Strip] = {}
        self._basis: tuple[Layout, int, Palette] | None = None

    def render(
        self, looks: Sequence[Look], layout: Layout, offset: int, palette: Palette
    ) -> list[Strip]:
        """One line for each of ``looks``; what is not among them is forgotten."""
        basis = (layout, offset, palette)
        known = self._strips if basis == self._basis else {}
        self._basis = basis
        self._strips = {
            look: known.get(look) or row_strip(look, layout, offset, palette) for look in looks
        }
        return [self._strips[look] for look in looks]


class Runs:
    """Text in runs of equal style.

    Blanks join the run before them, whatever their own style: nobody sees the difference,
    and a change of style costs some forty bytes.
    """

    def __init__(self, blank: Style) -> None:
        """Start a line; ``blank`` is the style of blanks with nothing before them."""
        self._texts: list[str] = [""]
        self._styles: list[Style] = [blank]

    def add(self, text: str, style: Style) -> None:
        """Append ``text``."""
        body = text.lstrip(" ")
        self._texts[-1] += " " * (len(text) - len(body))
        if not body:
            return
        if not self._texts[-1]:
            self._styles[-1] = style
        elif style != self._styles[-1]:
            self._texts.append("")
            self._styles.append(style)
        self._texts[-1] += body

    def segments(self) -> list[Segment]:
        """The line as segments, none of them empty."""
        pairs = zip(self._texts, self._styles, strict=True)
        return [Segment(text, style) for text, style in pairs if text]


def row_strip(look: Look, layout: Layout, offset: int, palette: Palette) -> Strip:
    """The line of one row, scrolled ``offset`` cells to the right."""
    cursor, marked = look.cursor, look.marked
    plain = palette.cell("", cursor=cursor, marked=marked)
    runs = Runs(plain)
    runs.add(BAR if cursor else " ", palette.part("bar", cursor=cursor, marked=marked))
    runs.add(TICK if marked else " ", palette.part("tick", cursor=cursor, marked=marked))
    runs.add(" " * (GUTTER - 2), plain)
    for segment in _scrolled(_cells(look, layout, palette), offset, layout.room):
        runs.add(segment.text, segment.style or plain)
    thumb = THUMB if look.thumb else " " * EDGE
    runs.add(thumb, palette.part("thumb", cursor=cursor, marked=marked))
    return Strip(runs.segments(), GUTTER + layout.room + EDGE)


def header_strip(
    columns: Sequence[Column],
    layout: Layout,
    offset: int,
    sort: tuple[str, bool] | None,
    palette: Palette,
) -> Strip:
    """The line of titles. ``sort`` is a column's key and whether it runs downwards.

    Small arrows at both ends say that there are more columns there.
    """
    style = palette.header()
    more = offset < layout.overflow
    line = Runs(style)
    line.add((MORE_LEFT if offset else "").rjust(GUTTER), style)
    titles = _titles(columns, layout, sort, palette)
    for segment in _scrolled(titles, offset, layout.room + (0 if more else EDGE)):
        line.add(segment.text, segment.style or style)
    line.add(MORE_RIGHT if more else "", style)
    return Strip(line.segments(), GUTTER + layout.room + EDGE)


def _titles(
    columns: Sequence[Column], layout: Layout, sort: tuple[str, bool] | None, palette: Palette
) -> list[Segment]:
    """The arrow of the sort stands behind its title, if need be in the gap to the next."""
    runs = Runs(palette.header())
    for slot, column in zip(layout.slots, columns, strict=True):
        title = fit(column.title, slot.width, slot.align)
        by = sort is not None and sort[0] == column.key
        if sort is not None and by:
            title = title.rstrip(" ") + (DESCENDING if sort[1] else ASCENDING)
        runs.add(fit(title, slot.width + GAP), palette.header(by=by))
    return runs.segments()


def _cells(look: Look, layout: Layout, palette: Palette) -> list[Segment]:
    runs = Runs(palette.cell("", cursor=look.cursor, marked=look.marked))
    for slot, cell in zip(layout.slots, look.cells, strict=True):
        style = palette.cell(cell.tone, cursor=look.cursor, marked=look.marked)
        runs.add(fit(cell.text, slot.width, slot.align), style)
        runs.add(" " * GAP, style)
    return runs.segments()


def _scrolled(segments: Iterable[Segment], offset: int, room: int) -> Strip:
    """What is seen of a line through a window of ``room`` cells, filled up with blanks."""
    return Strip(segments).extend_cell_length(offset + room).crop(offset, offset + room)
