"""Which requests arrived, so that a test or a person can count them and tell them apart."""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

KEPT = 10_000
REMARKED: Mapping[tuple[str, str], Mapping[str, Any]] = {
    ("POST", "/bulk-actions"): {"action": None, "dryRun": False, "clientReference": None},
}
"""Requests whose arrival is not told by its path alone: the fields of the body that tell
it, and what they are when they are not sent."""


def remark_on(method: str, path: str, content: bytes) -> dict[str, Any]:
    """What the log tells of a body; nothing of most requests and of what is no object."""
    fields = REMARKED.get((method, path), {})
    try:
        body = json.loads(content) if fields else None
    except (ValueError, RecursionError):
        return {}
    if not isinstance(body, dict):
        return {}
    return {name: body.get(name, default) for name, default in fields.items()}


@dataclass(slots=True)
class Arrival:
    """A request to the API or the token endpoint; ``status`` is None when none went out.

    ``remark`` is what ``remark_on`` says about it.
    """

    at: datetime
    method: str
    path: str
    query: str
    request_id: str | None
    remark: Mapping[str, Any] = field(default_factory=dict)
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
            **self.remark,
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
