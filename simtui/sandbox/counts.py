"""How many Things a group or a network has, counted once a revision of the world."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from simtui.sandbox.world import World

STATES = ("PROVISIONED", "ACTIVE", "SUSPENDED", "RETIRED")
"""The lifecycle states of a Thing (contract §3.1)."""


def things_by_state(world: World, group_id: str) -> dict[str, int]:
    """The Things of a group in each state; every state is there, also with 0."""
    counted = _counted(world)
    return {state: counted.get((group_id, state), 0) for state in STATES}


def things_in_group(world: World, group_id: str) -> int:
    """The Things of a group, whatever their state."""
    return sum(things_by_state(world, group_id).values())


def things_in_network(world: World, network_id: str) -> int:
    """The Things of all groups that point at a network."""
    return sum(
        things_in_group(world, group.group_id)
        for group in world.groups.values()
        if group.network_id == network_id
    )


def groups_of_profile(world: World, ip_profile_id: str) -> int:
    """The groups that use an IP profile."""
    return sum(group.ip_profile_id == ip_profile_id for group in world.groups.values())


def _counted(world: World) -> Mapping[tuple[str, str], int]:
    revision, counted = world.counted
    if revision != world.revision:
        counted = Counter((thing.group_id, thing.state) for thing in world.things.values())
        world.counted = (world.revision, counted)
    return counted
