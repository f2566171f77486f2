"""Counting a text as the network counts it: encoding, units and segments (contract §9)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from simtui.views.sms.alphabet import EXTENDED, is_gsm7, stand_in

GSM7: Final = "GSM7"
UCS2: Final = "UCS2"
MOST_SEGMENTS: Final = 10
"""Segments of a message (contract §3.8)."""
_SINGLE: Final = {GSM7: 160, UCS2: 70}
_PART: Final = {GSM7: 153, UCS2: 67}


@dataclass(frozen=True, slots=True)
class Counted:
    """What a text takes. ``units`` are septets or UTF-16 units; ``room`` is how many more of
    them the last segment has."""

    encoding: str
    units: int
    segments: int
    room: int


@dataclass(frozen=True, slots=True)
class Foreign:
    """A character that is not in GSM-7: its place, from 0, and what could stand in for it."""

    place: int
    character: str
    stand_in: str | None


def count(text: str) -> Counted:
    """What it takes; an empty text takes no segment.

    A character of two units is never split over two segments: the one before is left with
    a unit that nothing is in.
    """
    encoding = GSM7 if all(map(is_gsm7, text)) else UCS2
    costs = _costs(text, encoding)
    units, single = sum(costs), _SINGLE[encoding]
    if units <= single:
        return Counted(encoding, units, min(units, 1), single - units)
    segments, room = _packed(costs, _PART[encoding])
    return Counted(encoding, units, segments, room)


def foreign(text: str) -> tuple[Foreign, ...]:
    """The characters that make the whole text UCS-2, in order."""
    return tuple(
        Foreign(place, character, stand_in(character))
        for place, character in enumerate(text)
        if not is_gsm7(character)
    )


def without_foreign(text: str) -> str:
    """The text with everything that can be stood in for; the rest stays."""
    return "".join(
        character if is_gsm7(character) else (stand_in(character) or character)
        for character in text
    )


def _costs(text: str, encoding: str) -> Sequence[int]:
    if encoding == GSM7:
        return [2 if character in EXTENDED else 1 for character in text]
    return [2 if ord(character) > 0xFFFF else 1 for character in text]


def _packed(costs: Sequence[int], size: int) -> tuple[int, int]:
    """Segments of ``size`` units filled in order, and the room that the last one has left."""
    segments, room = 0, 0
    for cost in costs:
        if cost > room:
            segments, room = segments + 1, size
        room -= cost
    return segments, room
