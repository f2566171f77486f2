"""The looks of the blast radius, done between frames and again when the fleet has changed."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from simtui.ui.fleet_feed import FleetFeed, News
from simtui.views.blast.look import Blast, Look
from simtui.views.blast.question import Question


class BlastLook:
    """Keeps the latest ``blast`` of one question; ``on_result`` hears of every new one."""

    def __init__(self, feed: FleetFeed, question: Question, on_result: Callable[[], None]) -> None:
        self.blast: Blast | None = None
        self._feed = feed
        self._question = question
        self._on_result = on_result
        self._working: asyncio.Task[None] | None = None
        self._is_behind = True
        self._was_loading = False

    def hear(self, news: News) -> None:
        """Look anew at once when the fleet is another one, else at the next `catch_up`."""
        self._is_behind |= bool(news.rebuilt or news.names or news.thing_ids)
        loading = self._feed.entry.loading
        if news.rebuilt or news.names or (self._was_loading and not loading):
            self.catch_up()
        self._was_loading = loading

    def catch_up(self) -> None:
        """Look again, if anything has changed and there is something to look at."""
        if self._is_behind and self._working is None and self._feed.entry.value is not None:
            self._is_behind = False
            self._working = asyncio.get_running_loop().create_task(self._work())

    def look_again(self) -> None:
        """Look again whatever has changed: time alone makes Things silent."""
        self._is_behind = True
        self.catch_up()

    def close(self) -> None:
        """Stop looking."""
        if self._working is not None:
            self._working.cancel()

    async def _work(self) -> None:
        look = Look(self._feed.index, self._feed.context, self._question)
        try:
            while look.result is None:
                await asyncio.sleep(0)
                look.step()
        finally:
            self._working = None
        self.blast = look.result
        self._on_result()
