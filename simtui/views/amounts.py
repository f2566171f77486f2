"""Amounts as a person reads them. Bytes are SI: 1 MB is 1,000,000 bytes (contract §1)."""

from __future__ import annotations

from typing import Final

NOTHING: Final = "–"
"""What stands where a value is unknown; an unknown is never 0 (contract §1)."""

_UNITS = ("B", "kB", "MB", "GB", "TB", "PB")
_MEGABYTE = 1_000_000


def bytes_text(count: int | None) -> str:
    """``512 B``, ``18.7 MB``, ``1.2 GB``: the unit that keeps the number below 1,000."""
    if count is None:
        return NOTHING
    if abs(count) < 1000:
        return f"{count} B"
    amount = float(count)
    for unit in _UNITS:
        if abs(amount) < 999.95 or unit == _UNITS[-1]:
            break
        amount /= 1000
    return f"{amount:,.1f} {unit}"


def megabytes_text(count: int | None) -> str:
    """Bytes always in MB, so that a column compares at a glance: ``18.7 MB``, ``0.0 MB``."""
    return NOTHING if count is None else f"{count / _MEGABYTE:,.1f} MB"


def count_text(count: int | None) -> str:
    """A count with thousands separators, ``4,812``."""
    return NOTHING if count is None else f"{count:,}"
