"""All Things in memory: one table that changes in place and can tell what changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from types import MappingProxyType
from typing import Protocol

from simtui.models import Thing
from simtui.store.shared_strings import SharedStrings

REMOVALS_KEPT = 10_000
"""How many removals are surely remembered for `Fleet.changes_since`."""


@dataclass(frozen=True, slots=True)
class Changes:
    """What happened to a fleet since a cursor.

    ``everything`` means that the log does not reach back that far: build anew from
    `Fleet.things`. ``cursor`` is for the next call.
    """

    changed: tuple[str, ...]
    removed: tuple[str, ...]
    cursor: int
    everything: bool = False


class Observer(Protocol):
    """Who hears what becomes of each Thing, while it happens; has to be quick."""

    def came(self, new: Thing) -> None:
        """A Thing that was not here."""

    def changed(self, old: Thing, new: Thing) -> None:
        """A Thing that is not as it was."""

    def went(self, old: Thing) -> None:
        """A Thing that is not here any more."""


class Fleet:
    """The Things by ``thing_id``, in the order in which they first came.

    ``revision`` grows with every call that changed something, and only then. ``observer``
    hears of what the server told, not of what was filled in from elsewhere.
    """

    def __init__(self) -> None:
        self.observer: Observer | None = None
        self.read_at: datetime | None = None
        """When all of it was last read as a whole: sessions and use, which move without a
        change of the Thing, are that old."""
        self._things: dict[str, Thing] = {}
        self._changed: dict[str, int] = {}
        self._removed: dict[str, int] = {}
        self._removals_forgotten = 0
        self._strings = SharedStrings()
        self.revision = 0

    @property
    def things(self) -> Mapping[str, Thing]:
        """The Things as they are now; a live view, not a copy."""
        return MappingProxyType(self._things)

    def __len__(self) -> int:
        return len(self._things)

    def merge(self, things: Iterable[Thing], *, asked: int | None = None) -> list[str]:
        """Take in Things as the server told them; the ids that are new or differ.

        Answers overtake one another, so a Thing that changed here after the question was
        sent is only replaced by one that is not older (see `is_older`). ``asked`` is the
        `revision` at that moment; None takes every Thing here as possibly newer. What
        was here before the question is replaced without looking at versions, so that a
        server whose count starts again is believed.
        """
        revision = self.revision + 1
        changed = [thing.thing_id for thing in things if self._take(thing, asked, revision)]
        if changed:
            self.revision = revision
        return changed

    def fill(self, things: Iterable[Thing]) -> list[str]:
        """Add Things whose id is not here yet, from a source that is older; their ids."""
        revision = self.revision + 1
        filled = [thing for thing in things if thing.thing_id not in self._things]
        for thing in filled:
            self._put(thing, revision)
        if filled:
            self.revision = revision
        return [thing.thing_id for thing in filled]

    def remove(self, thing_ids: Iterable[str]) -> list[str]:
        """Forget Things; the ids that were here."""
        revision = self.revision + 1
        gone = [thing_id for thing_id in thing_ids if self._drop(thing_id, revision)]
        if gone:
            self.revision = revision
        self._compact_removals()
        return gone

    def changes_since(self, cursor: int) -> Changes:
        """What was changed or removed after ``cursor``, an earlier `revision`; 0 is all."""
        if cursor < self._removals_forgotten:
            return Changes((), (), self.revision, everything=True)
        return Changes(_after(self._changed, cursor), _after(self._removed, cursor), self.revision)

    def _take(self, new: Thing, asked: int | None, revision: int) -> bool:
        old = self._things.get(new.thing_id)
        if old is not None:
            if old == new:
                return False
            contested = asked is None or self._changed[new.thing_id] > asked
            if contested and is_older(new, old):
                return False
        self._put(new, revision)
        if self.observer is not None:
            if old is None:
                self.observer.came(new)
            else:
                self.observer.changed(old, new)
        return True

    def _put(self, new: Thing, revision: int) -> None:
        self._strings.share(new)
        thing_id = new.thing_id
        self._things[thing_id] = new
        self._changed.pop(thing_id, None)
        self._changed[thing_id] = revision
        self._removed.pop(thing_id, None)

    def _drop(self, thing_id: str, revision: int) -> bool:
        old = self._things.pop(thing_id, None)
        if old is None:
            return False
        del self._changed[thing_id]
        self._removed[thing_id] = revision
        if self.observer is not None:
            self.observer.went(old)
        return True

    def _compact_removals(self) -> None:
        if len(self._removed) <= 2 * REMOVALS_KEPT:
            return
        for thing_id in tuple(islice(self._removed, len(self._removed) - REMOVALS_KEPT)):
            self._removals_forgotten = self._removed.pop(thing_id)


def is_older(new: Thing, old: Thing) -> bool:
    """Whether ``new`` is an earlier observation than ``old`` of the same Thing.

    The ``version`` decides when both have one (contract §1.5). Session and usage move
    without a new version; then the age of the session, of the usage and the last sign of
    life decide, in this order, by the first of them that both know and that differs. What
    cannot be told apart counts as newer: the later arrival wins.
    """
    if new.version and old.version and new.version != old.version:
        return new.version < old.version
    for before, after in zip(_moments(old), _moments(new), strict=True):
        if before is not None and after is not None and before != after:
            return after < before
    return False


def _moments(thing: Thing) -> tuple[datetime | None, ...]:
    session, usage = thing.session, thing.usage_cycle
    return (
        session.as_of if session else None,
        usage.as_of if usage else None,
        thing.last_seen_at,
    )


def _after(log: dict[str, int], cursor: int) -> tuple[str, ...]:
    """The ids logged after ``cursor``, oldest first; costs no more than their number."""
    found = []
    for thing_id in reversed(log):
        if log[thing_id] <= cursor:
            break
        found.append(thing_id)
    found.reverse()
    return tuple(found)
