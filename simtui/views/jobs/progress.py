"""How far a job is, as a bar of text and as numbers."""

from __future__ import annotations

from typing import Final

from simtui.models import Job
from simtui.views.amounts import count_text

_DONE: Final = "█"
LEFT: Final = "░"
_LEAST_BAR: Final = 3


def bar_text(done: int, total: int, width: int) -> str:
    """``███░░░░░`` in ``width`` cells; full only when all is done, empty only when nothing is."""
    if total <= 0 or width <= 0:
        return ""
    filled = min(done, total) * width // total
    if width > 1 and 0 < done < total:
        filled = min(max(filled, 1), width - 1)
    return _DONE * filled + LEFT * (width - filled)


def counts_text(job: Job) -> str:
    """``120/482``; as much of it as the server tells."""
    if job.total is None:
        return count_text(job.done) if job.done else ""
    return f"{count_text(job.done)}/{count_text(job.total)}"


def progress_text(job: Job, width: int) -> str:
    """A bar and the numbers in at most ``width`` cells; of a job that has ended the numbers."""
    counts = counts_text(job)
    room = width - len(counts) - 1
    if job.finished or not job.total or room < _LEAST_BAR:
        return counts
    return f"{bar_text(job.done, job.total, room)} {counts}"


def percent_text(job: Job) -> str:
    """``25 %``, cut and not rounded; empty when the server tells no total."""
    return f"{min(job.done * 100 // job.total, 100)} %" if job.total else ""


def left(job: Job) -> int | None:
    """How many targets it has not come to (yet); None when the server tells no total."""
    return None if job.total is None else max(job.total - job.done, 0)
