"""Now and then something happens to some Thing, so that a watched fleet has news."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from simtui.sandbox.life.replies import receive_sms
from simtui.sandbox.life.thing_trouble import go_silent, move_out_of_coverage, swap_imei, wake
from simtui.sandbox.life.trouble import ThingTrouble
from simtui.sandbox.records import ThingRecord
from simtui.sandbox.world import World

SHORTEST_PAUSE = timedelta(minutes=4)
LONGEST_PAUSE = timedelta(minutes=20)
_TRIES = 50


def _report(world: World, thing: ThingRecord, now: datetime) -> None:
    if "SMS" in thing.allowed_services:
        receive_sms(world, thing, "ALARM door open", now)


_KINDS: Sequence[tuple[ThingTrouble, int]] = (
    (swap_imei, 3),
    (go_silent, 4),
    (wake, 4),
    (move_out_of_coverage, 1),
    (_report, 6),
)


class Incidents:
    """Lets one thing happen after a pause, then the next; missed ones are left out."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._fleet = list(world.things.values())
        self._kinds = [kind for kind, weight in _KINDS for _ in range(weight)]

    def start(self, now: datetime) -> None:
        """Plan the first one."""
        self._world.agenda.at(now + self._pause(), self._happen)

    def _happen(self, due: datetime) -> None:
        kind = self._world.random.choice(self._kinds)
        thing = self._candidate(wanted_silent=kind is wake)
        if thing is not None:
            kind(self._world, thing, due)
        self._world.agenda.at(max(due, self._world.clock.now()) + self._pause(), self._happen)

    def _candidate(self, *, wanted_silent: bool) -> ThingRecord | None:
        """Some ACTIVE Thing that has been on air; None when there seems to be none."""
        for _ in range(_TRIES):
            thing = self._world.random.choice(self._fleet)
            on_air = thing.state == "ACTIVE" and thing.session is not None
            if on_air and thing.silent == wanted_silent:
                return thing
        return None

    def _pause(self) -> timedelta:
        return SHORTEST_PAUSE + (LONGEST_PAUSE - SHORTEST_PAUSE) * self._world.random.random()
