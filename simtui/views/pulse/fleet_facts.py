"""What the fleet as a whole says: sessions, silences and devices, counted a little at a time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from simtui.models import SessionState, State, Thing
from simtui.views.imei.changes import LockState, lock_state
from simtui.views.pulse.habits import AT_ONCE, SAMPLE, Habits, silence_of

TOGETHER: Final = timedelta(minutes=15)
"""Within what time Things of a group fall silent together."""
LATELY: Final = timedelta(hours=24)
"""Before that, nobody is helped by knowing that they did."""


@dataclass(frozen=True, slots=True)
class Burst:
    """Things of one group that were last heard within a few minutes of each other."""

    group_id: str
    count: int
    first: datetime
    last: datetime


@dataclass(frozen=True, slots=True)
class FleetFacts:
    """Numbers of the active Things. ``known_at`` is the median of when the platform heard of
    the sessions in each state, ``judged`` how many may be silent or not, ``heard`` when those
    that are were last heard."""

    habits: Habits
    active: int = 0
    sessions: Mapping[str, int] = field(default_factory=dict)
    known_at: Mapping[str, datetime] = field(default_factory=dict)
    judged: int = 0
    heard: tuple[datetime, ...] = ()
    burst: Burst | None = None
    devices_changed: tuple[datetime, ...] = ()
    locks_breached: int = 0


def count_fleet(
    things: Sequence[Thing | None], now: datetime, habits: Habits
) -> Iterator[FleetFacts | None]:
    """The facts, at the end of many small steps, of which each yields None."""
    counting = _Counting(now, habits, max(len(things) // SAMPLE, 1))
    for number, thing in enumerate(things, 1):
        if thing is not None:
            counting.add(thing)
        if number % AT_ONCE == 0:
            yield None
    yield counting.facts()


class _Counting:
    def __init__(self, now: datetime, habits: Habits, every: int) -> None:
        self._habits = habits
        self._every = every
        self._news_since = now - timedelta(hours=habits.thresholds.imei_hours)
        self._sessions: Counter[str] = Counter()
        self._known_at: dict[str, list[datetime]] = {}
        self._judged = 0
        self._silent: list[tuple[str, datetime]] = []
        self._changed: list[datetime] = []
        self._breached = 0

    def add(self, thing: Thing) -> None:
        changed = thing.imei_changed_at
        if changed is not None and changed > self._news_since:
            self._changed.append(changed)
            self._breached += lock_state(thing.imei_lock, thing.imei) == LockState.BREACHED
        if thing.state != State.ACTIVE:
            return
        session = thing.session
        state = session.state if session is not None else SessionState.UNKNOWN
        self._sessions[state] += 1
        if session is not None and session.as_of and self._sessions[state] % self._every == 0:
            self._known_at.setdefault(state, []).append(session.as_of)
        self._hear(thing)

    def _hear(self, thing: Thing) -> None:
        silence = silence_of(thing, self._habits.as_of)
        if silence is None or thing.last_seen_at is None:
            return
        self._judged += 1
        if silence > self._habits.allowed(thing):
            self._silent.append((thing.things_group_id or "", thing.last_seen_at))

    def facts(self) -> FleetFacts:
        return FleetFacts(
            self._habits,
            self._sessions.total(),
            dict(self._sessions),
            {state: sorted(told)[len(told) // 2] for state, told in self._known_at.items()},
            self._judged,
            tuple(sorted(heard for _, heard in self._silent)),
            largest_burst(self._silent, self._habits.as_of - LATELY),
            tuple(self._changed),
            self._breached,
        )


def largest_burst(silent: Sequence[tuple[str, datetime]], since: datetime) -> Burst | None:
    """The most Things of one group that were last heard within `TOGETHER`, after ``since``."""
    by_group: dict[str, list[datetime]] = {}
    for group_id, heard in silent:
        if group_id and heard >= since:
            by_group.setdefault(group_id, []).append(heard)
    bursts = (_burst(group_id, sorted(heard)) for group_id, heard in sorted(by_group.items()))
    return max(bursts, key=lambda burst: burst.count, default=None)


def _burst(group_id: str, heard: list[datetime]) -> Burst:
    best, start = (0, 0), 0
    for end, moment in enumerate(heard):
        while moment - heard[start] > TOGETHER:
            start += 1
        if end - start > best[1] - best[0]:
            best = (start, end)
    first, last = best
    return Burst(group_id, last - first + 1, heard[first], heard[last])
