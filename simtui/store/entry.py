"""What a watcher is shown: a value, its age, and what is happening to it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Generic, TypeVar

from simtui.errors import SimtuiError
from simtui.models import Job

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Progress:
    """How much of a long answer has come; ``total`` is None until the server told it.

    ``job`` is what the server makes the answer with, when it takes one.
    """

    loaded: int
    total: int | None = None
    job: Job | None = None


@dataclass(frozen=True, slots=True)
class Entry(Generic[T]):
    """The last known value of a query, and how far it can be trusted.

    ``value`` stays when a later fetch fails; ``error`` then says why it is not newer.
    ``stale`` means known to be behind: from the disk snapshot, touched by a write, or
    not refreshed because of ``error``. ``fetched_at`` is None until there was a value.
    ``progress`` is set while a long load runs and stays, beside ``error``, when it broke
    off. ``revision`` counts the changes of a value that changes in place (the fleet), so
    that two entries are equal exactly when there is nothing new to show.
    """

    value: T | None = None
    fetched_at: datetime | None = None
    loading: bool = False
    error: SimtuiError | None = None
    stale: bool = True
    progress: Progress | None = None
    revision: int = 0

    def age(self, now: datetime) -> timedelta | None:
        """How long ago the value was fetched, never negative; None without a value."""
        if self.fetched_at is None:
            return None
        return max(now - self.fetched_at, timedelta())
