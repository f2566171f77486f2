"""What became of each target of a job."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, Final

from simtui.models import ItemOutcome, JobItem, Thing
from simtui.views.amounts import NOTHING
from simtui.views.cell import Cell, Column, Row, Tone
from simtui.views.text import clean
from simtui.views.things.facts import iccid_cell

_OUTCOME: Final = Column("outcome", "OUTCOME", 9)
_NAME: Final = Column("name", "NAME", 12)
_ROOMY_NAME: Final = Column("name", "NAME", 22)
_ICCID: Final = Column("iccid", "ICCID", 20)
_REASON: Final = Column("reason", "REASON", 51, flex=True)

WIDE_FROM: Final = 118
"""Cells from which all columns fit; below, the ICCID is to the right of the edge."""

_OUTCOMES: Final[dict[str, tuple[str, str, Tone]]] = {
    ItemOutcome.FAILED: ("✗", "failed", "bad"),
    ItemOutcome.OK: ("✓", "done", "ok"),
    ItemOutcome.SKIPPED: ("·", "skipped", "dim"),
}
"""In the order in which they deserve to be looked at."""


def result_columns(width: int) -> tuple[Column, ...]:
    """The columns for a table of ``width`` cells."""
    if width >= WIDE_FROM:
        return (_OUTCOME, _ROOMY_NAME, _ICCID, _REASON)
    return (_OUTCOME, _NAME, _REASON, _ICCID)


def outcome_word(outcome: str) -> str:
    """``failed``, ``done``, ``skipped``; one that the contract does not know as it is."""
    known = _OUTCOMES.get(outcome)
    return known[1] if known else clean(outcome, 40).lower()


def outcomes_of(items: Sequence[JobItem]) -> tuple[str, ...]:
    """The outcomes that occur, the failed first."""
    found = {item.outcome for item in items}
    known = tuple(outcome for outcome in _OUTCOMES if outcome in found)
    return (*known, *sorted(found - _OUTCOMES.keys()))


def places_of(items: Sequence[JobItem], outcome: str | None) -> list[int]:
    """Where the items of one outcome stand; of all of them for None, the failed first."""
    places = [place for place, item in enumerate(items) if outcome in (None, item.outcome)]
    order = {known: rank for rank, known in enumerate(outcomes_of(items))}
    return sorted(places, key=lambda place: order[items[place].outcome])


def result_row(item: JobItem, thing: Thing | None, columns: Sequence[Column]) -> Row:
    """One target; ``thing`` is it as it is known now."""
    cells = {
        "outcome": _outcome_cell(item.outcome),
        "name": _name_cell(item, thing),
        "iccid": iccid_cell(item.iccid) if item.iccid else Cell(NOTHING, "dim"),
        "reason": Cell(reason_text(item), "bad" if item.outcome == ItemOutcome.FAILED else ""),
    }
    return tuple(cells[column.key] for column in columns)


def reason_text(item: JobItem) -> str:
    """The server's words; without any, what has changed."""
    if item.message:
        return clean(item.message)
    if item.name:
        return clean(item.name, 80)
    return _change_text(item.before or {}, item.after or {})


def _name_cell(item: JobItem, thing: Thing | None) -> Cell:
    """The name; without one the end of the ICCID, as in the Thing list."""
    if thing is not None and thing.name:
        return Cell(clean(thing.name))
    return Cell(f"…{clean(item.iccid, 40)[-7:]}" if item.iccid else NOTHING, "dim")


def _outcome_cell(outcome: str) -> Cell:
    glyph, word, tone = _OUTCOMES.get(outcome, ("?", clean(outcome, 40).lower(), "warn"))
    return Cell(f"{glyph} {word}", tone)


def _change_text(before: Mapping[str, Any], after: Mapping[str, Any]) -> str:
    """``state ACTIVE → SUSPENDED``."""
    changes = (
        f"{name} {_plain(before[name])} → {_plain(value)}"
        if name in before
        else f"{name} {_plain(value)}"
        for name, value in after.items()
    )
    return clean(", ".join(changes))


def _plain(value: Any) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, list | tuple):
        return " ".join(map(_plain, value)) or "none"
    if isinstance(value, Mapping):
        return " ".join(_plain(part) for part in value.values() if part is not None) or "none"
    return json.dumps(value)
