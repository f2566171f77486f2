"""The Things of a world stand in the order of createdAt, so that no list has to sort by it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from simtui.sandbox.call import Call
from simtui.sandbox.faults.meddling import total_changes
from simtui.sandbox.operations.things import list_things
from simtui.sandbox.world import World


def listed(world: World) -> list[str]:
    """The ids of the first 500 Things by createdAt."""
    user = next(iter(world.users.values()))
    query = {"sort": "createdAt", "limit": 500}
    answer = list_things(world, Call(user, world.clock.now(), {}, query))
    return [thing["thingId"] for thing in answer.body["items"]]


def sorted_by_creation(world: World) -> list[str]:
    things = sorted(world.things.values(), key=lambda thing: (thing.created_at, thing.iccid))
    return [thing.thing_id for thing in things]


def test_a_large_fleet_stands_in_the_order_of_creation(fleet: World) -> None:
    assert list(fleet.things) == sorted_by_creation(fleet)


@pytest.mark.parametrize("fresh", [True, False])
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_list_by_creation_is_in_order(
    make_world: Callable[..., World], seed: int, fresh: bool
) -> None:
    world = make_world(400, seed, fresh=fresh)
    assert listed(world) == sorted_by_creation(world)


def test_things_that_come_and_go_keep_the_order(make_world: Callable[..., World]) -> None:
    world = make_world(400)
    for _ in range(3):
        world.clock.advance(60)
        total_changes(world, "/things", {"removed": 5, "added": 5}, world.catch_up())
        assert listed(world) == sorted_by_creation(world)
