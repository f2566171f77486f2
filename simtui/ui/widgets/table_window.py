"""Which rows of a long list are on the screen, and on which of them the cursor is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

NEAR = 500
"""How many rows around its old place a key is looked for before the whole list is searched."""


@dataclass(slots=True)
class Window:
    """The part of a list that is seen. The cursor is always inside it.

    ``count`` rows exist, ``height`` of them fit on the screen, ``top`` is the first one seen.
    """

    count: int = 0
    height: int = 0
    top: int = 0
    cursor: int = 0

    @property
    def rows(self) -> range:
        """The indexes of the rows that are seen."""
        return range(self.top, min(self.top + self.height, self.count))

    def resize(self, height: int) -> None:
        """Another number of rows fits on the screen; the cursor stays in view."""
        self.height = max(0, height)
        self.move(self.cursor)

    def move(self, cursor: int) -> None:
        """Put the cursor on a row and scroll no further than is needed to see it."""
        self.cursor = _clamp(cursor, self.count - 1)
        if self.cursor < self.top:
            self.top = self.cursor
        elif self.height and self.cursor >= self.top + self.height:
            self.top = self.cursor - self.height + 1
        self.top = _clamp(self.top, self.count - self.height)

    def page(self, pages: int) -> None:
        """Move cursor and view by whole pages: the cursor keeps its line on the screen."""
        rows = pages * max(1, self.height)
        self.top = _clamp(self.top + rows, self.count - self.height)
        self.move(self.cursor + rows)

    def scroll(self, rows: int) -> None:
        """Move the view; the cursor goes along only when it would be left behind."""
        self.top = _clamp(self.top + rows, self.count - self.height)
        last = max(self.top, self.top + self.height - 1)
        self.move(min(max(self.cursor, self.top), last))

    def replace(self, count: int, cursor: int) -> None:
        """The list changed: its row ``cursor`` keeps the line on which the cursor was."""
        line = self.cursor - self.top
        self.count = count
        self.cursor = _clamp(cursor, count - 1)
        self.top = _clamp(self.cursor - line, count - self.height)
        self.move(self.cursor)

    def thumb(self) -> range:
        """The lines on which the scrollbar's thumb stands, none when every row is seen."""
        if not self.height or self.count <= self.height:
            return range(0)
        size = max(1, self.height * self.height // self.count)
        first = self.top * (self.height - size) // (self.count - self.height)
        return range(first, first + size)


def locate(keys: Sequence[str], key: str, near: int) -> int | None:
    """The index of ``key`` in ``keys``, looked for around ``near`` first; None if it is gone.

    Lists hardly move between two refreshes, so that most searches touch a few rows.
    """
    try:
        return keys.index(key, max(0, near - NEAR), max(0, near + NEAR))
    except ValueError:
        pass
    try:
        return keys.index(key)
    except ValueError:
        return None


def _clamp(value: int, highest: int) -> int:
    return max(0, min(value, highest))
