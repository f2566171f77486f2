"""Set everything going that happens by itself."""

from __future__ import annotations

from datetime import datetime

from simtui.sandbox.life.heartbeat import Heartbeat
from simtui.sandbox.life.incidents import Incidents
from simtui.sandbox.life.month_end import expect_month_end
from simtui.sandbox.world import World


def begin_life(world: World, now: datetime) -> None:
    """Let the world live from ``now`` on."""
    expect_month_end(world, now)
    Heartbeat(world).start(now)
    Incidents(world).start(now)
