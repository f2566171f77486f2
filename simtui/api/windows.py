"""Windows onto a list that changes while it is read (contract §1.4: lists are no snapshots).

Under a sort key that never changes, rows keep their order, though not their places. So
when the first row of a window occurs in the window before it, no row that was there
all the time is missing between the two, whatever came or went meanwhile.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeVar

from simtui.api.raw_page import RawPage

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Window:
    """The keys that stood at ``offset`` and after it; None is an unreadable row."""

    offset: int
    keys: tuple[Hashable | None, ...]
    total: int

    @property
    def end(self) -> int:
        """The place after its last row."""
        return self.offset + len(self.keys)

    def continues(self, left: Window) -> bool:
        """Whether nothing can be missing between ``left`` and this."""
        if self.offset == 0:
            return True
        if not self.keys:
            return False
        if self.keys[0] is not None:
            return self.keys[0] in left.keys
        place = self.offset - left.offset
        return 0 <= place < len(left.keys) and left.keys[place] is None

    def ends(self, total: int) -> bool:
        """Whether nothing followed it, then and now that there are ``total`` rows."""
        return self.end >= max(self.total, total)


def window_of(page: RawPage[T], offset: int, key: Callable[[T], Hashable]) -> Window:
    """What a page shows, asked for at ``offset``."""
    keys = tuple(None if row is None else key(row) for row in page.rows)
    return Window(offset, keys, page.total)


def in_order(windows: Iterable[Window]) -> list[Window]:
    """The windows that show anything, from the start of the list to its end."""
    shown = (window for window in windows if window.keys or window.offset == 0)
    return sorted(shown, key=lambda window: window.offset)


def open_seams(chain: Iterable[Window]) -> list[tuple[Window, Window]]:
    """The neighbours between which rows may be missing."""
    return [(left, right) for left, right in pairwise(chain) if not right.continues(left)]
