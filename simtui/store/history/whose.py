"""Which changes came from here: the write in the journal that asked for exactly that."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, Final

from simtui.models.change import BY_PEOPLE, By, Change, ChangeKind
from simtui.models.config_change import Kind
from simtui.models.effect import LOCKED, wanted_of
from simtui.models.journal import Before, JournalEntry, Outcome
from simtui.models.recorded import recorded_action, recorded_change

_NOT_DONE: Final = frozenset({Outcome.REFUSED, Outcome.FAILED})
CLAIMS_KEPT: Final = 100_000
"""How many claims are remembered; older ones are too old to be in question."""
SKEW: Final = timedelta(minutes=2)
"""By how much the clock of the server may differ from ours."""
SEEN_LATE: Final = timedelta(minutes=15)
"""How long after the end of a write what it did may be noticed, while simtui looks."""
STILL_OPEN: Final = timedelta(days=1)
"""How long a write that has no outcome may still come to one."""


class Whose:
    """Names the write for each change that people make; each write claims a change once.

    What no write claims was done elsewhere: in another program, or by somebody else. Only
    writes to ``account`` count: ids of another one mean other objects.
    """

    def __init__(self, account: str) -> None:
        self._account = account
        self._claimed: dict[tuple[str, str, str, str], None] = {}

    def told(self, changes: Sequence[Change], entries: Sequence[JournalEntry]) -> list[Change]:
        """The changes with who made them. ``entries`` are oldest first."""
        made = [change for change in changes if _is_made(change)]
        if not made:
            return list(changes)
        earliest = min(_earliest(change) for change in made)
        writes = _Writes(entry for entry in entries if self._may_matter(entry, earliest))
        return [self._told(one, writes) if _is_made(one) else one for one in changes]

    def _may_matter(self, entry: JournalEntry, earliest: datetime) -> bool:
        intent = entry.intent
        is_ours = intent.endpoint == self._account and intent.at >= earliest
        return is_ours and entry.outcome not in _NOT_DONE

    def _told(self, change: Change, writes: _Writes) -> Change:
        for entry in writes.of(change):
            claim = (entry.entry_id, change.kind, change.parent_id, change.object_id)
            if claim not in self._claimed and _in_time(entry, change):
                self._claimed[claim] = None
                if len(self._claimed) > CLAIMS_KEPT:
                    del self._claimed[next(iter(self._claimed))]
                return replace(change, by=By.HERE, entry_id=entry.entry_id)
        return replace(change, by=By.ELSEWHERE)


class _Writes:
    """Writes by the object that they are about, the latest first."""

    def __init__(self, entries: Iterable[JournalEntry]) -> None:
        self._things: defaultdict[str, list[tuple[JournalEntry, Before]]] = defaultdict(list)
        self._objects: defaultdict[tuple[str, str, str], list[JournalEntry]] = defaultdict(list)
        for entry in reversed(tuple(entries)):
            for before in entry.intent.things:
                self._things[before.thing_id].append((entry, before))
            recorded = recorded_change(entry.intent)
            if recorded is not None:
                ref = recorded.change.ref
                object_id = entry.object_id or ref.object_id
                self._objects[ref.kind, ref.parent_id, object_id].append(entry)

    def of(self, change: Change) -> Iterator[JournalEntry]:
        """Those that would have made it."""
        if change.of_thing:
            for entry, before in self._things.get(change.object_id, ()):
                if _would_make(entry, before, change):
                    yield entry
            return
        kind = Kind.GROUP if change.kind == ChangeKind.THINGS_GROUP else change.kind
        yield from self._objects.get((kind, change.parent_id, change.object_id), ())


def _is_made(change: Change) -> bool:
    """Whether somebody must have asked for it. An address changes by itself, a lock does not."""
    if change.by:  # known already
        return False
    if change.kind == ChangeKind.ADDRESS:
        return _is_locked(change.before) != _is_locked(change.after)
    return change.kind in BY_PEOPLE


def _would_make(entry: JournalEntry, before: Before, change: Change) -> bool:
    action = recorded_action(entry.intent)
    wanted = wanted_of(action, before) if action is not None else {}
    if change.kind == ChangeKind.STATE:
        return bool(wanted.get("state") == change.after)
    if change.kind == ChangeKind.GROUP:
        return bool(wanted.get("things_group_id") == change.after)
    if change.kind == ChangeKind.SERVICES:
        services = wanted.get("allowed_services")
        return services is not None and ("+".join(sorted(services)) or "none") == change.after
    return _locks(wanted.get("ip"), change)


def _locks(wanted: Any, change: Change) -> bool:
    if not isinstance(wanted, dict) or change.kind != ChangeKind.ADDRESS:
        return False
    return (wanted.get("allocation") == LOCKED) == _is_locked(change.after)


def _is_locked(address: str | None) -> bool:
    return address is not None and address.endswith(" locked")


def _earliest(change: Change) -> datetime:
    """Before when a write cannot matter, with room for a job that takes its time."""
    return min(change.moment, change.last_looked or change.moment) - STILL_OPEN


def _in_time(entry: JournalEntry, change: Change) -> bool:
    """Whether it happened between the sending of the write and its end, as well as known."""
    if change.moment < entry.intent.at - SKEW:
        return False
    if entry.settled:
        ended = entry.results[-1].at
        late = SKEW if change.at is not None else SEEN_LATE
    else:
        ended, late = entry.intent.at, STILL_OPEN
    if change.last_looked is not None and change.at is None:
        return change.last_looked - SKEW <= ended
    return change.moment <= ended + late
