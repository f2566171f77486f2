"""What was changed shortly before they went silent."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from simtui.models import Thing
from simtui.models.journal import JournalEntry, Outcome
from simtui.models.recorded import recorded_change
from simtui.views.blast.wave import Wave
from simtui.views.config.reach import groups_reached
from simtui.views.fleet_context import FleetContext
from simtui.views.journal.rows import what_text

BEFORE: Final = timedelta(hours=2)
"""How long before the first of them a change is still worth a look."""

_NO_CHANGE: Final = frozenset({"ping", "cancel-job"})


@dataclass(frozen=True, slots=True)
class Change:
    """Something that was changed, wherever that is known from.

    ``words`` are safe to print; ``source`` is one word for where it stands. ``thing_ids`` and
    ``group_ids`` are whom it is about; both empty: that is not known, it may be all.
    ``entry_id`` is its entry in the journal.
    """

    at: datetime
    words: str
    source: str
    thing_ids: frozenset[str] = frozenset()
    group_ids: frozenset[str] = frozenset()
    entry_id: str | None = None

    def reaches(self, thing: Thing) -> bool:
        """Whether it may have to do with a Thing."""
        if not self.thing_ids and not self.group_ids:
            return True
        return thing.thing_id in self.thing_ids or thing.things_group_id in self.group_ids


@dataclass(frozen=True, slots=True)
class Suspect:
    """A change at the right time; ``reached`` of the silent ones are what it is about."""

    change: Change
    reached: int


def changes_of_journal(
    entries: Iterable[JournalEntry], context: FleetContext
) -> tuple[Change, ...]:
    """The writes from here that may have changed something, oldest first."""
    return tuple(
        _change(entry, context)
        for entry in entries
        if entry.outcome != Outcome.REFUSED and entry.intent.kind not in _NO_CHANGE
    )


def suspects(
    changes: Iterable[Change], wave: Wave | None, silent: Sequence[Thing]
) -> tuple[Suspect, ...]:
    """Those from two hours before the first of them until the last of the wave went silent,
    as far as they reach any of ``silent``; the latest first.

    Until the last, because what a Thing was last heard of may be before the change that it
    could not be heard of after.
    """
    if wave is None:
        return ()
    until = wave.end if wave.together else wave.begin
    timely = (one for one in changes if wave.begin - BEFORE <= one.at <= until)
    reaching = (Suspect(one, sum(map(one.reaches, silent))) for one in timely)
    found = [one for one in reaching if one.reached]
    return tuple(sorted(found, key=lambda one: one.change.at, reverse=True))


def _change(entry: JournalEntry, context: FleetContext) -> Change:
    intent = entry.intent
    recorded = recorded_change(intent)
    groups = groups_reached(recorded.change.ref, context) if recorded is not None else ()
    return Change(
        intent.at,
        what_text(intent),
        "journal",
        frozenset(before.thing_id for before in intent.things),
        frozenset(group.things_group_id for group in groups),
        entry.entry_id,
    )
