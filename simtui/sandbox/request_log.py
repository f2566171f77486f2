"""Which requests arrived, so that a test or a person can count them."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from datetime import datetime
from typing import Any

KEPT = 10_000


@dataclass(slots=True)
class Arrival:
    """A request to the API or the token endpoint; ``status`` is None when none went out."""

    at: datetime
    method: str
    path: str
    query: str
    request_id: str | None
    status: int | None = None

    def view(self) -> dict[str, Any]:
        """As ``/_sandbox/requests`` shows it."""
        return {
            "at": self.at,
            "method": self.method,
            "path": self.path,
            "query": self.query,
            "xRequestId": self.request_id,
            "status": self.status,
        }


class RequestLog:
    """The last arrivals, oldest first, and how many there were in all."""

    def __init__(self) -> None:
        self.total = 0
        self.arrivals: deque[Arrival] = deque(maxlen=KEPT)

    def add(self, arrival: Arrival) -> None:
        """Note a request as it arrives, before anything is done about it."""
        self.total += 1
        self.arrivals.append(arrival)

    def clear(self) -> None:
        """Begin to count anew."""
        self.total = 0
        self.arrivals.clear()
