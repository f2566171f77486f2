"""Everything about writing, put together for one store."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Final

from simtui.clock import Clock
from simtui.store.desk import Desk
from simtui.store.job_follow import JobFollower
from simtui.store.journal.journal import Journal
from simtui.store.operations import Operations
from simtui.store.outbox import Outbox
from simtui.store.quota_pace import QuotaPace
from simtui.store.saving import Saving
from simtui.store.settle import Settler

WHEN_STOPPED: Final = 8.0
"""By what to multiply the pauses of following a job while polling stops for the quota: the
job was asked for by a person, so it is followed, but at the slowest pace there is."""


class Writes:
    """The outbox, the jobs that are followed, the operations under way, and saving."""

    def __init__(
        self,
        desk: Desk,
        journal: Journal,
        clock: Clock,
        sleep: Callable[[float], Awaitable[None]],
        pace: QuotaPace,
    ) -> None:
        self.jobs = JobFollower(desk, journal, clock, sleep, lambda: pace.stretch() or WHEN_STOPPED)
        self._settler = Settler(desk, journal, self.jobs, clock, sleep)
        self.jobs.lost = self._settler.settle
        self.outbox = Outbox(desk, journal, self.jobs, self._settler, clock)
        self.operations = Operations(desk, self.outbox, self.jobs)
        self.saving = Saving(desk, self.outbox)

    async def close(self) -> None:
        """End what runs here; the next start takes up what is still open."""
        await self.operations.close()
        await self._settler.close()
        await self.jobs.close()
