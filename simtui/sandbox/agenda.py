"""What the world is going to do, in the order of time."""

from __future__ import annotations

import heapq
from collections.abc import Callable
from datetime import datetime
from itertools import count
from typing import TypeAlias

Deed: TypeAlias = Callable[[datetime], None]
"""Something that happens; it is told the moment it was due."""


class Agenda:
    """A queue of deeds. Deeds due at the same moment happen in the order of their entry."""

    def __init__(self) -> None:
        self._queue: list[tuple[datetime, int, Deed]] = []
        self._order = count()

    def at(self, moment: datetime, deed: Deed) -> None:
        """Let ``deed`` happen at ``moment``."""
        heapq.heappush(self._queue, (moment, next(self._order), deed))

    def run_until(self, now: datetime) -> None:
        """Let everything happen that is due, also what those deeds add."""
        while self._queue and self._queue[0][0] <= now:
            moment, _, deed = heapq.heappop(self._queue)
            deed(moment)
