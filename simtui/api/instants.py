"""Moments as the API and its gateway write them."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Final

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_SECONDS: Final = re.compile(r"[0-9]{1,9}")
_EPOCH_MS: Final = re.compile(r"[0-9]{13}")
_EPOCH_S: Final = re.compile(r"[0-9]{10}")
_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_RFC_3339: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt ][0-9]{2}:")


def utc_of_iso(text: str) -> datetime:
    """RFC 3339 as an aware time in UTC; one without a zone is UTC (contract §1, Times).

    Raises:
        ValueError: it is not such a time, or no calendar has it.
    """
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is UTC:
        return moment
    if moment.tzinfo is None:
        return moment.replace(tzinfo=UTC)
    try:
        return moment.astimezone(UTC)
    except OverflowError as error:
        raise ValueError("outside the calendar") from error


def read_instant(text: str | None) -> datetime | None:
    """A moment in any format a gateway uses, in UTC; None for anything else.

    Tried in the order of contract §1.2: 13-digit epoch milliseconds, 10-digit epoch
    seconds, RFC 3339, RFC 1123.
    """
    text = (text or "").strip()
    try:
        if _EPOCH_MS.fullmatch(text):
            return _EPOCH + timedelta(milliseconds=int(text))
        if _EPOCH_S.fullmatch(text):
            return _EPOCH + timedelta(seconds=int(text))
        if _RFC_3339.match(text):
            return utc_of_iso(text.upper())
        return _read_rfc_1123(text)
    except (ValueError, OverflowError):
        return None


def read_day_or_instant(text: str | None) -> datetime | None:
    """As ``read_instant``, and a day without a time, which is its beginning in UTC."""
    text = (text or "").strip()
    return read_instant(f"{text}T00:00:00Z" if _DAY.fullmatch(text) else text)


def read_retry_after(text: str | None, now: datetime) -> float | None:
    """Seconds from ``now`` that a ``Retry-After`` asks for; None when it tells none."""
    text = (text or "").strip()
    if _SECONDS.fullmatch(text):
        return float(text)
    moment = _read_rfc_1123(text)
    return None if moment is None else max((moment - now).total_seconds(), 0.0)


def _read_rfc_1123(text: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(text)
        zoned = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        return zoned.astimezone(UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
