"""Taking a write back: a plan of its own, decided from what was written down before it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from simtui.models.action import Action, LockIp
from simtui.models.journal import Intent, JournalEntry, Outcome
from simtui.models.recorded import recorded_action, recorded_change
from simtui.views.journal.config_undo import undo_of_change
from simtui.views.journal.inverse import INVERTIBLE, inverse_of
from simtui.views.plan.wording import plural, things_text

_DONE: Final = frozenset({Outcome.CONFIRMED, Outcome.PARTLY})
_TAKEN_BACK: Final = _DONE | {Outcome.ACCEPTED}

_NOT_DONE: Final[Mapping[str, str]] = {
    Outcome.ACCEPTED: "It still runs; it can be undone when it has ended.",
    Outcome.UNKNOWN: "It is not known yet whether it happened.",
}
_NEVER: Final[Mapping[str, str]] = {
    "reset": "A connection reset cannot be undone; the device attaches anew by itself.",
    "ping": "A ping changes nothing, so there is nothing to undo.",
    "send-sms": "A message that was sent cannot be taken back; while it is queued, x cancels it.",
    "cancel-sms": "A cancelled message stays cancelled; R sends it again as a new one.",
    "cancel-job": "A cancelled job cannot go on; what it has not done has to be planned anew.",
}
_NOTHING: Final = "It changed nothing, so there is nothing to undo."
_STRANGE: Final = "This version of simtui does not know how to undo it."
_PRESENT_LEASES: Final = (
    "Each Thing's present address is locked, which need not be the one that was locked before."
)


@dataclass(frozen=True, slots=True)
class UndoPart:
    """An action that takes it back, on the Things that it takes it back on."""

    action: Action
    thing_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Undo:
    """What takes a write back, or the ``reason``, a sentence, why nothing does.

    ``remark`` is what a person has to know of the parts that there are: which Things stay
    as they are, and where the result is not quite what was before.
    """

    parts: tuple[UndoPart, ...] = ()
    reason: str = ""
    remark: str = ""


def undo_of(entry: JournalEntry) -> Undo:
    """What takes this one request back."""
    return undo_of_operation((entry,))


def undo_of_operation(entries: Sequence[JournalEntry]) -> Undo:
    """What takes back all requests of an operation, of those that were done.

    Whether the Things still are as they were left is for the plan of the undo to find out.
    """
    done = [entry for entry in entries if entry.outcome in _DONE]
    if not done:
        return Undo(reason=_NOT_DONE.get(entries[-1].outcome, _NOTHING) if entries else _NOTHING)
    found = _Found()
    for entry in reversed(done):
        found.add(entry.intent)
    return found.undo(left_out=len(entries) - len(done))


def is_undone(entry: JournalEntry, entries: Sequence[JournalEntry]) -> bool:
    """Whether a later one of ``entries``, oldest first, takes it back and is not taken back
    itself. An undo may name one request of an operation and be about the Things of others."""
    return _Undoing(entries).covers(entry)


def last_undoable(entries: Sequence[JournalEntry]) -> JournalEntry | None:
    """The latest write that can be undone and is not; ``entries`` are of one account and
    oldest first. Undos are passed over, so that asking again goes further back; `undo_of`
    takes one back all the same, for whoever picks it."""
    undoing = _Undoing(entries)
    for entry in reversed(entries):
        if entry.intent.undoes is None and not undoing.covers(entry) and _can_be_undone(entry):
            return entry
    return None


def _can_be_undone(entry: JournalEntry) -> bool:
    if recorded_change(entry.intent) is not None:
        return undo_of_change(entry).made is not None
    return bool(undo_of(entry).parts)


class _Undoing:
    """Which writes were taken back by others."""

    def __init__(self, entries: Sequence[JournalEntry]) -> None:
        known = {entry.entry_id: entry.intent for entry in entries}
        self._entries: set[str] = set()
        self._things: defaultdict[str, set[str]] = defaultdict(set)
        for entry in reversed(entries):
            undone = known.get(entry.intent.undoes or "")
            if undone is None or entry.outcome not in _TAKEN_BACK or self.covers(entry):
                continue
            self._entries.add(undone.entry_id)
            self._things[undone.operation].update(one.thing_id for one in entry.intent.things)

    def covers(self, entry: JournalEntry) -> bool:
        things = self._things.get(entry.intent.operation, set())
        return entry.entry_id in self._entries or any(
            before.thing_id in things for before in entry.intent.things
        )


@dataclass(slots=True)
class _Found:
    """The inverses of some requests, with the Things of each."""

    parts: dict[Action, dict[str, None]] = field(default_factory=dict)
    kept: dict[str, int] = field(default_factory=dict)
    reasons: list[str] = field(default_factory=list)

    def add(self, intent: Intent) -> None:
        action = recorded_action(intent)
        if action is None or type(action) not in INVERTIBLE:
            self.reasons.append(_NEVER.get(intent.kind, _STRANGE))
            return
        for before in intent.things:
            inverse = inverse_of(action, before)
            if isinstance(inverse, str):
                self.kept[inverse] = self.kept.get(inverse, 0) + 1
            elif inverse is not None:
                self.parts.setdefault(inverse, {})[before.thing_id] = None

    def undo(self, left_out: int) -> Undo:
        remarks = [_kept_text(count, why) for why, count in self.kept.items()]
        if not self.parts:
            return Undo(reason=" ".join(self.reasons[:1] or remarks) or _NOTHING)
        if self._lock_present_leases():
            remarks.append(_PRESENT_LEASES)
        if left_out:
            requests = f"{left_out} {plural(left_out, 'request', 'requests')}"
            remarks.append(f"{requests} of it left out: not done, or nobody knows yet.")
        parts = tuple(UndoPart(action, tuple(ids)) for action, ids in self.parts.items())
        return Undo(parts, remark=" ".join(remarks))

    def _lock_present_leases(self) -> bool:
        """An address is for one Thing; several Things are locked to what they have."""
        locks = [action for action in self.parts if isinstance(action, LockIp)]
        things = [thing_id for action in locks for thing_id in self.parts[action]]
        if len(things) < 2:
            return False
        for action in locks:
            del self.parts[action]
        self.parts[LockIp()] = dict.fromkeys(things)
        return True


def _kept_text(count: int, why: str) -> str:
    """``3 Things stay as they are: …``."""
    stays = plural(count, "stays as it is", "stay as they are")
    return f"{things_text(count)} {stays}: {why}."
