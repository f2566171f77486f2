"""The Things of a revive as a table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from simtui.models.runbook import Run, RunThing
from simtui.views.amounts import NOTHING
from simtui.views.cell import Cell, Column, Row
from simtui.views.runbook.revive_words import REVIVALS, known_of, outcome_of, revival_cell
from simtui.views.runbook.words import run_thing_name
from simtui.views.things.facts import iccid_cell
from simtui.views.things.words import session_state_cell

WIDE_FROM: Final = 118
"""Cells from which all columns fit; below, the ICCID is to the right of the edge."""

_REVIVAL: Final = Column("revival", "REVIVE", 22)
_NAME: Final = Column("name", "NAME", 14)
_WAS: Final = Column("was", "BEFORE", 10)
_SAID: Final = Column("said", "WHAT IS KNOWN", 36, flex=True)
_ICCID: Final = Column("iccid", "ICCID", 20)


def revive_columns(width: int) -> tuple[Column, ...]:
    """The columns for a table of ``width`` cells."""
    if width >= WIDE_FROM:
        return (_REVIVAL, _NAME, _ICCID, _WAS, _SAID)
    return (_REVIVAL, _NAME, _SAID, _WAS, _ICCID)


def revive_order(run: Run) -> tuple[RunThing, ...]:
    """What deserves to be looked at first; otherwise as they were chosen."""
    rank = {revival: number for number, revival in enumerate(REVIVALS)}
    return tuple(sorted(run.things, key=lambda thing: rank.get(outcome_of(run, thing), len(rank))))


def revive_row(run: Run, thing: RunThing, columns: Sequence[Column]) -> Row:
    """One Thing."""
    cells = {
        "revival": revival_cell(outcome_of(run, thing)),
        "name": Cell(run_thing_name(thing)),
        "iccid": iccid_cell(thing.iccid),
        "was": session_state_cell(thing.session) if thing.session else Cell(NOTHING, "dim"),
        "said": _known_cell(thing),
    }
    return tuple(cells[column.key] for column in columns)


def remark_on(run: Run, thing: RunThing) -> Cell:
    """All that is known of one Thing, for below the table."""
    state = revival_cell(outcome_of(run, thing))
    known = known_of(thing)
    name = run_thing_name(thing)
    return Cell(f"{name}: {state.text}" + (f" · {known}" if known else ""), state.tone)


def _known_cell(thing: RunThing) -> Cell:
    text = known_of(thing)
    return Cell(text) if text else Cell(NOTHING, "dim")
