"""What will be in a network, as the rules about its parts look at it."""

from __future__ import annotations

from collections.abc import Iterator

from simtui.models import IpPool, NatRule, Network, Route, Tunnel
from simtui.models.config_change import Kind, Ref
from simtui.models.settings import (
    NatSettings,
    NetworkSettings,
    PoolSettings,
    RouteTable,
    Settings,
    TunnelSettings,
)
from simtui.views.files.intended import Intended


def network_of(intended: Intended, network_id: str) -> Network:
    """The network itself; nothing is in it."""
    for ref, settings in intended.settings(Kind.NETWORK):
        if ref.object_id == network_id and isinstance(settings, NetworkSettings):
            return Network(network_id, settings.name)
    return Network(network_id, network_id)


def pools_of(intended: Intended, network_id: str, *, going: bool = False) -> Iterator[IpPool]:
    """The pools, or with ``going`` those that are to be deleted."""
    for ref, settings in _objects(intended, Kind.POOL, network_id, going):
        if isinstance(settings, PoolSettings):
            yield IpPool(ref.object_id, settings.cidr)


def routes_of(intended: Intended, network_id: str) -> tuple[Route, ...]:
    """The static routes."""
    tables = (each for _, each in intended.settings(Kind.ROUTES, network_id))
    return tuple(
        Route(item.route_id or "", item.destination_cidr, item.target)
        for table in tables
        if isinstance(table, RouteTable)
        for item in table.items
    )


def nat_rules_of(intended: Intended, network_id: str, *, going: bool = False) -> Iterator[NatRule]:
    """The NAT rules, or with ``going`` those that are to be deleted."""
    for ref, settings in _objects(intended, Kind.NAT_RULE, network_id, going):
        if isinstance(settings, NatSettings):
            yield NatRule(
                ref.object_id,
                settings.protocol,
                settings.public_ports,
                settings.thing_id,
                settings.private_ports,
                settings.name,
            )


def tunnels_of(intended: Intended, network_id: str, *, going: bool = False) -> Iterator[Tunnel]:
    """The tunnels, or with ``going`` those that are to be deleted."""
    for ref, settings in _objects(intended, Kind.TUNNEL, network_id, going):
        if isinstance(settings, TunnelSettings):
            yield Tunnel(ref.object_id, settings.name, remote_cidrs=settings.remote_cidrs)


def _objects(
    intended: Intended, kind: str, network_id: str, going: bool
) -> Iterator[tuple[Ref, Settings]]:
    return (intended.going if going else intended.settings)(kind, network_id)
