"""The Thing list as a table: which columns fit, and the row of a Thing (design §2)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import accumulate

from simtui.models import Thing
from simtui.views.cell import Cell, Column, Row
from simtui.views.fleet_context import FleetContext
from simtui.views.text import clean
from simtui.views.things.columns import IMPORTANCE, ORDER, PLANS, ColumnPlan
from simtui.views.things.facts import CELLS

MARGIN = 4
"""Cells of a line that belong to the table itself: cursor, mark and scrollbar."""

GAP = 2
"""Cells between two columns."""

COMFORTABLE_NAME = 16
"""The name gets this many cells before other columns grow beyond their least width."""


def column_set(
    name: str, width: int, *, margin: int = MARGIN, gap: int = GAP
) -> tuple[Column, ...]:
    """The columns of a set that fit into ``width`` terminal cells, left to right.

    ``name`` is one of ``columns.SET_NAMES`` (KeyError for any other). The most important
    column always stays, the others as long as they fit. What is left over makes columns
    roomier, and then goes to the ``flex`` column. From 80 cells on the ICCID is always
    among them and never cut.
    """
    room = width - margin
    by_importance = IMPORTANCE[name]
    ends = accumulate(PLANS[key].column.width + gap for key in by_importance)
    kept = [key for key, end in zip(by_importance, ends, strict=True) if end - gap <= room]
    kept = kept or [by_importance[0]]
    spare = room - sum(PLANS[key].column.width + gap for key in kept) + gap
    spare -= COMFORTABLE_NAME - PLANS["name"].column.width
    columns: dict[str, Column] = {}
    for key in kept:
        columns[key] = _grown(PLANS[key], spare)
        spare -= columns[key].width - PLANS[key].column.width
    return tuple(columns[key] for key in ORDER[name] if key in columns)


def thing_row(thing: Thing, columns: Sequence[Column], context: FleetContext) -> Row:
    """One cell for each column, safe to print.

    Where there is no ICCID column, a Thing without a name is named by its last digits.
    """
    row = tuple(CELLS[column.key](thing, column, context) for column in columns)
    keys = [column.key for column in columns]
    if thing.name or "name" not in keys or "iccid" in keys:
        return row
    tail = Cell(f"…{clean(thing.iccid, 40)[-7:]}", "dim")
    return tuple(tail if key == "name" else cell for key, cell in zip(keys, row, strict=True))


def _grown(plan: ColumnPlan, spare: int) -> Column:
    if plan.roomy - plan.column.width > spare:
        return plan.column
    return replace(plan.column, width=plan.roomy, title=plan.roomy_title)
