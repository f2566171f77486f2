"""Taking a change of the configuration back: a change of its own, decided from what was
written down of it and from how the object is now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from simtui.models import UserStatus
from simtui.models.config_change import ConfigChange, Kind, Verb
from simtui.models.journal import JournalEntry, Outcome
from simtui.models.recorded import recorded_change
from simtui.models.settings import Settings, UserSettings
from simtui.views.cell import Cell
from simtui.views.config.merge import merged
from simtui.views.text import clean

_NOT_DONE: Final = "It was not done, so there is nothing to undo."
_UNKNOWN: Final = "It is not known yet whether it happened."
_RUNS: Final = "It still runs; it can be undone when it has ended."
_KEY: Final = "The key that the tunnel had is not known: it is written down nowhere."
_NO_ID: Final = "The journal does not say which object it made; delete that in its list."
_INVITATION: Final = (
    "Only the server makes a user INVITED. t switches the user on, as ACTIVE; to invite them anew,"
    " delete them and invite them again."
)
_STRANGE: Final = "This version of simtui does not know how to undo it."


@dataclass(frozen=True, slots=True)
class ConfigUndo:
    """The change that was made, as far as it can be taken back; else the ``reason`` why not."""

    made: ConfigChange | None = None
    reason: str = ""


def undo_of_change(entry: JournalEntry) -> ConfigUndo:
    """Whether a change can be taken back, by what the journal has of it."""
    recorded = recorded_change(entry.intent)
    if recorded is None:
        return ConfigUndo(reason=_STRANGE)
    if entry.outcome != Outcome.CONFIRMED:
        reasons = {Outcome.UNKNOWN: _UNKNOWN, Outcome.ACCEPTED: _RUNS}
        return ConfigUndo(reason=reasons.get(entry.outcome, _NOT_DONE))
    change = recorded.change
    if change.verb == Verb.CREATE:
        if not entry.object_id:
            return ConfigUndo(reason=_NO_ID)
        ref = replace(change.ref, object_id=entry.object_id)
        return ConfigUndo(replace(change, ref=ref))
    lost_key = recorded.new_key and change.before == change.after
    if lost_key or (change.verb == Verb.DELETE and change.ref.kind == Kind.TUNNEL):
        return ConfigUndo(reason=_KEY)
    if _ended_an_invitation(change):
        return ConfigUndo(reason=_INVITATION)
    return ConfigUndo(change)


def _ended_an_invitation(change: ConfigChange) -> bool:
    before, after = change.before, change.after
    if not isinstance(before, UserSettings) or not isinstance(after, UserSettings):
        return False
    return before.status == UserStatus.INVITED != after.status


def what_stays(entry: JournalEntry, operation: Sequence[JournalEntry]) -> tuple[Cell, ...]:
    """What else was done together with it and is not taken back with it."""
    others = [one for one in operation if one.entry_id != entry.entry_id]
    return tuple(Cell(f"This stays: {clean(one.intent.summary)}.", "dim") for one in others)


def takes_back(
    made: ConfigChange, now: Settings | None, version: int, known: tuple[str, ...] = ()
) -> ConfigChange | None:
    """The change that takes ``made`` back, on the object as it is ``now`` (None: not there).

    Of what somebody changed since then, only what ``made`` had changed is taken back. None
    when there is nothing to take back any more. ``known`` are the ids of its kind that are
    there, so that one that is made again can be told from them.
    """
    if made.verb == Verb.DELETE:
        ref = replace(made.ref, object_id="")
        again = ConfigChange(ref, made.title, None, _as_new(made.before), known=known)
        return again if now is None else None
    if now is None:
        return None
    if made.before is None or made.after is None:
        return ConfigChange(made.ref, made.title, now, None, version)
    wanted = merged(made.after, now, made.before)
    change = ConfigChange(made.ref, made.title, now, wanted, version)
    return None if change.changes_nothing else change


def _as_new(settings: Settings | None) -> Settings | None:
    """What it is made again with; a user is invited, and the server decides the status."""
    return replace(settings, status=None) if isinstance(settings, UserSettings) else settings
