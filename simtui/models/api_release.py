"""Which version of the API answers, and when that ends (contract §1.2)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class ApiRelease:
    """What the headers of every answer tell of the API itself; None is not told.

    ``sunset`` is the end of this version in the server's words, None when it has none;
    ``sunset_at`` is the same as a moment, None when the words are no date.
    """

    version: str | None = None
    sunset: str | None = None
    sunset_at: datetime | None = None
