"""What became of writes, in one line each, for whoever looks at something else."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from simtui.models import Job
from simtui.models.journal import JournalEntry, Outcome
from simtui.views.ages import short_moment
from simtui.views.amounts import count_text
from simtui.views.cell import Cell, Tone
from simtui.views.jobs.progress import counts_text
from simtui.views.text import clean

_ENDS: Final[dict[str, tuple[str, Tone]]] = {
    Outcome.CONFIRMED: ("✓", "ok"),
    Outcome.PARTLY: ("!", "warn"),
    Outcome.REFUSED: ("✗", "bad"),
    Outcome.FAILED: ("✗", "bad"),
}
_WORST_LAST: Final = (Outcome.CONFIRMED, Outcome.PARTLY, Outcome.REFUSED, Outcome.FAILED)


def unknown_text(entries: Sequence[JournalEntry]) -> str:
    """``2 writes of 21 Nov 21:40Z have no outcome yet; looking how it is now · 0 journal``."""
    first = min(entry.intent.at for entry in entries)
    one = len(entries) == 1
    what = clean(entries[0].intent.summary) if one else f"{count_text(len(entries))} writes"
    have = "has" if one else "have"
    return (
        f"{what} of {short_moment(first)} {have} no outcome yet; looking how it is now · 0 journal"
    )


def settled_text(entry: JournalEntry) -> Cell:
    """``✓ Suspend pump-12 of 21 Nov 21:40Z: done``, or that it did not happen."""
    glyph, tone = _ENDS.get(entry.outcome, ("?", "warn"))
    happened = entry.outcome in (Outcome.CONFIRMED, Outcome.PARTLY)
    what = "done" if happened else "did not happen"
    when = short_moment(entry.intent.at)
    return Cell(f"{glyph} {clean(entry.intent.summary)} of {when}: {what} · 0 journal", tone)


def running_text(entry: JournalEntry, job: Job) -> str:
    """``Suspend 482 Things is still running: 120/482 · 8 jobs``."""
    return f"{clean(entry.intent.summary)} is still running: {counts_text(job)} · 8 jobs"


def ended_text(operation: Sequence[JournalEntry]) -> Cell:
    """``✓ Suspend 482 Things: 479 done, 3 failed · 8 jobs``, over all requests of it.

    The requests may be several steps of one action, each for the same Things: those that
    the last step did are done, and those that any step failed with have failed. Requests
    that were still to come when that run ended were never sent.
    """
    last = operation[-1]
    unsent = last.intent.batches - last.intent.batch
    worst = max((one.outcome for one in operation), key=_rank)
    glyph, tone = _ENDS.get(worst, ("?", "warn"))
    if unsent > 0 and worst == Outcome.CONFIRMED:
        glyph, tone = _ENDS[Outcome.PARTLY]
    steps = [one for one in operation if one.intent.kind == last.intent.kind]
    done = sum(_told(one, "succeeded") for one in steps)
    failed = sum(_told(one, "failed") for one in operation)
    failures = f", {count_text(failed)} failed" if failed else ""
    unsent_text = f"{unsent} of {last.intent.batches} requests never sent: " if unsent > 0 else ""
    text = f"{unsent_text}{clean(last.intent.summary)}: {count_text(done)} done{failures}"
    return Cell(f"{glyph} {text} · 8 jobs", tone)


def _rank(outcome: str) -> int:
    return _WORST_LAST.index(outcome) if outcome in _WORST_LAST else len(_WORST_LAST)


def _told(entry: JournalEntry, name: str) -> int:
    counts = (getattr(result, name) for result in reversed(entry.results))
    return next((count for count in counts if count is not None), 0)
