"""When each watched answer is due again, and the one task that waits for it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any

from simtui.errors import CapabilityAbsent, JobFailed, Unreachable
from simtui.store.cells import Cell, Cells

if TYPE_CHECKING:
    from simtui.clock import Clock
    from simtui.store.quota_pace import QuotaPace


_NOT_BY_ITSELF = (CapabilityAbsent, JobFailed)


def due_at(cell: Cell[Any], stretch: float | None) -> float | None:
    """The moment, on the monotonic clock, to fetch by itself; None when not at all.

    What a person has just opened or changed is fetched whatever the quota; retries and
    polling stop when ``stretch`` is None (contract §1.2). What is absent, and what a job
    failed to make, is only fetched when somebody asks.
    """
    if not cell.watches or cell.flight or isinstance(cell.entry.error, _NOT_BY_ITSELF):
        return None
    if cell.retry_at is not None:
        return cell.retry_at if stretch is not None else None
    if stretch is None and not cell.query.asked_for:
        return None
    opened = cell.opened + cell.query.settle
    if cell.fetched is None or cell.entry.stale or cell.opened >= cell.fetched + cell.query.max_age:
        return opened
    if not cell.query.polled or stretch is None:
        return None
    return cell.fetched + cell.query.max_age * stretch


class Poller:
    """Starts what is due and sleeps until the next is; never looks in between."""

    def __init__(
        self,
        cells: Cells,
        start: Callable[[Cell[Any]], None],
        pace: QuotaPace,
        clock: Clock,
        sleep: Callable[[float], Awaitable[None]],
    ) -> None:
        self._cells = cells
        self._start = start
        self._pace = pace
        self._clock = clock
        self._sleep = sleep
        self._woken = asyncio.Event()

    def check(self) -> None:
        """Start what is due at once; for whoever changed what that is."""
        self._start_due()
        self._woken.set()

    def hasten(self) -> None:
        """An outage is over for one answer: try the others that it cut off now."""
        now = self._clock.monotonic()
        for cell in self._cells:
            if cell.retry_at is not None and isinstance(cell.entry.error, Unreachable):
                cell.retry_at = now

    async def run(self) -> None:
        """Keep the watched answers fresh until cancelled."""
        while True:
            self._woken.clear()
            await self._nap(self._start_due())

    def _start_due(self) -> float | None:
        """Start every fetch that is due; the seconds until the next one."""
        now, stretch = self._clock.monotonic(), self._pace.stretch()
        for cell in self._cells:
            due = due_at(cell, stretch)
            if due is not None and due <= now:
                self._start(cell)
        moments = [due for cell in self._cells if (due := due_at(cell, stretch)) is not None]
        waits = [moment - now for moment in moments]
        eases_in = self._pace.eases_in()
        if eases_in is not None:
            waits.append(eases_in)
        return max(min(waits), 0.0) if waits else None

    async def _nap(self, seconds: float | None) -> None:
        """Wait until the time is up or `check` was called."""
        if seconds is None:
            await self._woken.wait()
            return
        waits = [
            asyncio.ensure_future(self._woken.wait()),
            asyncio.ensure_future(self._rest(seconds)),
        ]
        try:
            await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for wait in waits:
                wait.cancel()

    async def _rest(self, seconds: float) -> None:
        await self._sleep(seconds)
