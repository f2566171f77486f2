"""The devices a SIM was seen in (contract §2, ``imei-history``)."""

from __future__ import annotations

from simtui.sandbox.call import Answer, Call
from simtui.sandbox.find import find_thing
from simtui.sandbox.histories import imei_history
from simtui.sandbox.paging import paged
from simtui.sandbox.registry import operation
from simtui.sandbox.render import imei_view
from simtui.sandbox.world import World


@operation("GET", "/things/{thingId}/imei-history", need=("things", "READ"))
def list_devices(world: World, call: Call) -> Answer:
    """The IMEIs of a Thing, the latest first."""
    return paged(
        call,
        imei_history(find_thing(world, call))[::-1],
        imei_view,
        {
            "imei": lambda seen: seen.imei,
            "firstSeenAt": lambda seen: seen.first_seen_at,
            "lastSeenAt": lambda seen: seen.last_seen_at,
            "sessions": lambda seen: seen.sessions,
        },
        lambda seen: seen.first_seen_at,
    )
