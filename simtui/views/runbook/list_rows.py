"""The runs of runbooks as a table."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from simtui.models.runbook import Revival, Run, RunKind, StepState
from simtui.views.ages import age
from simtui.views.amounts import count_text
from simtui.views.cell import Cell, Column, Row
from simtui.views.plan.wording import named
from simtui.views.runbook.revive_words import counts_of
from simtui.views.runbook.words import run_cell, run_title, step_title

WIDE_FROM: Final = 110
"""Cells from which there is room for who began it."""


def runbooks_columns(width: int) -> tuple[Column, ...]:
    """The columns for a table of ``width`` cells."""
    wide = width >= WIDE_FROM
    return (
        Column("state", "STATE", 18),
        Column("what", "RUNBOOK", 24),
        Column("known", "WHAT IS KNOWN", 18, flex=True),
        *((Column("who", "BY", 20),) if wide else ()),
        Column("age", "BEGUN", 5, align="right"),
    )


def runbook_row(
    run: Run, columns: Sequence[Column], now: datetime, *, under_way: bool, elsewhere: bool
) -> Row:
    """One run."""
    cells = {
        "state": run_cell(run, under_way=under_way, elsewhere=elsewhere),
        "what": Cell(run_title(run)),
        "known": Cell(known_text(run)),
        "who": Cell(named(run.who), "dim"),
        "age": Cell(age(run.begun, now)),
    }
    return tuple(cells[column.key] for column in columns)


def known_text(run: Run) -> str:
    """What came of it so far, or what is next."""
    if run.kind == RunKind.REVIVE:
        back = sum(counts_of(run)[one] for one in Revival.BACK)
        return f"{count_text(back)} of {count_text(len(run.things))} back"
    step = run.next_step
    if step is not None:
        return f"next: {step_title(step)}"
    skipped = [step_title(one) for one in run.steps if one.state == StepState.SKIPPED]
    return f"skipped: {', '.join(skipped)}" if skipped else "all steps done"
