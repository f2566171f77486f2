"""The pulse of the fleet: some Things are looked at every few seconds of world time."""

from __future__ import annotations

from datetime import datetime, timedelta

from simtui.sandbox.cycles import cycle_at
from simtui.sandbox.life.habits import visit
from simtui.sandbox.life.time_lapse import LONG, TimeLapse
from simtui.sandbox.world import World

BEAT = timedelta(seconds=2)
MOST_VISITS = 200
"""Things visited in one beat at most, whatever the size of the fleet."""

_FLEET_PART = 500
_MISSED_BEATS = 20


class Heartbeat:
    """Visits a few random Things a beat. Beats that were missed are not repeated.

    A short gap is made up for by more visits, a long one by one pass over the fleet,
    so a jump of a month costs one pass for each billing cycle it touches.
    """

    def __init__(self, world: World) -> None:
        self._world = world
        self._fleet = list(world.things.values())
        self._visits = min(MOST_VISITS, max(2, len(self._fleet) // _FLEET_PART))

    def start(self, now: datetime) -> None:
        """Begin to beat."""
        self._world.agenda.at(now + BEAT, self._beat)

    def _beat(self, due: datetime) -> None:
        world = self._world
        until = min(world.clock.now(), cycle_at(due, world.time_zone).end)
        gap = until - due
        if gap >= LONG:
            TimeLapse(due, until).pass_over(self._fleet)
            world.revision += 1
        self._visit_some(until, min(_MISSED_BEATS, 1 + gap // BEAT))
        world.agenda.at(until + BEAT, self._beat)

    def _visit_some(self, now: datetime, beats: int) -> None:
        count = min(len(self._fleet), self._visits * beats)
        for thing in self._world.random.choices(self._fleet, k=count):
            visit(self._world, thing, now)
