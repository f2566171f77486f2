"""The report of a revive as text for a ticket."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from simtui.models.runbook import Run, RunThing
from simtui.views.ages import utc_text
from simtui.views.amounts import count_text
from simtui.views.plan.wording import named
from simtui.views.runbook.revive_rows import revive_order
from simtui.views.runbook.revive_words import (
    REVIVALS,
    counts_of,
    known_of,
    outcome_of,
    revival_cell,
    settings_text,
)
from simtui.views.runbook.words import run_thing_name, run_title, step_cell, step_title

MOST_LISTED: Final = 500
"""Things named one by one; a terminal does not take a clipboard of any length."""


def revive_report(run: Run, now: datetime) -> str:
    """What was done, and what became of every Thing; every time is in UTC."""
    things = revive_order(run)
    lines = [
        run_title(run),
        f"Begun {utc_text(run.begun)} by {named(run.who)}: {settings_text(run)}",
        ", ".join(_counts(run)) + ("" if run.ended else " (so far)"),
        "",
        *_steps(run),
        "",
        *(_line(run, thing) for thing in things[:MOST_LISTED]),
    ]
    if len(things) > MOST_LISTED:
        lines.append(f"… and {count_text(len(things) - MOST_LISTED)} more")
    return "\n".join([*lines, "", f"Written {utc_text(now)} with simtui"])


def _counts(run: Run) -> Iterator[str]:
    counts = counts_of(run)
    return (
        f"{count_text(counts[revival])} {word}"
        for revival, (_, word, _) in REVIVALS.items()
        if counts[revival]
    )


def _steps(run: Run) -> Iterator[str]:
    for number, step in enumerate(run.steps, 1):
        when = f" {utc_text(step.ended)}" if step.ended else ""
        said = f": {step.said}" if step.said else ""
        yield f"{number} {step_title(step)}: {step_cell(step).text}{when}{said}"


def _line(run: Run, thing: RunThing) -> str:
    known = known_of(thing)
    said = f": {known}" if known else ""
    outcome = revival_cell(outcome_of(run, thing)).text
    return f"{outcome}: {run_thing_name(thing)} {named(thing.iccid)}{said}"
