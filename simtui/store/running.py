"""An operation on its way: what a screen shows of it, and what its end brings."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress

from simtui.errors import SimtuiError
from simtui.store.operation import Assignment, Progress, Report

OnProgress = Callable[[Progress], None]
"""Hears how far an operation is."""
Work = Callable[[OnProgress], Awaitable[Report]]
"""Carries an operation out; tells how far it is."""


class Running:
    """Goes on by itself, whoever looks; listeners hear of every change."""

    def __init__(self, assignment: Assignment, operation: str, work: Work) -> None:
        self.assignment = assignment
        self.operation = operation
        self.progress = Progress()
        self.report: Report | None = None
        self.error: SimtuiError | None = None
        self._listeners: list[Callable[[], None]] = []
        self._task = asyncio.get_running_loop().create_task(self._run(work))

    @property
    def done(self) -> bool:
        """Whether nothing more will come of it."""
        return self._task.done() or self.report is not None or self.error is not None

    def listen(self, on_change: Callable[[], None]) -> Callable[[], None]:
        """Call ``on_change`` after every change; answers the function that ends that."""
        self._listeners.append(on_change)
        return lambda: self._listeners.remove(on_change) if on_change in self._listeners else None

    async def wait(self) -> Report:
        """The report. Raises ``SimtuiError`` when there is none."""
        await asyncio.shield(self._task)
        if self.error is not None:
            raise self.error
        assert self.report is not None
        return self.report

    async def close(self) -> None:
        """Let it go: what the server was told to do it does, and the journal knows of it."""
        self._task.cancel()
        with suppress(asyncio.CancelledError):
            await self._task

    async def _run(self, work: Work) -> None:
        try:
            self.report = await work(self._advance)
        except SimtuiError as error:
            self.error = error
        self._tell()

    def _advance(self, progress: Progress) -> None:
        if progress != self.progress:
            self.progress = progress
            self._tell()

    def _tell(self) -> None:
        for on_change in tuple(self._listeners):
            on_change()
