"""The end of a billing cycle: what was used is written down, and counting starts anew."""

from __future__ import annotations

from datetime import datetime

from simtui.sandbox.billing.ledger import close_ledger
from simtui.sandbox.cycles import cycle_at
from simtui.sandbox.world import World


def expect_month_end(world: World, now: datetime) -> None:
    """Close the cycle of ``now`` when it ends, and every one after it."""
    cycle = cycle_at(now, world.time_zone)

    def end(due: datetime) -> None:
        close_ledger(world, cycle)
        for thing in world.things.values():
            thing.data_bytes = thing.sms_mt = thing.sms_mo = 0
        world.revision += 1
        expect_month_end(world, due)

    world.agenda.at(cycle.end, end)
