"""What the history and this session say of the past: trends, habits and growth."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Final

from simtui.clock import Clock
from simtui.errors import SimtuiError
from simtui.models.change import ChangesWanted
from simtui.models.quota import Quota
from simtui.store.history.counting import Counts
from simtui.store.history.history import History
from simtui.ui.fleet_feed import FleetFeed
from simtui.views.network.fill import fill_of
from simtui.views.pulse.row import Trend
from simtui.views.pulse.seen import PoolSeen
from simtui.views.pulse.trend import Samples, walked_back

SHOWN_EVERY: Final = 60.0
HIDDEN_EVERY: Final = 600.0
"""Seconds between two readings of the history: its habits serve the filter, too."""


class Past:
    """Reads the history now and then, aside; ``on_read`` hears of it."""

    def __init__(
        self,
        history: History,
        clock: Clock,
        flap_hours: int,
        last_visit: datetime | None,
        on_read: Callable[[], None],
    ) -> None:
        self.counts = Counts()
        self.changes: int | None = None
        self._history = history
        self._clock = clock
        self._flap = timedelta(hours=flap_hours)
        self._last_visit = last_visit
        self._on_read = on_read
        self._read_at: float | None = None
        self._reading: asyncio.Task[None] | None = None
        self._pools: dict[str, Samples] = {}
        self._quota = Samples()

    @property
    def paces(self) -> Mapping[str, float]:
        """The Things' own gaps, in seconds."""
        return self.counts.paces

    def look(self, *, shown: bool) -> None:
        """Read when it is time for that."""
        now = self._clock.monotonic()
        wait = SHOWN_EVERY if shown else HIDDEN_EVERY
        is_due = self._read_at is None or now - self._read_at >= wait
        if is_due and self._reading is None:
            self._read_at = now
            self._reading = asyncio.get_running_loop().create_task(self._read())

    def note(self, feed: FleetFeed, quota: Quota | None) -> None:
        """Remember how full the pools and the quota are now; only of an answer of this run."""
        now = self._clock.now()
        if quota is not None and quota.share is not None:
            self._quota.note(now, quota.share * 100)
        if feed.entry.stale:
            return
        for network in feed.context.networks.values():
            for pool in network.ip_pools:
                fill = fill_of(pool)
                if fill is not None:
                    self._pools.setdefault(pool.ip_pool_id, Samples()).note(now, fill.used)

    @property
    def pools(self) -> Mapping[str, PoolSeen]:
        """What was seen of each pool."""
        return {key: PoolSeen(seen.trend, seen.growth) for key, seen in self._pools.items()}

    @property
    def quota(self) -> Trend | None:
        """What was seen of the quota."""
        return self._quota.trend

    def session_trends(self, present: Mapping[str, int]) -> Mapping[str, Trend]:
        """The sessions in each state, walked back from what they are now."""
        counts = self.counts
        if counts.since is None or counts.step is None:
            return {}
        known, step = self._clock.now() - counts.since, counts.step
        nets = counts.sessions
        return {
            state: walked_back(count, nets.get(state, {}), step, known)
            for state, count in present.items()
        }

    def close(self) -> None:
        """Read no more."""
        if self._reading is not None:
            self._reading.cancel()

    async def _read(self) -> None:
        """What cannot be read is told by who writes it, and on the page of what changed."""
        try:
            self.counts = await self._history.count(self._clock.now() - self._flap)
            if self._last_visit is not None:
                wanted = ChangesWanted(start=self._last_visit)
                self.changes = (await self._history.find(wanted, 1)).total
        except SimtuiError:
            return
        finally:
            self._reading = None
        self._on_read()
