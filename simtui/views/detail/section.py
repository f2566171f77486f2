"""What the Thing detail is made of, and what it says when there is nothing to show."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sized
from dataclasses import dataclass, replace
from typing import Final, Protocol, TypeAlias, TypeVar

from simtui.errors import CapabilityAbsent, SimtuiError
from simtui.views.amounts import NOTHING
from simtui.views.cell import Cell, Tone
from simtui.views.text import clean

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)

Rows: TypeAlias = tuple[tuple[str, Cell], ...]
"""Label and value; the label is empty where a line goes on or stands alone."""

NOT_LOADED: Final = "not loaded yet"
NOT_OFFERED: Final = "not offered by this API"
SHOWN: Final = 10
"""Rows of a list that the detail shows; the newest ones."""


@dataclass(frozen=True, slots=True)
class Section:
    """A title, rows of label and value, and a note. Everything in it is safe to print.

    The note says why there are no rows, or why they may be behind; it is empty otherwise.
    """

    title: str
    rows: Rows = ()
    note: str = ""


class Known(Protocol[T_co]):
    """A value that may not be there (yet), as the store's ``Entry`` has it."""

    @property
    def value(self) -> T_co | None:
        """The last known value, None until there was one."""

    @property
    def error(self) -> SimtuiError | None:
        """Why it is not newer, None when it is."""


def loaded_section(
    title: str, known: Known[T] | None, rows_of: Callable[[T], Rows], empty: str
) -> Section:
    """A section about something loaded apart from the Thing; ``empty`` explains no rows."""
    if known is None or known.value is None:
        return Section(title, note=absence(known.error if known else None))
    value = known.value
    is_empty = isinstance(value, Sized) and len(value) == 0
    rows = () if is_empty else rows_of(value)
    note = empty if not rows else ""
    if known.error is not None and not is_absent(known):
        behind = f"may be behind: {clean(known.error.title)}"
        note = f"{note}; {behind}" if note else behind
    return Section(title, rows, note)


def text_cell(text: str | None, tone: Tone = "") -> Cell:
    """Any text of the server's as a cell, ``–`` when there is none."""
    return Cell(clean(text), tone) if text else Cell(NOTHING, "dim")


def is_absent(known: Known[object]) -> bool:
    """Whether the API does not offer it at all (EXT)."""
    return isinstance(known.error, CapabilityAbsent)


def absence(error: SimtuiError | None) -> str:
    """Why a value is not there: not loaded, not offered (EXT), or what failed."""
    if error is None:
        return NOT_LOADED
    if isinstance(error, CapabilityAbsent):
        return NOT_OFFERED
    return clean(error.title)


def offered(sections: Iterable[Section]) -> tuple[Section, ...]:
    """The sections without what this API does not offer: such a panel goes away quietly
    (contract, head), and beside rows that are there its absence is no news."""
    shown = (replace(one, note="") if one.note == NOT_OFFERED else one for one in sections)
    return tuple(one for one in shown if one.rows or one.note)
