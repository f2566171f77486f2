"""Troubles of the fleet, struck by hand at a named Thing or network (contract §10)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from simtui.sandbox.bad_order import BadOrder
from simtui.sandbox.life.trouble import NETWORK_TROUBLES, THING_TROUBLES, describe
from simtui.sandbox.world import World


def describe_troubles() -> list[dict[str, str]]:
    """Every trouble: its name, what it strikes, and a sentence about it."""
    things = [
        {"name": name, "strikes": "thingId or iccid", "description": describe(trouble)}
        for name, trouble in THING_TROUBLES.items()
    ]
    networks = [
        {"name": name, "strikes": "networkId", "description": describe(trouble)}
        for name, trouble in NETWORK_TROUBLES.items()
    ]
    return things + networks


def provoke(world: World, name: str, target: Mapping[str, Any], now: datetime) -> None:
    """Let a trouble strike its target now.

    Raises:
        BadOrder: when there is no such trouble or no such target.
        Refused: when the target cannot have that trouble.
    """
    if name in THING_TROUBLES:
        thing = world.things.get(target.get("thingId", "")) or world.by_iccid.get(
            target.get("iccid", "")
        )
        if thing is None:
            raise BadOrder(f"{name} strikes a Thing: give a thingId or an iccid that exists")
        THING_TROUBLES[name](world, thing, now)
    elif name in NETWORK_TROUBLES:
        network = world.networks.get(target.get("networkId", ""))
        if network is None:
            raise BadOrder(f"{name} strikes a network: give a networkId that exists")
        NETWORK_TROUBLES[name](world, network, now)
    else:
        known = ", ".join([*THING_TROUBLES, *NETWORK_TROUBLES])
        raise BadOrder(f"There is no trouble called {name}; there are {known}")
