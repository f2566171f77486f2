"""Amounts with a unit, as the filter language spells them: ``2h``, ``50MB``, ``10``."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final, Literal, TypeAlias

QuantityKind: TypeAlias = Literal["duration", "bytes", "count"]

UNITS: Final[dict[QuantityKind, dict[str, int]]] = {
    "duration": {"w": 604_800, "d": 86_400, "h": 3_600, "m": 60, "s": 1},
    "bytes": {"GB": 1_000_000_000, "MB": 1_000_000, "kB": 1_000, "B": 1},
    "count": {"": 1},
}
"""Units in seconds, bytes (SI, contract §1) and pieces, the largest first."""

EXPECTED: Final[dict[QuantityKind, str]] = {
    "duration": "a length of time such as 2h (units s m h d w)",
    "bytes": "an amount of data such as 50MB (units B kB MB GB)",
    "count": "a whole number such as 10",
}

_MAXIMUM: Final[dict[QuantityKind, int]] = {
    "duration": 36_500 * 86_400,
    "bytes": 10**18,
    "count": 10**12,
}
_AMOUNT = re.compile(r"([0-9]{1,18}(?:\.[0-9]{1,9})?)([A-Za-z]*)")


def parse_quantity(text: str, kind: QuantityKind) -> int | None:
    """The amount in seconds, bytes or pieces; None when ``text`` is not one.

    Units are read in any case. ``1.5h`` is fine; what is not a whole number of the
    smallest unit, or longer than a hundred years, is not.
    """
    match = _AMOUNT.fullmatch(text)
    if match is None:
        return None
    scale = {unit.lower(): size for unit, size in UNITS[kind].items()}.get(match[2].lower())
    if scale is None:
        return None
    amount = Decimal(match[1]) * scale
    if amount != int(amount) or amount > _MAXIMUM[kind]:
        return None
    return int(amount)


def quantity_text(amount: int, kind: QuantityKind) -> str:
    """The shortest spelling that means exactly ``amount``: 7200 seconds are ``2h``."""
    for unit, size in UNITS[kind].items():
        if amount and amount % size == 0:
            return f"{amount // size}{unit}"
    return f"0{list(UNITS[kind])[-1]}"
