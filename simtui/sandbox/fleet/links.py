"""The ways in and out of the networks: IPsec tunnels, static routes and NAT rules."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import islice
from typing import Any

from simtui.sandbox.addressing import locked_things
from simtui.sandbox.ipsec import new_settings
from simtui.sandbox.life.tunnel_life import keep_flapping, take_down
from simtui.sandbox.nat import write_nat_rule
from simtui.sandbox.records import NatRuleRecord, NetworkRecord, RouteRecord, TunnelRecord
from simtui.sandbox.tunnels import set_state
from simtui.sandbox.world import World

MOST_NAT_RULES = 24
_FIRST_PUBLIC_PORT = 20_000


@dataclass(frozen=True, slots=True)
class TunnelPlan:
    """A tunnel of a network; ``lasting_error`` keeps it down, ``flapping`` restless."""

    network: str
    name: str
    remote_gateway: str
    remote_cidrs: tuple[str, ...]
    days_up: float
    settings: Mapping[str, Any] = field(default_factory=dict)
    lasting_error: str | None = None
    flapping: bool = False


TUNNELS: tuple[TunnelPlan, ...] = (
    TunnelPlan("depots", "scada-zwolle", "203.0.113.10", ("10.200.16.0/24",), 41.3),
    TunnelPlan(
        "depots",
        "historian-azure",
        "vpn.example.com",
        ("10.201.0.0/24", "10.201.1.0/24"),
        0.1,
        {"dpd": {"delaySeconds": 30, "timeoutSeconds": 120, "action": "RESTART"}},
        flapping=True,
    ),
    TunnelPlan("metering", "head-end", "203.0.113.20", ("10.210.0.0/22",), 120.8),
    TunnelPlan(
        "charging",
        "ocpp-legacy",
        "203.0.113.33",
        ("10.230.0.0/24",),
        2.2,
        {
            "ikeVersion": "IKEV1",
            "exchangeMode": "AGGRESSIVE",
            "phase1": {"integrity": ["SHA1"], "dhGroups": [2]},
            "phase2": {"integrity": ["SHA1"], "pfsGroups": []},
        },
        lasting_error="PSK_MISMATCH",
    ),
    TunnelPlan("buildings", "recorder", "203.0.113.40", ("10.220.0.0/24",), 12.0),
)

_FORWARDED: Mapping[str, tuple[tuple[str, str], ...]] = {
    "depots": (("modbus", "502"), ("ssh", "22"), ("web", "443")),
    "buildings": (("rtsp", "554"),),
}
"""What is forwarded into a network: the name and the port at the Thing."""

_SOURCES = (["203.0.113.0/28"], ["203.0.113.0/28", "192.0.2.44/32"], ["0.0.0.0/0"])


def add_links(world: World, now: datetime) -> None:
    """Create the tunnels with routes into them, and port forwardings to locked Things."""
    networks = {network.name: network for network in world.networks.values()}
    for plan in TUNNELS:
        tunnel = _add_tunnel(world, networks[plan.network], plan, now)
        _add_routes(world, networks[plan.network], tunnel)
    for name, services in _FORWARDED.items():
        _add_nat_rules(world, networks[name], services, now)
    networks["metering"].routes.append(
        RouteRecord(world.new_id("rt"), "192.168.0.0/16", "BLACKHOLE", metric=200)
    )


def _add_tunnel(
    world: World, network: NetworkRecord, plan: TunnelPlan, now: datetime
) -> TunnelRecord:
    settings = new_settings(
        network,
        {
            "name": plan.name,
            "remoteGateway": plan.remote_gateway,
            "remoteCidrs": list(plan.remote_cidrs),
            **plan.settings,
        },
    )
    tunnel = TunnelRecord(world.new_id("tn"), settings, now - timedelta(days=200))
    network.tunnels[tunnel.tunnel_id] = tunnel
    set_state(tunnel, "UP", now - timedelta(days=plan.days_up))
    tunnel.bytes_in = int(world.random.uniform(1e8, 9e10))
    tunnel.bytes_out = tunnel.bytes_in // 4
    if plan.lasting_error is not None:
        take_down(world, tunnel, plan.lasting_error, now - timedelta(days=plan.days_up / 2))
    if plan.flapping:
        keep_flapping(world, network, tunnel, now)
    return tunnel


def _add_routes(world: World, network: NetworkRecord, tunnel: TunnelRecord) -> None:
    for cidr in tunnel.settings["remoteCidrs"]:
        network.routes.append(
            RouteRecord(world.new_id("rt"), cidr, "IPSEC_TUNNEL", tunnel_id=tunnel.tunnel_id)
        )


def _add_nat_rules(
    world: World, network: NetworkRecord, services: tuple[tuple[str, str], ...], now: datetime
) -> None:
    for number, thing in enumerate(islice(locked_things(world, network), MOST_NAT_RULES)):
        service, port = services[number % len(services)]
        rule = NatRuleRecord("", "", "", "", "", now - timedelta(days=300 - 7 * number))
        body = {
            "name": f"{service} {thing.name}",
            "protocol": "TCP",
            "publicPorts": str(_FIRST_PUBLIC_PORT + number),
            "thingId": thing.thing_id,
            "privatePorts": port,
            "allowedSources": _SOURCES[number % len(_SOURCES)],
        }
        write_nat_rule(world, network, rule, body)
        rule.nat_rule_id = world.new_id("nat")
        network.nat_rules[rule.nat_rule_id] = rule
