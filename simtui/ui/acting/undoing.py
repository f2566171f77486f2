"""From the journal to the plans that take a write back."""

from __future__ import annotations

from simtui.errors import UsageError
from simtui.models.journal import JournalEntry
from simtui.store.journal.journal import Journal
from simtui.ui.acting.turns import Turn
from simtui.views.journal.undo import last_undoable, undo_of_operation
from simtui.views.text import clean


def entry_to_undo(journal: Journal, entry: JournalEntry | None) -> JournalEntry:
    """``entry``, or the last write that can be undone.

    Raises:
        UsageError: why there is nothing to undo, or not from here.
    """
    endpoint = journal.author.endpoint
    own = [one for one in journal.entries if one.intent.endpoint == endpoint]
    entry = entry or last_undoable(own)
    if entry is None:
        raise UsageError("There is nothing to undo", "", "The journal: 0")
    if entry.intent.endpoint != endpoint:
        detail = f"It was done to another account: {clean(entry.intent.endpoint)}"
        raise UsageError("This cannot be undone from here", detail)
    return entry


def undo_turns(journal: Journal, entry: JournalEntry) -> list[Turn]:
    """What takes back the operation of ``entry``, which is an action on Things.

    Raises:
        UsageError: why it cannot be undone.
    """
    undo = undo_of_operation(journal.of_operation(entry.intent.operation))
    if not undo.parts:
        raise UsageError("This cannot be undone", undo.reason)
    return [
        Turn(part.action, entry.intent.target, part.thing_ids, entry.entry_id, undo.remark)
        for part in undo.parts
    ]
