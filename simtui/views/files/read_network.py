"""The file of a network: what it says of the network and of all that is inside it."""

from __future__ import annotations

from collections.abc import Iterator

from simtui.models.config_change import Kind
from simtui.models.route import RouteTarget, RouteTargetType
from simtui.models.settings import (
    NatSettings,
    NetworkSettings,
    PoolSettings,
    RouteSettings,
    RouteTable,
    TunnelSettings,
)
from simtui.models.tunnel import Dpd, Phase1, Phase2
from simtui.views.fields.cidr import EVERYWHERE
from simtui.views.files.stated import Stated
from simtui.views.files.table import Table


def read_network(table: Table) -> Stated:
    """The network and its pools, tunnels, routes and NAT rules."""
    own_id = table.text("id")
    settings = NetworkSettings(
        table.needed("name", "depots"),
        table.text("description"),
        table.flag("thing_isolation", False),
    )
    inside = tuple(_inside(table))
    table.refuse_others()
    return Stated(Kind.NETWORK, table.place, settings, own_id, inside)


def _inside(table: Table) -> Iterator[Stated]:
    yield from map(_pool, table.entries("pool"))
    yield from map(_tunnel, table.entries("tunnel"))
    routes = tuple(map(_route, table.entries("route")))
    yield Stated(Kind.ROUTES, table.place.of("route"), RouteTable(routes))
    yield from map(_nat_rule, table.entries("nat_rule"))


def _pool(table: Table) -> Stated:
    own_id = table.text("id")
    settings = PoolSettings(table.needed("cidr", "10.64.0.0/24"))
    table.refuse_others()
    return Stated(Kind.POOL, table.place, settings, own_id)


def _route(table: Table) -> RouteSettings:
    """A route that names a tunnel leads into it; nothing else need be said then."""
    own_id = table.text("id")
    tunnel = table.optional("tunnel")
    target = RouteTarget(
        table.text("target", RouteTargetType.IPSEC_TUNNEL)
        if tunnel is not None
        else table.needed("target", RouteTargetType.INTERNET),
        tunnel,
    )
    route = RouteSettings(
        table.needed("destination", "192.168.0.0/16"),
        target,
        table.number("metric", 100),
        table.flag("enabled", True),
        own_id or None,
    )
    table.refuse_others()
    return route


def _nat_rule(table: Table) -> Stated:
    own_id = table.text("id")
    settings = NatSettings(
        table.needed("protocol", "TCP"),
        table.needed("public_ports", "8022"),
        table.needed("thing", "8931086200000000019"),
        table.needed("private_ports", "22"),
        table.text("name"),
        table.texts("allowed_sources", (EVERYWHERE,)),
        table.flag("enabled", True),
        table.moment("expires_at"),
    )
    table.refuse_others()
    return Stated(Kind.NAT_RULE, table.place, settings, own_id)


def _tunnel(table: Table) -> Stated:
    own_id, usual = table.text("id"), TunnelSettings("", "")
    command = table.texts("psk_command", ())
    settings = TunnelSettings(
        table.needed("name", "hq"),
        table.needed("remote_gateway", "203.0.113.9"),
        table.text("description"),
        table.flag("enabled", True),
        table.text("ike_version", usual.ike_version),
        table.text("exchange_mode", usual.exchange_mode),
        table.optional("local_id"),
        table.optional("remote_id"),
        _phase1(table.section("phase1")),
        _phase2(table.section("phase2")),
        _dpd(table.section("dpd")),
        table.text("startup_action", usual.startup_action),
        table.texts("local_cidrs", ()),
        table.texts("remote_cidrs", ()),
    )
    table.refuse_others()
    return Stated(Kind.TUNNEL, table.place, settings, own_id, psk_command=command)


def _phase1(table: Table) -> Phase1:
    usual = Phase1()
    phase = Phase1(
        table.texts("encryption", usual.encryption),
        table.texts("integrity", usual.integrity),
        table.numbers("dh_groups", usual.dh_groups),
        table.number("lifetime_seconds", usual.lifetime_seconds),
    )
    table.refuse_others()
    return phase


def _phase2(table: Table) -> Phase2:
    usual = Phase2()
    phase = Phase2(
        table.texts("encryption", usual.encryption),
        table.texts("integrity", usual.integrity),
        table.numbers("pfs_groups", usual.pfs_groups),
        table.number("lifetime_seconds", usual.lifetime_seconds),
    )
    table.refuse_others()
    return phase


def _dpd(table: Table) -> Dpd:
    usual = Dpd()
    dpd = Dpd(
        table.number("delay_seconds", usual.delay_seconds),
        table.number("timeout_seconds", usual.timeout_seconds),
        table.text("action", usual.action),
    )
    table.refuse_others()
    return dpd
