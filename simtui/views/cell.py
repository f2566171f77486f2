"""What a table is made of: columns, cells and the meaning of a colour.

Tones are meanings, not colours: the screen's theme decides how ``bad`` looks, and the
text of the cell always says it too (colour is never the only signal).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, NamedTuple, TypeAlias

Tone: TypeAlias = Literal["", "dim", "ok", "warn", "bad", "accent", "strong"]


class Cell(NamedTuple):
    """A piece of text that is safe to print, and what it means."""

    text: str
    tone: Tone = ""


Row: TypeAlias = tuple[Cell, ...]
RowSource: TypeAlias = Callable[[str], Row]
"""From a row's key to its cells, one cell a column."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table. ``width`` is in terminal cells.

    A ``flex`` column takes what is left over, never less than ``width``. ``sort_key``
    is the capital letter that sorts by it (with shift), empty when it cannot sort.
    """

    key: str
    title: str
    width: int
    align: Literal["left", "right"] = "left"
    flex: bool = False
    sort_key: str = ""
