"""Moments as the wire spells them (contract §1, Times)."""

from __future__ import annotations

import re
from datetime import UTC, datetime

from simtui.sandbox.call import invalid

_RFC_3339 = re.compile(
    r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)", re.ASCII | re.IGNORECASE
)


def read_time(field: str, text: str) -> datetime:
    """A moment in UTC from RFC 3339.

    Raises:
        Refused: 400 with ``SYNTAX``.
    """
    if _RFC_3339.fullmatch(text):
        try:
            return datetime.fromisoformat(text.upper()).astimezone(UTC)
        except (ValueError, OverflowError):
            pass
    raise invalid(field, "SYNTAX", f"{text!r} is no time such as 2026-11-22T03:12:05Z")
