"""What a text takes, in words, while it is typed."""

from __future__ import annotations

from typing import Final

from simtui.views.cell import Cell
from simtui.views.plan.wording import plural
from simtui.views.sms.segments import GSM7, MOST_SEGMENTS, Foreign, count, foreign
from simtui.views.text import clean

_NAMES: Final = {GSM7: "GSM-7", "UCS2": "UCS-2"}
_AROUND: Final = 8
"""Characters that are shown on either side of the one that is pointed at."""


def counted_cell(text: str) -> Cell:
    """``GSM-7 · 37 units · 1 segment, 123 units left in it``."""
    counted = count(text)
    segments = f"{counted.segments} {plural(counted.segments, 'segment', 'segments')}"
    units = f"{counted.units:,} {plural(counted.units, 'unit', 'units')}"
    told = f"{_NAMES[counted.encoding]} · {units} · {segments}"
    if counted.segments > MOST_SEGMENTS:
        return Cell(f"✗ {told}; a message has at most {MOST_SEGMENTS}", "bad")
    if counted.segments == MOST_SEGMENTS:
        return Cell(f"{told}, the most there can be; {counted.room} left in it", "warn")
    return Cell(f"{told}, {counted.room} left in it", "warn" if counted.segments > 1 else "ok")


def foreign_cell(text: str) -> Cell | None:
    """The character that makes it UCS-2, where it stands, and the key that replaces it."""
    found = foreign(text)
    if not found:
        return None
    first = next((one for one in found if one.stand_in is not None), found[0])
    more = f" and {len(found) - 1} more" if len(found) > 1 else ""
    shown = clean(first.character)
    place = f"“{shown}” at {first.place + 1}{more}: {_excerpt(text, first)}"
    why = "makes it UCS-2, 70 units a segment, not 160"
    if first.stand_in is None:
        return Cell(f"{place} {why}; nothing in GSM-7 stands for it", "warn")
    return Cell(f"{place} {why}; ctrl+r writes “{first.stand_in}”", "warn")


def _excerpt(text: str, one: Foreign) -> str:
    """The characters around it, with an arrow on either side."""
    before = clean(text[max(one.place - _AROUND, 0) : one.place])
    after = clean(text[one.place + 1 : one.place + 1 + _AROUND])
    return f"{before}▸{clean(one.character)}◂{after}"
