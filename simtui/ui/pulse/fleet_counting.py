"""Counting the fleet between frames: the habits first, then who keeps to them."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Final

from simtui.clock import Clock
from simtui.store.fleet import Fleet
from simtui.ui.fleet_feed import FleetFeed
from simtui.views.pulse.fleet_facts import FleetFacts, count_fleet
from simtui.views.pulse.habits import learn_habits
from simtui.views.pulse.thresholds import Thresholds

SHOWN_EVERY: Final = 10.0
"""Seconds between two counts while somebody looks at the numbers."""
HIDDEN_EVERY: Final = 60.0
ANYWAY_EVERY: Final = 300.0
"""Time alone makes a change of device old."""


class FleetCounting:
    """Keeps ``facts``, and the feed's habits, in step with the fleet.

    ``on_counted`` hears of every count. What is half loaded is not counted.
    """

    def __init__(
        self,
        feed: FleetFeed,
        clock: Clock,
        thresholds: Thresholds,
        on_counted: Callable[[], None],
    ) -> None:
        self.facts: FleetFacts | None = None
        self._feed = feed
        self._clock = clock
        self._thresholds = thresholds
        self._on_counted = on_counted
        self._counted: tuple[int, datetime | None, int] | None = None
        self._counted_at = 0.0
        self._working: asyncio.Task[None] | None = None

    @property
    def is_current(self) -> bool:
        """Whether the fleet was counted as it was last read."""
        fleet = self._feed.entry.value
        if self.facts is None or fleet is None:
            return False
        return self.facts.habits.as_of == fleet.read_at

    def look(self, paces: Mapping[str, float], *, shown: bool) -> None:
        """Count when it is time for that; ``paces`` are the Things' own gaps."""
        entry = self._feed.entry
        fleet = entry.value
        if fleet is None or fleet.read_at is None or entry.progress or self._working is not None:
            return
        now = self._clock.monotonic()
        state = (fleet.revision, fleet.read_at, len(paces))
        wait = SHOWN_EVERY if shown else HIDDEN_EVERY
        if state == self._counted:
            wait = ANYWAY_EVERY
        if self._counted is None or now - self._counted_at >= wait:
            self._counted, self._counted_at = state, now
            self._working = asyncio.get_running_loop().create_task(self._count(fleet, paces))

    def close(self) -> None:
        """Count no more."""
        if self._working is not None:
            self._working.cancel()

    async def _count(self, fleet: Fleet, paces: Mapping[str, float]) -> None:
        """In slices, with the loop free in between."""
        assert fleet.read_at is not None
        things = self._feed.index.things
        try:
            for habits in learn_habits(things, fleet.read_at, paces, self._thresholds):
                await asyncio.sleep(0)
                if habits is None:
                    continue
                for facts in count_fleet(things, self._clock.now(), habits):
                    await asyncio.sleep(0)
                    if facts is not None:
                        self.facts = facts
                self._feed.habits = habits
        finally:
            self._working = None
        self._on_counted()
