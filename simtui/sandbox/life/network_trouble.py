"""What can go wrong with a whole network, each as a function to provoke it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from itertools import cycle, islice

from simtui.sandbox.addressing import address_book, network_of
from simtui.sandbox.call import precondition
from simtui.sandbox.events import log_event
from simtui.sandbox.life import tunnel_life
from simtui.sandbox.life.thing_trouble import go_silent
from simtui.sandbox.records import NetworkRecord, TunnelRecord
from simtui.sandbox.world import World

_STRUCK = 20


def exhaust_pool(world: World, network: NetworkRecord, now: datetime) -> None:
    """Leases that Things left behind fill the pools, so that new sessions get no address."""
    holders = cycle(list(islice(_things_of(world, network), _STRUCK)) or list(world.things))
    for pool in network.pools.values():
        book = address_book(world, pool)
        while (address := book.next_free()) is not None:
            book.take(address, next(holders))
    message = f"The IP pools of network {network.name} are exhausted"
    log_event(world, now, "CRITICAL", "IP_POOL_EXHAUSTED", message)


def drop_tunnel(world: World, network: NetworkRecord, now: datetime) -> None:
    """A tunnel of the network goes down with a pre-shared key mismatch and stays down."""
    tunnel_life.take_down(world, _tunnel_of(network), "PSK_MISMATCH", now)


def flap_tunnel(world: World, network: NetworkRecord, now: datetime) -> None:
    """A tunnel of the network goes down and comes back within a minute."""
    tunnel_life.flap(world, _tunnel_of(network), now)


def silence_network(world: World, network: NetworkRecord, now: datetime) -> None:
    """Twenty ACTIVE Things of the network fall silent at the same moment."""
    things = (world.things[thing_id] for thing_id in _things_of(world, network))
    talking = (thing for thing in things if thing.state == "ACTIVE" and not thing.silent)
    for thing in list(islice(talking, _STRUCK)):
        go_silent(world, thing, now)


def _things_of(world: World, network: NetworkRecord) -> Iterator[str]:
    """The ids of the Things in a network."""
    for thing in world.things.values():
        if network_of(world, thing) is network:
            yield thing.thing_id


def _tunnel_of(network: NetworkRecord) -> TunnelRecord:
    """The first tunnel that is up, else the first one.

    Raises:
        Refused: 412 ``TARGET_EMPTY`` when the network has no tunnel.
    """
    tunnels = sorted(network.tunnels.values(), key=lambda tunnel: tunnel.state != "UP")
    if not tunnels:
        raise precondition("TARGET_EMPTY", f"Network {network.name} has no IPsec tunnel")
    return tunnels[0]
