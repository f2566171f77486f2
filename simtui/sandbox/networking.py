"""How a network comes to be, and what its parts may not share (contract §3.4)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from ipaddress import IPv4Network

from simtui.sandbox.call import precondition
from simtui.sandbox.records import NetworkRecord, PoolRecord, RouteRecord, TunnelRecord
from simtui.sandbox.world import World

PUBLIC_SPACE = IPv4Network("198.51.100.128/25")
"""Documentation addresses (RFC 5737): nobody's real host is ever shown."""

EVERYWHERE = IPv4Network("0.0.0.0/0")


def new_network(world: World, name: str) -> NetworkRecord:
    """Add a network: a public address of its own, the way to the Internet, no pool."""
    network = NetworkRecord(world.new_id("n"), name, _free_public_address(world))
    network.routes.append(
        RouteRecord(world.new_id("r"), str(EVERYWHERE), "INTERNET", metric=255, origin="SYSTEM")
    )
    world.networks[network.network_id] = network
    return network


def refuse_pool_overlap(
    network: NetworkRecord, cidr: IPv4Network, own: PoolRecord | None = None
) -> None:
    """Refuse a pool that shares addresses with anything else in the network.

    Raises:
        Refused: 412 ``POOL_OVERLAP``.
    """
    others = (pool for pool in network.pools.values() if pool is not own)
    for taken, what in (*_pools(others), *_routes(network), *_tunnels(network)):
        _refuse_overlap(cidr, taken, what)


def refuse_overlap_with_pools(network: NetworkRecord, cidr: IPv4Network) -> None:
    """Refuse a route or a tunnel selector that shares addresses with a pool.

    Raises:
        Refused: 412 ``POOL_OVERLAP``.
    """
    for taken, what in _pools(network.pools.values()):
        _refuse_overlap(cidr, taken, what)


def refuse_overlap_with_tunnels(
    network: NetworkRecord, cidr: IPv4Network, own: TunnelRecord | None = None
) -> None:
    """Refuse a remote selector that another tunnel has (contract §3.7).

    Raises:
        Refused: 412 ``RESOURCE_IN_USE``.
    """
    for taken, what in _tunnels(network, own):
        _refuse_overlap(cidr, taken, what, "RESOURCE_IN_USE")


def _free_public_address(world: World) -> str:
    taken = {network.nat_public_address for network in world.networks.values()}
    return next(str(host) for host in PUBLIC_SPACE.hosts() if str(host) not in taken)


def _pools(pools: Iterable[PoolRecord]) -> Iterator[tuple[IPv4Network, str]]:
    for pool in pools:
        yield IPv4Network(pool.cidr), f"pool {pool.pool_id}"


def _routes(network: NetworkRecord) -> Iterator[tuple[IPv4Network, str]]:
    """The routes' destinations; a default route means "the rest" and takes no space."""
    for route in network.routes:
        destination = IPv4Network(route.destination_cidr)
        if destination != EVERYWHERE:
            yield destination, f"route {route.route_id}"


def _tunnels(
    network: NetworkRecord, own: TunnelRecord | None = None
) -> Iterator[tuple[IPv4Network, str]]:
    for tunnel in network.tunnels.values():
        if tunnel is not own:
            for cidr in tunnel.settings["remoteCidrs"]:
                yield IPv4Network(cidr), f"tunnel {tunnel.settings['name']}"


def _refuse_overlap(
    cidr: IPv4Network, taken: IPv4Network, what: str, name: str = "POOL_OVERLAP"
) -> None:
    if cidr.overlaps(taken):
        raise precondition(name, f"{cidr} overlaps {taken} of {what}")
