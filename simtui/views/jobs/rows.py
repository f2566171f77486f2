"""The list of jobs."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from simtui.models import Job
from simtui.models.journal import JournalEntry
from simtui.views.ages import age
from simtui.views.amounts import count_text
from simtui.views.cell import Cell, Column, Row
from simtui.views.jobs.progress import progress_text
from simtui.views.jobs.words import is_rehearsal, job_title, status_cell
from simtui.views.text import clean

WIDE_FROM: Final = 110
"""Cells from which there is room for the whole name of who started it."""
HERE: Final = "from here"


def jobs_columns(width: int) -> tuple[Column, ...]:
    """The columns for a table of ``width`` cells."""
    wide = width >= WIDE_FROM
    return (
        Column("status", "STATUS", 11),
        Column("what", "WHAT", 18, flex=True),
        Column("progress", "PROGRESS", 22 if wide else 16),
        Column("failed", "FAILED", 6, align="right"),
        Column("by", "BY", 30 if wide else 9),
        Column("age", "AGE", 4, align="right"),
    )


def job_row(
    job: Job, entry: JournalEntry | None, columns: tuple[Column, ...], now: datetime
) -> Row:
    """One job; ``entry`` is the write from here that it came of, if it did."""
    widths = {column.key: column.width for column in columns}
    return (
        status_cell(job),
        Cell(job_title(job, entry), "dim" if is_rehearsal(job) else ""),
        Cell(progress_text(job, widths["progress"])),
        failed_cell(job.failed),
        _by_cell(job, entry, widths["by"]),
        _age_cell(job.created_at, now),
    )


def _age_cell(created: datetime | None, now: datetime) -> Cell:
    """How long ago; by a server's clock that is ahead of ours a new job is of now."""
    return Cell(age(min(created, now), now)) if created else Cell(age(None, now), "dim")


def failed_cell(failed: int | None) -> Cell:
    """How many failed; nothing to look at when none did."""
    return Cell(count_text(failed), "bad" if failed else "dim")


def _by_cell(job: Job, entry: JournalEntry | None, width: int) -> Cell:
    who = clean(job.created_by or "", 80)
    if entry is None:
        return Cell(who or "–", "" if who else "dim")
    named = f"{HERE}, {who}" if who else HERE
    return Cell(named if len(named) <= width else HERE, "accent")
