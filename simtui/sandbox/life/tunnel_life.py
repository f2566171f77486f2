"""IPsec tunnels that go down and come up again by themselves (contract §3.7)."""

from __future__ import annotations

from datetime import datetime, timedelta

from simtui.sandbox.events import log_event
from simtui.sandbox.records import NetworkRecord, TunnelRecord
from simtui.sandbox.tunnels import set_state
from simtui.sandbox.world import World

DOWN_TIME = timedelta(seconds=45)
FLAP_EVERY = timedelta(minutes=7)
_UP_RATE = 2_000
"""Bytes a second that an average tunnel carries in each direction."""


def take_down(world: World, tunnel: TunnelRecord, error: str, now: datetime) -> None:
    """Let a tunnel fail with one of the contract's ``lastError`` names."""
    if tunnel.state == "UP" and tunnel.since is not None:
        _count_traffic(tunnel, (now - tunnel.since).total_seconds())
    set_state(tunnel, "DOWN", now, error)
    message = f"Tunnel {tunnel.settings['name']} went down: {error}"
    log_event(world, now, "CRITICAL", "TUNNEL_DOWN", message)


def bring_up(world: World, tunnel: TunnelRecord, now: datetime) -> None:
    """Let a tunnel negotiate again with success, unless it was switched off meanwhile."""
    if tunnel.state in ("DOWN", "ERROR", "NEGOTIATING"):
        set_state(tunnel, "UP", now)
        log_event(world, now, "INFO", "TUNNEL_UP", f"Tunnel {tunnel.settings['name']} is up")


def flap(world: World, tunnel: TunnelRecord, now: datetime) -> None:
    """Take a tunnel down for a moment."""
    if tunnel.state == "UP":
        take_down(world, tunnel, "DPD_TIMEOUT", now)
        world.agenda.at(now + DOWN_TIME, lambda due: bring_up(world, tunnel, due))


def keep_flapping(
    world: World, network: NetworkRecord, tunnel: TunnelRecord, now: datetime
) -> None:
    """Let a tunnel flap every few minutes for as long as it exists.

    What would have happened during a jump of the clock is left out.
    """

    def turn(due: datetime) -> None:
        if network.tunnels.get(tunnel.tunnel_id) is tunnel:
            flap(world, tunnel, due)
            world.agenda.at(max(due, world.clock.now()) + FLAP_EVERY, turn)

    world.agenda.at(now + FLAP_EVERY, turn)


def _count_traffic(tunnel: TunnelRecord, seconds: float) -> None:
    tunnel.bytes_in += int(seconds * _UP_RATE)
    tunnel.bytes_out += int(seconds * _UP_RATE // 3)
