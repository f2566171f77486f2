"""The journal as a plain table for a pipe: words instead of glyphs, nothing cut off."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from simtui.models.journal import JournalEntry
from simtui.views.ages import utc_text
from simtui.views.amounts import count_text
from simtui.views.journal.rows import what_text
from simtui.views.journal.words import outcome_word
from simtui.views.text import cell_width, clean, fit

_GAP = "  "
_TITLES = ("WHEN", "OUTCOME", "THINGS", "WHO", "WHAT")


def journal_lines(entries: Collection[JournalEntry]) -> Iterator[str]:
    """A header and one line a write, in the order given; columns as wide as they need."""
    rows = [_TITLES, *map(_row, entries)]
    widths = [max(map(cell_width, texts)) for texts in zip(*rows, strict=True)]
    for when, outcome, things, who, what in rows:
        yield _GAP.join(
            (
                fit(when, widths[0]),
                fit(outcome, widths[1]),
                fit(things, widths[2], "right"),
                fit(who, widths[3]),
                what,
            )
        )


def _row(entry: JournalEntry) -> tuple[str, str, str, str, str]:
    intent = entry.intent
    return (
        utc_text(intent.at),
        outcome_word(entry.outcome),
        count_text(len(intent.things) or None),
        clean(intent.who),
        what_text(intent),
    )
