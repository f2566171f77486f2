"""Devices that hang: silent until somebody resets their connection, or restarts them by SMS."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from simtui.sandbox.life.habits import attach
from simtui.sandbox.records import ThingRecord
from simtui.sandbox.sessions import OPEN_STATES
from simtui.sandbox.world import World

SESSION: Final = "session"
"""The data session hangs; a reset of the connection is enough."""
DEVICE: Final = "device"
"""The device hangs, all but its modem; only a restart helps."""
BACK_AFTER: Final = timedelta(seconds=20)
"""How long a device takes to attach again."""


def free(world: World, thing: ThingRecord, now: datetime, *, restarted: bool = False) -> bool:
    """Let a hanging device come back, if what was done to it is enough; whether it is."""
    if not thing.hangs or (thing.hangs == DEVICE and not restarted):
        return False
    thing.hangs = ""
    thing.silent = False
    come_back(world, thing, now)
    return True


def come_back(world: World, thing: ThingRecord, now: datetime) -> None:
    """Let a device attach again in a moment, unless it has or may not by then."""

    def attached(due: datetime) -> None:
        is_open = thing.session is not None and thing.session.state in OPEN_STATES
        if thing.state == "ACTIVE" and not thing.silent and not is_open:
            attach(world, thing, due)

    world.agenda.at(now + BACK_AFTER, attached)
