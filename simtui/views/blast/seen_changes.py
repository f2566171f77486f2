"""What the local history knows of the time before, beside what was done from here."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Final

from simtui.models import change as seen
from simtui.models.change import BY_PEOPLE, ChangeKind
from simtui.views.blast.changes import Change
from simtui.views.config.reach import groups_reached
from simtui.views.fleet_context import FleetContext
from simtui.views.history.words import change_cell, ref_of, subject_text

LOOKED_AT: Final = timedelta(days=3)
"""How far back the history is read."""
SUSPICIOUS: Final = BY_PEOPLE | {ChangeKind.TUNNEL_STATE}
"""What may silence a Thing; a session that ends is the silence itself."""


def changes_of_history(changes: Iterable[seen.Change], context: FleetContext) -> tuple[Change, ...]:
    """Those that came from elsewhere or by themselves, oldest first; what was done from here
    is in the journal."""
    foreign = (one for one in changes if one.kind in SUSPICIOUS and not one.entry_id)
    return tuple(sorted((_change(one, context) for one in foreign), key=lambda one: one.at))


def _change(one: seen.Change, context: FleetContext) -> Change:
    words = f"{subject_text(one)}: {change_cell(one).text}"
    if one.of_thing:
        return Change(one.moment, words, "history", frozenset({one.object_id}))
    groups = groups_reached(ref_of(one), context)
    reached = frozenset(group.things_group_id for group in groups)
    return Change(one.moment, words, "history", group_ids=reached)
