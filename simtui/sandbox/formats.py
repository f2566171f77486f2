"""Values in text: the formats of the OpenAPI document, really enforced."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from ipaddress import IPv4Address

_DATE_TIME = re.compile(
    r"\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d{1,9})?([Zz]|[+-]\d\d:\d\d)", re.ASCII
)
_DATE = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_EMAIL = re.compile(
    r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}"
    r"@[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
    r"(\.[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?)*"
)
EMAIL_LENGTH = 254


def parse_date_time(text: str) -> datetime:
    """Read RFC 3339 as a moment in UTC (contract §1, Times).

    Raises:
        ValueError: when it is none, or no moment of the calendar.
    """
    if not _DATE_TIME.fullmatch(text):
        raise ValueError(f"{text!r} is not an RFC 3339 time")
    try:
        return datetime.fromisoformat(text.upper()).astimezone(UTC)
    except OverflowError as error:
        raise ValueError(f"{text!r} is out of the calendar") from error


def is_date_time(text: str) -> bool:
    """Whether a text is an RFC 3339 time."""
    return _succeeds(parse_date_time, text)


def is_date(text: str) -> bool:
    """Whether a text is a calendar date, ``2026-11-22``."""
    return bool(_DATE.fullmatch(text)) and _succeeds(date.fromisoformat, text)


def is_ipv4(text: str) -> bool:
    """Whether a text is a dotted IPv4 address."""
    return _succeeds(IPv4Address, text)


def is_email(text: str) -> bool:
    """Whether a text is an address of one mailbox: one ``@``, at most 254 (contract §9)."""
    return len(text) <= EMAIL_LENGTH and bool(_EMAIL.fullmatch(text))


def _succeeds(parse: Callable[[str], object], text: str) -> bool:
    try:
        parse(text)
    except ValueError:
        return False
    return True
