"""Decimal numbers of a bill. What is told is shown as it is told; only sums are made here."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal, InvalidOperation
from typing import Final

ZERO: Final = Decimal(0)
_LONGEST: Final = 40
_BELOW: Final = 15
_FRACTION: Final = 9
"""Characters, and digits before and behind the point, of what can be a sum of money: sums and
estimates of such numbers are exact in 28 digits, which is what Decimal reckons with."""


def decimal_of(text: str | None) -> Decimal | None:
    """The number that a text is; None for what is none, or none to reckon with."""
    if text is None or len(text) > _LONGEST:
        return None
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    exponent = number.as_tuple().exponent
    if not isinstance(exponent, int) or exponent < -_FRACTION or number.adjusted() >= _BELOW:
        return None
    return number


def sum_of(texts: Iterable[str]) -> Decimal:
    """The sum of those that are numbers."""
    return sum((number for text in texts if (number := decimal_of(text)) is not None), ZERO)


def plain(number: Decimal) -> str:
    """A sum with all its digits and never an exponent."""
    return f"{number:f}"


def signed(number: Decimal) -> str:
    """A difference: ``+1.20``, ``-1.20``, ``0.00``."""
    return f"{number:+f}" if number else plain(abs(number))
