"""How long the event loop keeps a key waiting."""

from __future__ import annotations

import asyncio
import time
from types import TracebackType

NAP_SECONDS = 0.002
NOTICED_SECONDS = 0.05


class StallWatch:
    """While entered, sleeps briefly again and again and measures how late it wakes.

    ``longest`` is in seconds; ``noticed`` counts the stalls over 50 ms.
    """

    def __init__(self) -> None:
        self.longest = 0.0
        self.noticed = 0
        self._task: asyncio.Task[None] | None = None

    async def __aenter__(self) -> StallWatch:
        self._task = asyncio.create_task(self._watch())
        await asyncio.sleep(0)
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await asyncio.sleep(NAP_SECONDS)
        if self._task is not None:
            self._task.cancel()

    async def _watch(self) -> None:
        while True:
            start = time.perf_counter()
            await asyncio.sleep(NAP_SECONDS)
            late = time.perf_counter() - start - NAP_SECONDS
            self.longest = max(self.longest, late)
            self.noticed += late > NOTICED_SECONDS
