"""A Thing that was activated is looked for by its device, which soon attaches."""

from __future__ import annotations

from datetime import datetime, timedelta

from simtui.sandbox.life.habits import attach
from simtui.sandbox.records import ThingRecord
from simtui.sandbox.world import World

SOONEST_SECONDS = 15
LATEST_SECONDS = 90


def expect_device(world: World, thing: ThingRecord, now: datetime) -> None:
    """Let the device of a newly ACTIVE Thing open a session within a minute and a half."""
    wait = timedelta(seconds=world.random.uniform(SOONEST_SECONDS, LATEST_SECONDS))
    world.agenda.at(now + wait, lambda due: _arrive(world, thing, due))


def _arrive(world: World, thing: ThingRecord, now: datetime) -> None:
    is_online = thing.session is not None and thing.session.state == "ONLINE"
    if thing.state == "ACTIVE" and not thing.silent and not is_online:
        attach(world, thing, now)
