"""Locking a Thing's IP address, and letting it go (contract §2, §3.1)."""

from __future__ import annotations

from simtui.sandbox.addressing import lock_address, unlock_address
from simtui.sandbox.call import Answer, Call, precondition
from simtui.sandbox.find import find_thing
from simtui.sandbox.registry import operation
from simtui.sandbox.render import thing_view
from simtui.sandbox.versions import check_version, found
from simtui.sandbox.world import World


@operation("PUT", "/things/{thingId}/ip-lock", need=("things", "WRITE"))
def lock_ip(world: World, call: Call) -> Answer:
    """Lock an address; without ``ipAddress`` the one that is leased now."""
    thing = find_thing(world, call)
    check_version(call, thing)
    if thing.state == "RETIRED":
        raise precondition("STATE_NOT_ACTIVE", "A retired Thing cannot hold an address")
    lock_address(world, thing, call.body.get("ipAddress"))
    world.touch(thing, call.now, call.user.email)
    return found(thing, thing_view(world, thing, call.now))


@operation("DELETE", "/things/{thingId}/ip-lock", need=("things", "WRITE"))
def unlock_ip(world: World, call: Call) -> Answer:
    """Turn the lock into a lease; refused while NAT rules point at it."""
    thing = find_thing(world, call)
    check_version(call, thing)
    unlock_address(world, thing)
    world.touch(thing, call.now, call.user.email)
    return found(thing, thing_view(world, thing, call.now))
