"""What stands over the result of a job: how far it is, and whose it is."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from simtui.models import Job
from simtui.models.journal import JournalEntry
from simtui.views.ages import age_ago, duration, moment_text
from simtui.views.amounts import count_text
from simtui.views.cell import Cell, Row, Tone
from simtui.views.jobs.progress import LEFT, bar_text, counts_text, left, percent_text
from simtui.views.jobs.words import is_rehearsal, status_cell
from simtui.views.text import cell_width, clean, fit

_LONGEST_BAR: Final = 60
_LEAST_BAR: Final = 5
_EXACT_FROM: Final = 100
"""Cells from which there is room for a timestamp beside the age."""


def progress_line(job: Job, width: int) -> Row:
    """``◍ running  ███████░░░░░░░  120/482  25 %``, the bar as long as there is room."""
    status = status_cell(job)
    counts = counts_text(job)
    numbers = f"  {counts}  {percent_text(job)}".rstrip() if counts else ""
    room = min(width - cell_width(status.text) - cell_width(numbers) - 4, _LONGEST_BAR)
    cells = [Cell(" "), status]
    if job.total and room >= _LEAST_BAR:
        cells += [Cell("  "), *_bar_cells(job, job.total, room, status.tone)]
    return (*cells, Cell(numbers))


def _bar_cells(job: Job, total: int, room: int, tone: Tone) -> Row:
    """The bar; what failed is red at its end, and only that: the rest was done."""
    bar = bar_text(job.done, total, room)
    filled = len(bar.rstrip(LEFT))
    red = min(max((job.failed or 0) * room // total, 1), filled) if job.failed else 0
    done = filled - red
    return (
        Cell(bar[:done], "ok" if tone == "bad" else tone),
        Cell(bar[done:filled], "bad"),
        Cell(bar[filled:], "dim"),
    )


def counts_line(job: Job) -> Row:
    """``479 done · 3 failed · 0 skipped · 12 left``; a dry run says that nothing changed."""
    cells = [
        Cell(" "),
        Cell(f"✓ {count_text(job.succeeded)} done", "ok" if job.succeeded else "dim"),
        Cell(" · ", "dim"),
        Cell(f"✗ {count_text(job.failed)} failed", "bad" if job.failed else "dim"),
        Cell(" · ", "dim"),
        Cell(f"{count_text(job.skipped)} skipped", "" if job.skipped else "dim"),
    ]
    remaining = left(job)
    if remaining or (remaining is not None and not job.finished):
        word = "not come to" if job.finished else "left"
        cells += [Cell(" · ", "dim"), Cell(f"{count_text(remaining)} {word}", _dim(remaining))]
    if is_rehearsal(job):
        cells.append(Cell(" · dry run: nothing was changed", "accent"))
    return tuple(cells)


def origin_line(job: Job, entry: JournalEntry | None, now: datetime, width: int) -> Row:
    """When, by whom, how long it took, and its reference."""
    begun = job.started_at or job.created_at
    told = moment_text if width >= _EXACT_FROM else age_ago
    since = min(begun, now) if begun else None  # the server's clock may be ahead of ours
    parts = [f"started {told(since, now)}{' from here' if entry else ''}"]
    if job.created_by:
        parts.append(f"by {clean(job.created_by, 80)}")
    if begun and job.finished_at:
        parts.append(f"took {_span(begun, job.finished_at)}")
    parts.append(f"job {clean(job.job_id, 80)}")
    if job.client_reference and not is_rehearsal(job):
        parts.append(f"reference {clean(job.client_reference, 80)}")
    return (Cell(" "), Cell(_as_many(parts, max(width - 2, 1)), "dim"))


def batch_text(entry: JournalEntry, operation: Sequence[JournalEntry], *, goes_on: bool) -> str:
    """``request 2 of 10`` where what was confirmed takes several requests; empty for one.

    When the program that sent them ended before the last, the rest was never sent.
    """
    intent = entry.intent
    if intent.batches <= 1:
        return ""
    text = f"request {count_text(intent.batch)} of {count_text(intent.batches)}"
    last = max((other.intent.batch for other in operation), default=intent.batch)
    if goes_on or last >= intent.batches:
        return text
    missing = intent.batches - last
    word = "request was" if missing == 1 else "requests were"
    return f"{text}; {count_text(missing)} {word} never sent"


def _as_many(parts: Sequence[str], width: int) -> str:
    """As many of the parts as fit whole: half an id is of no use; the first one always."""
    for count in range(len(parts), 0, -1):
        text = " · ".join(parts[:count])
        if cell_width(text) <= width:
            return text
    return fit(parts[0], width)


def _span(begun: datetime, ended: datetime) -> str:
    seconds = max((ended - begun).total_seconds(), 1)
    return f"{seconds:.0f}s" if seconds < 60 else duration(seconds)


def _dim(count: int) -> Tone:
    return "" if count else "dim"
