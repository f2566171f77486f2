"""Which Things an action could be about, as the page that it is asked on has them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from simtui.models import Thing

if TYPE_CHECKING:
    from simtui.views.plan.selection import Selection


def _none_shown() -> tuple[Thing, ...]:
    return ()


@dataclass(frozen=True, slots=True)
class Targets:
    """The marked rows, the row under the cursor, and what the filter leaves.

    ``filter_text`` is the filter in force, ``rows`` how many it leaves, and ``shown`` tells
    them; they stay empty where there is no list.
    """

    marked: tuple[Thing, ...] = ()
    row: Thing | None = None
    filter_text: str = ""
    rows: int = 0
    shown: Callable[[], tuple[Thing, ...]] = _none_shown

    @property
    def first(self) -> Selection | None:
        """What is meant when nobody says more: the marked rows, else the one with the cursor."""
        # The list makes targets; its first frame does without what plans need.
        from simtui.views.plan.selection import select_marked, select_thing

        if self.marked:
            return select_marked(self.marked)
        return select_thing(self.row) if self.row is not None else None
