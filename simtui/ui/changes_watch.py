"""The latest changes of one Thing, for as long as its page is open."""

from __future__ import annotations

from collections.abc import Callable

from simtui.errors import SimtuiError
from simtui.models.change import Change
from simtui.store.history.history import History
from simtui.ui.page import Page
from simtui.views.history.section import SHOWN


class ChangesWatch:
    """Reads them now and whenever something has changed; ``on_change`` hears of others."""

    def __init__(
        self, page: Page, history: History, thing_id: str, on_change: Callable[[], None]
    ) -> None:
        self.changes: tuple[Change, ...] = ()
        self._page = page
        self._history = history
        self._thing_id = thing_id
        self._on_change = on_change
        self.close = history.listen(self._read_soon)
        self._read_soon()

    def _read_soon(self) -> None:
        self._page.run_worker(self._read(), group="changes", exclusive=True)

    async def _read(self) -> None:
        """What cannot be read is told by who writes it, and on the page of all changes."""
        try:
            changes = await self._history.changes_of(self._thing_id, SHOWN + 1)
        except SimtuiError:
            return
        if changes != self.changes:
            self.changes = changes
            self._on_change()
