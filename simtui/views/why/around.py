"""Who else fell silent at the same time, counted from the fleet as it is known.

A Thing that sleeps between two reports is silent too, and with many of them some always
fell silent around any moment. So a number only means something beside how many fell
silent in the minutes before and after.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import sqrt
from typing import Final

from simtui.models import SessionState, State, Thing
from simtui.views.fleet_context import FleetContext

WINDOW: Final = timedelta(minutes=5)
"""How far apart two silences may begin to be called simultaneous."""
NEIGHBOURS: Final = 4
"""How many windows are looked at on either side of it, to know what is usual."""
FEWEST: Final = 5
"""Fewer than this are a coincidence, whatever the share."""
TIMES_USUAL: Final = 2.5
DEVIATIONS: Final = 5
"""Far more than usual is this many times it, and this many standard deviations above it."""
OPEN: Final = frozenset({SessionState.ONLINE, SessionState.ATTACHED})


class Scope:
    """What Things can have in common, the widest first."""

    FLEET: Final = "fleet"
    COUNTRY: Final = "country"
    OPERATOR: Final = "operator"
    NETWORK: Final = "network"
    GROUP: Final = "group"
    ALL: Final = (FLEET, COUNTRY, OPERATOR, NETWORK, GROUP)


@dataclass(frozen=True, slots=True)
class Count:
    """Of the ACTIVE Things that were on at a moment: ``fell`` silent then, ``stayed`` or were
    heard of later. ``usual`` is how many fall silent in as much time shortly before and after."""

    fell: int = 0
    stayed: int = 0
    usual: float = 0.0

    @property
    def share(self) -> float:
        """The part of them that fell silent, 0 to 1."""
        return self.fell / (self.fell + self.stayed) if self.fell else 0.0

    @property
    def together(self) -> bool:
        """Whether far more fell silent at that moment than around it."""
        above = self.usual + DEVIATIONS * sqrt(self.usual)
        return self.fell >= max(FEWEST, TIMES_USUAL * self.usual, above)


@dataclass(frozen=True, slots=True)
class Around:
    """The counts by what the others have in common with the Thing, itself among them."""

    since: datetime
    counts: Mapping[str, Count]

    def count(self, scope: str) -> Count:
        """One of them."""
        return self.counts.get(scope, Count())


def silent_since(thing: Thing) -> datetime | None:
    """When a Thing fell silent; None for one with an open session, or where it is not known."""
    session = thing.session
    if session is None or session.state in OPEN:
        return None
    return session.since or thing.last_seen_at


def moment_to_compare(thing: Thing) -> datetime | None:
    """Around when others are looked for: its silence began, or its data session was refused."""
    session = thing.session
    if session is not None and session.state == SessionState.ATTACHED:
        return session.since
    return silent_since(thing)


class Tally:
    """Counts the fleet in parts of any size, so that a large one stalls nobody."""

    def __init__(self, thing: Thing, since: datetime, context: FleetContext) -> None:
        self._since = since
        self._context = context
        self._own = self._keys(thing)
        self._fell: Counter[str] = Counter()
        self._stayed: Counter[str] = Counter()
        self._near: Counter[str] = Counter()

    def add(self, things: Iterable[Thing]) -> None:
        """Count these too."""
        for thing in things:
            counter = self._counter(thing)
            if counter is None:
                continue
            counter.update(self._shared(thing))

    @property
    def around(self) -> Around:
        """The counts by now."""
        usual = self._part_of_neighbours
        counts = {
            scope: Count(self._fell[scope], self._stayed[scope], self._near[scope] * usual)
            for scope in Scope.ALL
        }
        return Around(self._since, counts)

    @property
    def _part_of_neighbours(self) -> float:
        """How long the window is beside its neighbours, as far as they have passed by now."""
        passed = self._context.now - self._since
        window = WINDOW + min(max(passed, timedelta()), WINDOW)
        after = min(max(passed - WINDOW, timedelta()), WINDOW * NEIGHBOURS)
        return window / (WINDOW * NEIGHBOURS + after)

    def _counter(self, thing: Thing) -> Counter[str] | None:
        """What happened to it; None when it was off anyway or cannot be told."""
        if thing.state != State.ACTIVE or thing.session is None:
            return None
        if thing.session.state in OPEN:
            heard = thing.last_seen_at
            return self._stayed if heard is not None and heard > self._since + WINDOW else None
        fell = silent_since(thing)
        if fell is None:
            return None
        apart = abs(fell - self._since)
        if apart <= WINDOW:
            return self._fell
        if apart <= WINDOW * (1 + NEIGHBOURS):
            self._near.update(self._shared(thing))
        return self._stayed if fell > self._since else None

    def _shared(self, thing: Thing) -> list[str]:
        keys = self._keys(thing)
        return [scope for scope, own in self._own.items() if own is not None and own == keys[scope]]

    def _keys(self, thing: Thing) -> dict[str, Hashable]:
        """What it could have in common with others; None where that is not known."""
        group = self._context.group_of(thing)
        place = thing.last_location
        mcc = place.mcc if place is not None else None
        mnc = place.mnc if place is not None else None
        return {
            Scope.FLEET: True,
            Scope.COUNTRY: mcc,
            Scope.OPERATOR: (mcc, mnc) if mcc and mnc else None,
            Scope.NETWORK: group.network_id if group else None,
            Scope.GROUP: thing.things_group_id,
        }
