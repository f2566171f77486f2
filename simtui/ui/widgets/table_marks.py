"""The rows that a person picked out of a table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from simtui.ui.widgets.table_window import locate


class Marks:
    """A set of keys, and the anchor from which a range is marked.

    Marks belong to keys, so that they survive every sort and filter.
    """

    def __init__(self) -> None:
        """Start with nothing marked."""
        self.keys: frozenset[str] = frozenset()
        self._anchor: str | None = None

    def replace(self, keys: Iterable[str]) -> None:
        """Mark exactly ``keys``."""
        self.keys = frozenset(keys)
        self._anchor = None

    def toggle(self, key: str) -> None:
        """Mark ``key`` or take its mark away; it becomes the anchor."""
        self.keys = self.keys ^ {key}
        self._anchor = key

    def extend(self, keys: Sequence[str], cursor: int) -> None:
        """Mark all of ``keys`` from the anchor to the index ``cursor``, both included.

        Without an anchor among ``keys`` only the row of the cursor is marked.
        """
        start = None if self._anchor is None else locate(keys, self._anchor, cursor)
        first, last = sorted((cursor if start is None else start, cursor))
        self.keys = self.keys.union(keys[first : last + 1])
        self._anchor = keys[cursor]

    def invert_all(self, keys: Sequence[str]) -> None:
        """Mark all of ``keys``; when every one of them is marked already, none of them."""
        shown = frozenset(keys)
        self.keys = self.keys - shown if shown <= self.keys else self.keys | shown
        self._anchor = None
