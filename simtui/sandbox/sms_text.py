"""How a text travels as SMS: its encoding and how many parts it takes (contract §9)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

GSM7_BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
GSM7_EXTENDED = frozenset("^{}[]~|\\€\f")
"""Characters that take an escape and a second septet."""

MOST_SEGMENTS = 10


@dataclass(frozen=True, slots=True)
class Encoded:
    """The outcome: GSM7 or UCS2, the units (septets or UTF-16 units) and the parts."""

    encoding: str
    units: int
    segments: int


def encode_sms(text: str) -> Encoded:
    """Work out how ``text`` is sent; an empty text takes no part at all."""
    if all(char in GSM7_BASIC or char in GSM7_EXTENDED for char in text):
        costs = [2 if char in GSM7_EXTENDED else 1 for char in text]
        return _encoded("GSM7", costs, single=160, part=153)
    costs = [2 if ord(char) > 0xFFFF else 1 for char in text]
    return _encoded("UCS2", costs, single=70, part=67)


def _encoded(encoding: str, costs: list[int], *, single: int, part: int) -> Encoded:
    units = sum(costs)
    segments = _parts(costs, part) if units > single else min(units, 1)
    return Encoded(encoding, units, segments)


def _parts(costs: Iterable[int], size: int) -> int:
    """Fill parts in order; a character of two units is never split over two parts."""
    parts, room = 0, 0
    for cost in costs:
        if cost > room:
            parts, room = parts + 1, size
        room -= cost
    return parts
