"""A listing of the fleet that works between frames and says when its rows are others."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from simtui.ui.fleet_feed import FleetFeed, News
from simtui.views.filter.terms import EVERYTHING, Filter
from simtui.views.key_list import KeyList
from simtui.views.listing import Listing


class FleetList:
    """Keeps one `Listing` in step with the feed; ``on_rows`` hears of every new version.

    Long work runs as slices with the loop free in between, so that keys and frames come
    first (design §6).
    """

    def __init__(
        self,
        feed: FleetFeed,
        on_rows: Callable[[], None],
        *,
        query: Filter = EVERYTHING,
        column: str = "iccid",
    ) -> None:
        self._feed = feed
        self._on_rows = on_rows
        self._listing = Listing(feed.index, feed.context, query=query, column=column)
        self._shown = -1
        self._working: asyncio.Task[None] | None = None
        self._unlisten = feed.listen(self._hear)
        self._settle()

    @property
    def keys(self) -> KeyList:
        """The ids of the rows, in order."""
        return self._listing.keys

    @property
    def query(self) -> Filter:
        """The filter in force."""
        return self._listing.query

    @property
    def sort(self) -> tuple[str, bool]:
        """The column that sorts, and whether descending."""
        return self._listing.sort

    @property
    def total(self) -> int:
        """How many Things there are without the filter."""
        return self._listing.total

    @property
    def busy(self) -> bool:
        """Whether rows may still be missing."""
        return self._listing.busy

    def set_filter(self, query: Filter) -> None:
        """Show what passes ``query`` now."""
        self._listing.set_context(self._feed.context)
        self._listing.set_filter(query)
        self._settle()

    def set_sort(self, column: str, descending: bool) -> None:
        """Sort by a column."""
        self._listing.set_sort(column, descending)
        self._settle()

    def pass_time(self) -> None:
        """Ask questions of time (``seen>2h``) again."""
        self._listing.set_context(self._feed.context)
        self._settle()

    def close(self) -> None:
        """Stop following the feed."""
        self._unlisten()
        if self._working is not None:
            self._working.cancel()

    def _hear(self, news: News) -> None:
        if news.rebuilt:
            column, descending = self._listing.sort
            self._listing = Listing(
                self._feed.index,
                self._feed.context,
                query=self._listing.query,
                column=column,
                descending=descending,
            )
            self._shown = self._listing.version
        elif news.names:
            self._listing.set_context(self._feed.context)
        else:
            self._listing.update(news.thing_ids)
        self._settle()

    def _settle(self) -> None:
        """Show what is there, and work on what remains."""
        if self._listing.busy:
            self._listing.step()
        self._show()
        if self._listing.busy and self._working is None:
            self._working = asyncio.get_running_loop().create_task(self._work())

    async def _work(self) -> None:
        try:
            while self._listing.busy:
                await asyncio.sleep(0)
                self._listing.step()
                self._show()
        finally:
            self._working = None

    def _show(self) -> None:
        if self._listing.version != self._shown:
            self._shown = self._listing.version
            self._on_rows()
