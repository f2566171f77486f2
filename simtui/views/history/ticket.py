"""A change as text for a ticket."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from simtui.models.change import By, Change, ChangeKind
from simtui.views.ages import utc_text
from simtui.views.history.words import change_text, subject_text, when_text
from simtui.views.text import clean

_BY: Final = {
    By.HERE: "By a write from here",
    By.ELSEWHERE: "Not by a write from here: another program or person",
    By.NOBODY: "Nobody asked for it, as far as is known: the device or the network",
}


def change_ticket(change: Change, now: datetime) -> str:
    """What a colleague needs to go on: of what, from what to what, when, and who."""
    iccid = f" ({clean(change.iccid, 40)})" if change.iccid else ""
    entry = f", journal entry {clean(change.entry_id, 64)}" if change.entry_id else ""
    lines = (
        f"{subject_text(change)}{iccid}: {change_text(change)}",
        when_text(change, now),
        f"{_by(change)}{entry}",
        f"From the history of simtui, {utc_text(now)}",
    )
    return "\n".join(lines)


def _by(change: Change) -> str:
    if change.kind == ChangeKind.THING:
        return "Who did it is not told"
    return _BY.get(change.by, _BY[By.NOBODY])
