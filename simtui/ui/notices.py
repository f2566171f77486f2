"""What a person should hear of though they look at something else: one line at a time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING

from simtui.views.cell import Cell

if TYPE_CHECKING:
    from simtui.ui.app import SimtuiApp


class Rank(IntEnum):
    """What is said first when there is more than one thing to say."""

    OUTCOME = 1
    """Something has ended."""
    UNKNOWN = 2
    """Writes of an earlier run have no outcome."""
    RUNNING = 3
    """A job of an earlier run still runs."""
    INTERRUPTED = 4
    """Runbooks of an earlier run have not ended."""
    UNSAVED = 5
    """Edits of an earlier run were not saved."""
    DEVICES = 6
    """SIM cards changed their device."""
    SUNSET = 6
    """This version of the API ends."""
    RED = 7
    """Something is red on the Pulse."""


def _always() -> bool:
    return True


@dataclass(frozen=True, slots=True)
class Notice:
    """One line; not said any more when it does not hold."""

    rank: Rank
    cell: Cell
    holds: Callable[[], bool] = _always


class Notices:
    """Waits until the bottom line is free: nothing is said over an error, nor over what was
    said before and not read yet, unless that matters less."""

    def __init__(self, app: SimtuiApp) -> None:
        self._app = app
        self._waiting: list[Notice] = []
        self._shown: Notice | None = None

    def say(self, notice: Notice) -> None:
        """Say it now or as soon as that can be."""
        self._waiting.append(notice)
        self.go_on()

    def go_on(self) -> None:
        """Say the next one when the line is free; take back what is not true any more."""
        page = self._app.page
        if page is None:
            return
        if self._shown is not None and not self._shown.holds():
            self._shown = None
            page.show_hints()
        self._waiting = [one for one in self._waiting if one.holds()]
        if not self._waiting:
            return
        following = min(self._waiting, key=lambda notice: notice.rank)
        if self._shown is not None and following.rank < self._shown.rank:
            self._shown = None
        if page.is_quiet:
            self._waiting.remove(following)
            self._shown = following
            cell = following.cell
            page.show_notice(cell.text, cell.tone, holds=lambda: self._shown is following)
