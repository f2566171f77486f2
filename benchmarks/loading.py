"""Loading a fleet the way the app does: store, feed, and the two lists of its first page."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from simtui.clock import SystemClock
from simtui.store.snapshot import SnapshotFile
from simtui.store.store import Store
from simtui.ui.filtering import FAULTY
from simtui.ui.fleet_feed import FleetFeed
from simtui.ui.fleet_list import FleetList
from simtui.ui.screens.things import FIRST_SORT
from simtui.views.filter.parser import parse

GLANCE_SECONDS = 0.001
PATIENCE_SECONDS = 600.0


@dataclass(frozen=True, slots=True)
class Pages:
    """A store and what the app's first page keeps of it, without a screen."""

    store: Store
    feed: FleetFeed
    lists: tuple[FleetList, FleetList]

    async def settled(self, things: int) -> None:
        """Wait until ``things`` are in both lists and nothing is left to do.

        Raises:
            SimtuiError: when the load broke off.
            TimeoutError: when they do not come.
        """
        async with asyncio.timeout(PATIENCE_SECONDS):
            await self._settled(things)

    async def _settled(self, things: int) -> None:
        while len(self.feed.index) < things or self.feed.entry.loading or self._busy:
            if self.feed.entry.error is not None:
                raise self.feed.entry.error
            await asyncio.sleep(GLANCE_SECONDS)

    @property
    def _busy(self) -> bool:
        return any(each.busy for each in self.lists)


@asynccontextmanager
async def pages(snapshot: SnapshotFile | None = None) -> AsyncIterator[Pages]:
    """The pages of a store that is closed afterwards, which writes its snapshot."""
    clock = SystemClock()
    store = Store(clock=clock, snapshot=snapshot)
    feed = FleetFeed(store, clock)
    lists = (
        FleetList(feed, _nothing, query=parse(FAULTY)),
        FleetList(feed, _nothing, column=FIRST_SORT),
    )
    try:
        yield Pages(store, feed, lists)
    finally:
        for each in lists:
            each.close()
        feed.close()
        await store.close()


def _nothing() -> None:
    """Nobody looks."""
