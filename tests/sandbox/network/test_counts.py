"""Counts of Things follow every change of the world."""

from __future__ import annotations

from simtui.sandbox.counts import (
    groups_of_profile,
    things_by_state,
    things_in_group,
    things_in_network,
)
from simtui.sandbox.world import World


def test_every_state_is_counted_also_the_empty_ones(world: World) -> None:
    assert things_by_state(world, "g_1") == {
        "PROVISIONED": 0,
        "ACTIVE": 3,
        "SUSPENDED": 1,
        "RETIRED": 0,
    }
    assert things_in_group(world, "g_1") == 4
    assert things_in_group(world, "g_none") == 0


def test_a_count_lasts_until_a_thing_changes(world: World) -> None:
    assert things_in_group(world, "g_2") == 2
    thing = world.things["t_1"]
    thing.group_id = "g_2"
    world.touch(thing, world.clock.now(), "anna")
    assert things_in_group(world, "g_2") == 3


def test_a_network_has_the_things_of_all_its_groups(world: World) -> None:
    assert things_in_network(world, "n_1") == 4
    world.groups["g_2"].network_id = "n_1"
    assert things_in_network(world, "n_1") == 6
    assert things_in_network(world, "n_2") == 0


def test_groups_of_a_profile(world: World) -> None:
    assert groups_of_profile(world, "ip_1") == 2
    assert groups_of_profile(world, "ip_2") == 0
