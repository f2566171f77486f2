"""What was seen to change in the last days, for the blast radius."""

from __future__ import annotations

from collections.abc import Callable

from simtui.errors import SimtuiError
from simtui.models import change as seen
from simtui.ui.fleet_feed import FleetFeed
from simtui.views.blast.changes import Change, changes_of_journal
from simtui.views.blast.seen_changes import LOOKED_AT, SUSPICIOUS, changes_of_history


class BlastHistory:
    """The journal as it is, and the history as it was when it was read last; without a history
    the journal has to do."""

    def __init__(self, feed: FleetFeed, failed: Callable[[SimtuiError], None]) -> None:
        self._feed = feed
        self._failed = failed
        self._seen: tuple[seen.Change, ...] = ()

    async def read(self) -> None:
        """Read the history."""
        begin = self._feed.context.now - LOOKED_AT
        try:
            history = self._feed.store.history
            self._seen = await history.changes_between(begin, kinds=SUSPICIOUS)
        except SimtuiError as error:
            self._failed(error)

    @property
    def changes(self) -> tuple[Change, ...]:
        """All that may have silenced a Thing."""
        context = self._feed.context
        written = changes_of_journal(self._feed.store.journal.entries, context)
        return (*written, *changes_of_history(self._seen, context))
