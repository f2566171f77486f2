"""Saying on every page, the first time it is shown, that this version of the API ends."""

from __future__ import annotations

from collections.abc import Callable

from simtui.models import ApiRelease
from simtui.ui.fleet_feed import FleetFeed
from simtui.ui.notices import Notice, Rank
from simtui.ui.page import Page
from simtui.views.cell import Cell


class SunsetNews:
    """Says it once a kind of page; ``page`` answers the page that is shown. Where no end is
    told nothing is ever said, and the words are imported when there is something to say."""

    def __init__(
        self, feed: FleetFeed, say: Callable[[Notice], None], page: Callable[[], Page | None]
    ) -> None:
        self._feed = feed
        self._say = say
        self._page = page
        self._told: set[type[Page]] = set()
        self.close = feed.store.release.listen(self._changed)

    def page_shown(self) -> None:
        """Another page is on the screen."""
        release, page = self._feed.store.release.value, self._page()
        if release is None or not release.sunset or page is None or type(page) in self._told:
            return
        self._told.add(type(page))
        from simtui.views.account.release import sunset_text

        text = f"! {sunset_text(release, self._feed.context.now)} · @"
        self._say(Notice(Rank.SUNSET, Cell(text, "warn"), lambda: self._page() is page))

    def _changed(self, release: ApiRelease) -> None:
        """Another end is news again."""
        self._told.clear()
        self.page_shown()
