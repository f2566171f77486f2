"""What a long stretch of time did to the whole fleet, in one pass over it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from simtui.sandbox.life.habits import use_data
from simtui.sandbox.records import ThingRecord

LONG = timedelta(minutes=10)
"""A stretch of time from which on the fleet is moved ahead as a whole."""

_AT_REST = frozenset({"PROVISIONED", "RETIRED"})
"""Things in these states are not asked about, so their facts grow old."""


class TimeLapse:
    """Moves the facts of Things ahead by one span; equal moments stay shared."""

    def __init__(self, start: datetime, end: datetime) -> None:
        self._end = end
        self._span = end - start
        self._seconds = self._span.total_seconds()
        self._moved: dict[datetime, datetime] = {}

    def pass_over(self, things: Iterable[ThingRecord]) -> None:
        """Let the span pass for all of them: they stayed as they were, only later."""
        for thing in things:
            if thing.as_of is not None and thing.state not in _AT_REST:
                thing.as_of = self._until_end(thing.as_of)
            if thing.state == "ACTIVE" and not thing.silent and thing.session is not None:
                self._live_on(thing)

    def _live_on(self, thing: ThingRecord) -> None:
        use_data(thing, self._seconds, 1.0)
        if thing.last_seen_at is not None:
            thing.last_seen_at = self._until_end(thing.last_seen_at)
        if thing.lease_expires_at is not None:
            thing.lease_expires_at = self._later(thing.lease_expires_at)
        session = thing.session
        if session is not None and session.state == "OFFLINE":
            session.since = self._until_end(session.since)

    def _until_end(self, moment: datetime) -> datetime:
        """A fact moved ahead; what was learnt within the span is not moved past its end."""
        return min(self._later(moment), self._end)

    def _later(self, moment: datetime) -> datetime:
        moved = self._moved.get(moment)
        if moved is None:
            moved = self._moved[moment] = moment + self._span
        return moved
