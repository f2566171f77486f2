"""Build a whole world: the account, its fleet and its troubles, repeatable by a seed."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from random import Random

from simtui.sandbox.clock import WorldClock
from simtui.sandbox.fleet.layout import (
    DEFAULT_GROUP,
    DEFAULT_NETWORK,
    DEFAULT_PROFILE,
    GROUPS,
    NETWORKS,
    PROFILES,
    NetworkPlan,
)
from simtui.sandbox.fleet.links import add_links
from simtui.sandbox.fleet.messages import add_messages
from simtui.sandbox.fleet.networks import add_group, add_network, add_profile
from simtui.sandbox.fleet.people import add_people
from simtui.sandbox.fleet.things import ThingMaker, add_fresh_things
from simtui.sandbox.fleet.troubles import add_troubles, talking_things
from simtui.sandbox.fleet.use_cases import USE_CASES
from simtui.sandbox.life.begin import begin_life
from simtui.sandbox.world import World

FEWEST_THINGS = 10
MOST_THINGS = 1_000_000

TAGGED = 482
TAGGED_SITE = "depot-7"
"""A fleet of 10,000 Things and more has 482 with this tag, spread over its groups."""


def build_world(*, things: int, seed: int, fresh: bool, clock: WorldClock) -> World:
    """A world of ``things`` Things; the same seed and clock give the same world.

    ``fresh`` means an account as shipped: nothing set up, nothing used.

    Raises:
        ValueError: when ``things`` is not within 10 and 1,000,000.
    """
    if not FEWEST_THINGS <= things <= MOST_THINGS:
        raise ValueError(f"a fleet has {FEWEST_THINGS} to {MOST_THINGS:,} Things, not {things:,}")
    world = World(clock, Random(seed))
    now = clock.now()
    with _collector_paused():
        if fresh:
            _ship(world, things, now)
        else:
            _furnish(world, things, now)
        begin_life(world, now)
    world.catch_up()
    return world


def _ship(world: World, things: int, now: datetime) -> None:
    """The account as it is on its first day."""
    add_people(world, fresh=True)
    add_network(world, DEFAULT_NETWORK, things)
    add_profile(world, DEFAULT_PROFILE, busy=False)
    add_group(world, DEFAULT_GROUP, is_default=True)
    add_fresh_things(world, things, now)


def _furnish(world: World, things: int, now: datetime) -> None:
    """The account after some years of use."""
    add_people(world, fresh=False)
    for network in NETWORKS:
        add_network(world, network, _expected_things(network, things))
    for profile in PROFILES:
        add_profile(world, profile, busy=True)
    for group in GROUPS:
        add_group(world, group, is_default=group is DEFAULT_GROUP)
    maker = ThingMaker(world, things, now)
    for index in range(things):
        world.add_thing(maker.make(index))
    _tag_the_site(world, things)
    add_links(world, now)
    talking = talking_things(world)
    add_messages(world, talking, now)
    add_troubles(world, talking, now)
    world.events.sort(key=lambda event: event.at)


def _expected_things(network: NetworkPlan, things: int) -> int:
    groups = {group.name for group in GROUPS if group.network == network.name}
    shares = sum(
        use.share * sum(group in groups for group in use.groups) / len(use.groups)
        for use in USE_CASES
    )
    return int(things * shares / 100)


def _tag_the_site(world: World, things: int) -> None:
    count = TAGGED if things >= 10_000 else max(2, things * TAGGED // 10_000)
    for thing in world.random.sample(list(world.things.values()), count):
        thing.tags = (TAGGED_SITE, *thing.tags)


@contextmanager
def _collector_paused() -> Iterator[None]:
    """Nothing made here is garbage, and looking for some takes longer than making it."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()
