"""Where each column of a table stands, in terminal cells."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple

from simtui.views.cell import Column

GUTTER = 3
"""Cells at the left of every line: the cursor's bar, the tick of a mark, a blank."""

GAP = 2
"""Cells between two columns."""

EDGE = 1
"""Cells at the right of every line, where the thumb of the scrollbar runs."""


class Slot(NamedTuple):
    """The place of one column: ``start`` counts from the end of the gutter."""

    start: int
    width: int
    align: Literal["left", "right"]

    @property
    def end(self) -> int:
        """The first cell behind the column."""
        return self.start + self.width


class Layout(NamedTuple):
    """The places of all columns, and how much of them fits on the screen.

    ``width`` is what the columns take together, ``room`` what the screen has for them.
    """

    slots: tuple[Slot, ...]
    width: int
    room: int

    @property
    def overflow(self) -> int:
        """How many cells have to be scrolled to see the last column, 0 when all fits."""
        return max(0, self.width - self.room)

    def left_of(self, offset: int) -> int:
        """The offset one column to the left of ``offset``."""
        return max((slot.start for slot in self.slots if slot.start < offset), default=0)

    def right_of(self, offset: int) -> int:
        """The offset one column to the right of ``offset``, not past the last column."""
        starts = (slot.start for slot in self.slots if slot.start > offset)
        return min(next(starts, self.overflow), self.overflow)


def minimum_width(columns: Sequence[Column]) -> int:
    """Terminal cells a table needs to show all of ``columns`` without scrolling."""
    return GUTTER + _columns_width(columns) + EDGE


def arrange(columns: Sequence[Column], width: int) -> Layout:
    """Place ``columns`` on lines that are ``width`` cells wide; flex columns share the rest."""
    room = max(0, width - GUTTER - EDGE)
    spare = max(0, room - _columns_width(columns))
    flexible = sum(column.flex for column in columns)
    slots: list[Slot] = []
    start = 0
    for column in columns:
        extra = 0
        if column.flex:
            extra = spare // flexible
            spare -= extra
            flexible -= 1
        slots.append(Slot(start, column.width + extra, column.align))
        start = slots[-1].end + GAP
    return Layout(tuple(slots), max(0, start - GAP), room)


def _columns_width(columns: Sequence[Column]) -> int:
    return sum(column.width for column in columns) + GAP * max(0, len(columns) - 1)
