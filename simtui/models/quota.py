"""The quota of API calls, as whoever shows or heeds it needs to know it."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol


class Quota(Protocol):
    """The account-wide quota as the last answer told it (contract §1.2)."""

    @property
    def limit(self) -> int | None:
        """Calls that are allowed in an interval; None when not told."""

    @property
    def used(self) -> int | None:
        """Calls of this interval so far; None when not told."""

    @property
    def share(self) -> float | None:
        """Used by limit, 0 to 1 and beyond; None when not told."""

    @property
    def interval(self) -> int | None:
        """How many ``unit``s the limit is for; None when not told."""

    @property
    def unit(self) -> str | None:
        """``minute``, ``hour``, ``day``, ``week`` or ``month``; None when not told."""

    @property
    def reset_at(self) -> datetime | None:
        """When it starts again from zero; None when not told."""
