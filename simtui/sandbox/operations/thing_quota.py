"""How much data a Thing may use in a billing cycle (contract §2, EXT).

The contract names the endpoint and not its fields: these are assumed, in the manner of
its other entities (bytes as integers, an age for every fact, null for "no limit").
"""

from __future__ import annotations

from typing import Any

from simtui.sandbox.call import Answer, Call
from simtui.sandbox.cycles import cycle_at
from simtui.sandbox.find import find_thing
from simtui.sandbox.records import ThingRecord
from simtui.sandbox.registry import operation
from simtui.sandbox.versions import check_version, found
from simtui.sandbox.world import World


@operation("GET", "/things/{thingId}/quota", need=("things", "READ"), ext=True)
def get_quota(world: World, call: Call) -> Answer:
    """The limit, if there is one, and what was used of it."""
    thing = find_thing(world, call)
    return found(thing, quota_view(world, thing, call))


@operation("PUT", "/things/{thingId}/quota", need=("things", "WRITE"), ext=True)
def set_quota(world: World, call: Call) -> Answer:
    """Set another limit; null takes it away. It counts at the next session."""
    thing = find_thing(world, call)
    check_version(call, thing)
    thing.data_limit_bytes = call.body["dataLimitBytes"]
    world.touch(thing, call.now, call.user.email)
    return found(thing, quota_view(world, thing, call))


def quota_view(world: World, thing: ThingRecord, call: Call) -> dict[str, Any]:
    """The quota as the wire spells it."""
    cycle = cycle_at(call.now, world.time_zone)
    return {
        "thingId": thing.thing_id,
        "cycleId": cycle.cycle_id,
        "dataLimitBytes": thing.data_limit_bytes,
        "dataUsedBytes": thing.data_bytes,
        "resetsAt": cycle.end,
        "asOf": thing.as_of or thing.created_at,
    }
