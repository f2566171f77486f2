"""Settling writes whose outcome is unknown: looked up until it is known, never sent again."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Final

from simtui.clock import Clock
from simtui.errors import SimtuiError
from simtui.models.journal import JournalEntry, Outcome, Result
from simtui.store.desk import Desk
from simtui.store.job_follow import JobFollower
from simtui.store.journal.journal import Journal
from simtui.store.lookup import Lookup

LOOKS: Final = (0.0, 2.0, 5.0)
"""Seconds before each look. A request may still be on its way through the gateway when its
answer is given up, so that nothing is there yet proves nothing before the last look."""
LONGEST_PAUSE: Final = 60.0
"""Seconds between two tries to look while the API does not answer."""
PATIENT_TRIES: Final = 8
"""Tries that failed, about two minutes of them, after which whoever waits is told that it is
still unknown; the looking itself goes on."""


class Settler:
    """One task for each entry that nothing is known of."""

    def __init__(
        self,
        desk: Desk,
        journal: Journal,
        follower: JobFollower,
        clock: Clock,
        sleep: Callable[[float], Awaitable[None]],
    ) -> None:
        self._desk = desk
        self._journal = journal
        self._follower = follower
        self._clock = clock
        self._sleep = sleep
        self._lookup = Lookup(desk, journal, clock)
        self._tasks: dict[str, asyncio.Task[JournalEntry]] = {}
        self._impatient: dict[str, asyncio.Event] = {}

    def settle(self, entry: JournalEntry) -> asyncio.Task[JournalEntry]:
        """The task that ends with what was found out; the same for everybody."""
        task = self._tasks.get(entry.entry_id)
        if task is None or task.done():
            self._impatient[entry.entry_id] = asyncio.Event()
            task = asyncio.get_running_loop().create_task(self._settle(entry))
            self._tasks[entry.entry_id] = task
        return task

    async def verdict(self, entry: JournalEntry) -> JournalEntry:
        """What was found out; still ``UNKNOWN`` when the API did not answer for too long."""
        task = self.settle(entry)
        impatience = asyncio.ensure_future(self._impatient[entry.entry_id].wait())
        try:
            await asyncio.wait((task, impatience), return_when=asyncio.FIRST_COMPLETED)
        finally:
            impatience.cancel()
        return task.result() if task.done() else entry

    async def close(self) -> None:
        """Look no more; the next start takes it up."""
        tasks = tuple(self._tasks.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _settle(self, entry: JournalEntry) -> JournalEntry:
        found = await self._found(entry)
        await self._desk.note(found)
        if found.outcome == Outcome.ACCEPTED and found.job_id is not None:
            self._follower.follow(found.job_id)
        return self._journal.entry(entry.entry_id) or entry

    async def _found(self, entry: JournalEntry) -> Result:
        found: Result | None = None
        for pause in LOOKS:
            await self._sleep(pause)
            found = await self._looked_at(entry)
            if found.outcome != Outcome.FAILED:
                break
        assert found is not None
        return found

    async def _looked_at(self, entry: JournalEntry) -> Result:
        """What is there to be seen, as soon as it can be seen at all."""
        pause, failures = 1.0, 0
        while True:
            try:
                return await self._lookup.look(entry)
            except SimtuiError:
                failures += 1
            if failures == PATIENT_TRIES:
                self._impatient[entry.entry_id].set()
            await self._sleep(pause)
            pause = min(pause * 2, LONGEST_PAUSE)
