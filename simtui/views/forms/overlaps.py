"""What of a network has addresses that something new would have too (contract §3.4)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from ipaddress import IPv4Network
from typing import NamedTuple

from simtui.errors import UsageError
from simtui.models import IpPool, Route, Tunnel
from simtui.views.fields.cidr import network_or_none
from simtui.views.plan.wording import named


class Taken(NamedTuple):
    """Addresses, and what has them, as a sentence names it."""

    cidr: IPv4Network
    what: str


def refuse_overlap(cidr: IPv4Network, taken: Iterable[Taken], hint: str) -> None:
    """Refuse addresses that something has already.

    Raises:
        UsageError: naming the first thing that has some of them.
    """
    for other in taken:
        if cidr.overlaps(other.cidr):
            raise UsageError(
                f"{cidr} overlaps {other.what}",
                "Within a network, pools share no addresses with each other, with the "
                "destination of a route or with the far side of a tunnel",
                hint,
            )


def pools_taken(pools: Iterable[IpPool], own_id: str = "") -> Iterator[Taken]:
    """The pools, but not the one that is being edited."""
    for pool in pools:
        if pool.ip_pool_id != own_id:
            yield from _taken(pool.cidr, f"the pool {named(pool.cidr)}")


def routes_taken(routes: Sequence[Route]) -> Iterator[Taken]:
    """The destinations of routes; a default route means the rest and takes nothing."""
    for route in routes:
        for one in _taken(route.destination_cidr, f"the route to {named(route.destination_cidr)}"):
            if one.cidr.prefixlen:
                yield one


def tunnels_taken(tunnels: Sequence[Tunnel]) -> Iterator[Taken]:
    """The remote selectors of tunnels."""
    for tunnel in tunnels:
        for cidr in tunnel.remote_cidrs:
            yield from _taken(cidr, f"{named(cidr)} behind the tunnel {named(tunnel.name)}")


def _taken(cidr: str, what: str) -> Iterator[Taken]:
    """Nothing for what the server spells in a way that cannot be read."""
    network = network_or_none(cidr)
    if network is not None:
        yield Taken(network, what)
