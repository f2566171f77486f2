"""What a Thing used, hour by hour or day by day (contract §2, EXT)."""

from __future__ import annotations

from typing import Any

from simtui.sandbox.billing.usage_points import UsagePoint, usage_points
from simtui.sandbox.call import Answer, Call
from simtui.sandbox.cycles import cycle_at
from simtui.sandbox.find import find_thing
from simtui.sandbox.paging import paged
from simtui.sandbox.periods import LONGEST, read_period
from simtui.sandbox.registry import operation
from simtui.sandbox.world import World


@operation("GET", "/things/{thingId}/usage", need=("things", "READ"), ext=True)
def list_usage(world: World, call: Call) -> Answer:
    """The usage of a Thing, oldest first; without ``from`` that of the open cycle."""
    thing = find_thing(world, call)
    cycle = cycle_at(call.now, world.time_zone)
    start, end = read_period(call, cycle.start, longest=LONGEST)
    points = usage_points(world, thing, start, end, call.query.get("granularity", "DAY"))
    sort_keys = {"at": lambda point: point.at, "dataBytes": lambda point: point.usage.data_bytes}
    return paged(call, points, usage_view, sort_keys, lambda point: point.at)


def usage_view(point: UsagePoint) -> dict[str, Any]:
    """A point as the wire spells it; three quarters of the data go up."""
    usage = point.usage
    up = usage.data_bytes * 3 // 4
    return {
        "at": point.at,
        "bytesUp": up,
        "bytesDown": usage.data_bytes - up,
        "smsMt": usage.sms_mt,
        "smsMo": usage.sms_mo,
    }
