"""A world that lives, has troubles and loses Things stays sound."""

from __future__ import annotations

from datetime import UTC, datetime
from random import Random

import pytest

from simtui.sandbox.call import Refused
from simtui.sandbox.clock import WorldClock
from simtui.sandbox.faults.meddling import total_changes
from simtui.sandbox.fleet.build import build_world
from simtui.sandbox.life.begin import begin_life
from simtui.sandbox.life.trouble import NETWORK_TROUBLES, THING_TROUBLES
from simtui.sandbox.world import World

NOW = datetime(2026, 11, 22, 3, 12, 5, tzinfo=UTC)
STEPS = 80


def trouble(world: World, random: Random, now: datetime) -> None:
    """Let anything happen to anybody."""
    things, networks = list(world.things.values()), list(world.networks.values())
    try:
        if random.random() < 0.6:
            random.choice(list(THING_TROUBLES.values()))(world, random.choice(things), now)
        else:
            random.choice(list(NETWORK_TROUBLES.values()))(world, random.choice(networks), now)
    except Refused as refused:
        assert refused.status == 412


@pytest.mark.parametrize("seed", range(3))
def test_nothing_breaks_and_nothing_is_known_from_the_future(seed: int) -> None:
    random = Random(seed)
    world = build_world(things=150, seed=seed, fresh=False, clock=WorldClock(NOW, rate=0))
    begin_life(world, NOW)
    for _ in range(STEPS):
        world.clock.advance(random.choice([1, 60, 3600, 86_400]))
        now = world.catch_up()
        total_changes(world, "/things", {"removed": 1, "added": 1}, now)
        trouble(world, random, now)
        assert len(world.things) == len(world.by_iccid) == 150
        assert all(thing.as_of is None or thing.as_of <= now for thing in world.things.values())
        assert all(thing.data_bytes >= 0 for thing in world.things.values())
