"""What changed as a plain table for a pipe: nothing cut off."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from simtui.models.change import Change
from simtui.views.ages import utc_text
from simtui.views.history.words import by_text, change_text, subject_text
from simtui.views.text import cell_width, clean, fit

_GAP = "  "
_TITLES = ("WHEN", "WHAT", "ICCID", "BY", "CHANGE")


def change_lines(changes: Collection[Change]) -> Iterator[str]:
    """A header and one line a change, in the order given; columns as wide as they need."""
    rows = [_TITLES, *map(_row, changes)]
    widths = [max(map(cell_width, texts)) for texts in zip(*rows, strict=True)]
    for *texts, change in rows:
        told = (fit(text, width) for text, width in zip(texts, widths, strict=False))
        yield _GAP.join((*told, change))


def _row(change: Change) -> tuple[str, ...]:
    """``<`` before a moment means that it happened before that, and was seen then."""
    unknown = change.last_looked is not None and change.at is None
    return (
        f"<{utc_text(change.seen_at)}" if unknown else utc_text(change.moment),
        subject_text(change),
        clean(change.iccid, 40),
        by_text(change),
        change_text(change),
    )
