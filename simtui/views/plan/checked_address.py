"""An address that is to be locked: IPv4, and of a pool of the Thing's network."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv4Network

from simtui.errors import UsageError
from simtui.models import IpPool, Thing
from simtui.views.fleet_context import FleetContext
from simtui.views.plan.wording import listed, named


def checked_ipv4(text: str) -> str:
    """A dotted IPv4 address in its one spelling; raises ``UsageError`` for anything else."""
    try:
        return str(IPv4Address(text.strip()))
    except ValueError:
        raise UsageError(
            f"“{named(text)}” is not an IPv4 address",
            "Expected four numbers from 0 to 255",
            "Type it like 10.0.4.17",
        ) from None


def checked_pool_address(text: str, thing: Thing, context: FleetContext) -> str:
    """An address that a Thing can hold by the pools of its network (contract §3.4).

    Usable are all of a pool but the network, the broadcast and the gateway address. While
    the pools are not known, the server is left to judge.

    Raises:
        UsageError: naming the pools.
    """
    address = checked_ipv4(text)
    network = context.network_of(thing)
    pools = network.ip_pools if network else ()
    if not network or not pools:
        return address
    spans = {pool.cidr: _span(pool) for pool in pools}
    if None in spans.values():
        return address
    pool = next((pool for pool in pools if _holds(spans[pool.cidr], address)), None)
    if pool is None:
        raise UsageError(
            f"{address} is outside the pools of network {named(network.name)}",
            f"Its pools are {listed(spans)}",
            "Choose an address of one of them",
        )
    if taken_for := _reserved_as(address, pool):
        raise UsageError(
            f"{address} cannot be locked to a Thing",
            f"It is the {taken_for} address of pool {named(pool.cidr)}",
            "Choose another address of the pool",
        )
    return address


def _span(pool: IpPool) -> IPv4Network | None:
    """The addresses of a pool; None when the server's spelling cannot be read."""
    try:
        return IPv4Network(pool.cidr, strict=False)
    except ValueError:
        return None


def _holds(span: IPv4Network | None, address: str) -> bool:
    return span is not None and IPv4Address(address) in span


def _reserved_as(address: str, pool: IpPool) -> str:
    span = IPv4Network(pool.cidr, strict=False)
    reserved = {
        str(span.network_address): "network",
        str(span.broadcast_address): "broadcast",
        pool.gateway or str(span.network_address + 1): "gateway",
    }
    return reserved.get(address, "")
