"""Loading all Things: rows are usable from the first page on, and nothing is lost on the way."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from contextlib import aclosing
from typing import TYPE_CHECKING

from simtui.errors import SimtuiError
from simtui.models import Thing
from simtui.store.entry import Progress
from simtui.store.fleet import Fleet
from simtui.store.gc_pause import collector_held, hide_from_collector
from simtui.store.throttle import Throttle

if TYPE_CHECKING:
    from simtui.clock import Clock
    from simtui.store.source import Chunk, Source


class FleetLoad:
    """Loads every Thing into ``fleet``; ``announce`` hears how far it is.

    While a load runs, the Things that were here before it are unconfirmed. Those that no
    page and no other answer confirms by its complete end do not exist any more.
    """

    def __init__(self, fleet: Fleet, clock: Clock, announce: Callable[[Progress], None]) -> None:
        self._fleet = fleet
        self._announce = announce
        self._throttle = Throttle(clock)
        self._unconfirmed: set[str] = set()
        self.running = False

    async def run(self, source: Source) -> Progress:
        """Load everything; how many came, and how many the server said there are.

        Raises:
            SimtuiError: when the load broke off; what came until then stays, and nothing
                is removed.
        """
        before, started = len(self._fleet), self._fleet.revision
        self._unconfirmed = set(self._fleet.things)
        self._throttle.reset()
        self.running = True
        try:
            with collector_held():
                progress = await self._take_pages(source, started)
                hide_from_collector(len(self._fleet) - before)
                return progress
        finally:
            self.running = False
            self._unconfirmed = set()

    def confirm(self, things: Iterable[Thing]) -> None:
        """These were just seen by another question, so they exist."""
        self._unconfirmed.difference_update(thing.thing_id for thing in things)

    def doubt(self, thing_ids: Iterable[str]) -> None:
        """These came from the snapshot while the load was running."""
        if self.running:
            self._unconfirmed.update(thing_ids)

    async def _take_pages(self, source: Source, started: int) -> Progress:
        progress = Progress(0, 0)
        try:
            async with aclosing(source.all_things()) as chunks:
                async for chunk in chunks:
                    progress = self._take(chunk, started)
                    await asyncio.sleep(0)  # keys and frames come first
        except SimtuiError:
            if progress.loaded:
                self._announce(progress)
            raise
        return progress

    def _take(self, chunk: Chunk, started: int) -> Progress:
        self._fleet.merge(chunk.things, asked=started)
        self.confirm(chunk.things)
        if chunk.complete:
            self._fleet.remove(self._unconfirmed.union(chunk.gone))
        progress = Progress(chunk.loaded, chunk.total)
        if self._throttle.lets_pass():
            self._announce(progress)
        return progress
