"""The list of what changed."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from simtui.models.change import By, Change
from simtui.views.cell import Cell, Column, Row
from simtui.views.history.words import by_text, change_cell, name_text, when_cell
from simtui.views.things.facts import iccid_cell

WIDE_FROM: Final = 112
"""Cells from which the ICCID has room."""

_WHEN = Column("when", "WHEN", 8)
_WHAT = Column("what", "WHAT", 15, flex=True)
_ICCID = Column("iccid", "ICCID", 20)
_CHANGE = Column("change", "CHANGE", 38)
_ROOMY_CHANGE = Column("change", "CHANGE", 46)
_ONLY_CHANGE = Column("change", "CHANGE", 30, flex=True)
_BY = Column("by", "BY", 9)


def change_columns(width: int, *, of_one: bool) -> tuple[Column, ...]:
    """The columns for a terminal of ``width`` cells; of one Thing, it need not be named."""
    if of_one:
        return (_WHEN, _ONLY_CHANGE, _BY)
    if width >= WIDE_FROM:
        return (_WHEN, _WHAT, _ICCID, _ROOMY_CHANGE, _BY)
    return (_WHEN, _WHAT, _CHANGE, _BY)


def change_row(change: Change, columns: tuple[Column, ...], now: datetime) -> Row:
    """One change."""
    cells = {
        "when": when_cell(change, now),
        "what": Cell(name_text(change)),
        "iccid": iccid_cell(change.iccid) if change.iccid else Cell(""),
        "change": change_cell(change),
        "by": Cell(by_text(change), "" if change.by == By.HERE else "dim"),
    }
    return tuple(cells[column.key] for column in columns)
