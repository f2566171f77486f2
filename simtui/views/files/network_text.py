"""A network with all that is inside it as TOML; a key of a tunnel is never in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from ipaddress import IPv4Network

from simtui.models import IpPool, NatRule, Network, Routes, Thing, Tunnel
from simtui.models.route import RouteTargetType
from simtui.models.settings import RouteSettings, route_settings, static_routes
from simtui.models.tunnel import Phase1, Phase2
from simtui.views.fields.cidr import network_or_none
from simtui.views.files.configuration import Configuration
from simtui.views.files.references import reference_texts, thing_texts
from simtui.views.files.toml_text import Pair, table_lines

KEY_COMMENT = (
    "# The pre-shared keys of the tunnels are in no file. A new tunnel gets its key from",
    '# psk_command = ["pass", "show", "vpn/depots"], or it is asked for when it is made.',
)
_EVERYWHERE_FIRST = IPv4Network("0.0.0.0/0")


def network_lines(network: Network, configuration: Configuration) -> Iterator[str]:
    """The network, then its pools, routes, NAT rules and tunnels."""
    own = network.network_id
    tunnels = configuration.tunnels.get(own, ())
    yield from table_lines("", _network_pairs(network))
    yield ""
    yield from _pools(network.ip_pools)
    yield from _routes(configuration.routes.get(own, Routes()), tunnels)
    yield from _nat_rules(configuration.nat_rules.get(own, ()), configuration.things)
    yield from _tunnels(tunnels)


def _network_pairs(network: Network) -> Iterator[Pair]:
    yield Pair("id", network.network_id)
    yield Pair("name", network.name)
    yield Pair("description", network.description or None)
    yield Pair("thing_isolation", network.thing_isolation)


def _pools(pools: Iterable[IpPool]) -> Iterator[str]:
    def place(pool: IpPool) -> tuple[IPv4Network, str, str]:
        return network_or_none(pool.cidr) or _EVERYWHERE_FIRST, pool.cidr, pool.ip_pool_id

    for pool in sorted(pools, key=place):
        pairs = (Pair("id", pool.ip_pool_id), Pair("cidr", pool.cidr))
        yield from table_lines("[[pool]]", pairs, "the default pool" if pool.is_default else "")
        yield ""


def _routes(routes: Routes, tunnels: Iterable[Tunnel]) -> Iterator[str]:
    names = reference_texts({tunnel.tunnel_id: tunnel.name for tunnel in tunnels})
    for route in map(route_settings, static_routes(routes)):
        yield from table_lines("[[route]]", _route_pairs(route, names))
        yield ""


def _route_pairs(route: RouteSettings, tunnels: Mapping[str, str]) -> Iterator[Pair]:
    tunnel = route.target.tunnel_id
    is_tunnel = route.target.type == RouteTargetType.IPSEC_TUNNEL
    yield Pair("id", route.route_id or None)
    yield Pair("destination", route.destination_cidr)
    yield Pair("target", None if is_tunnel and tunnel is not None else route.target.type)
    yield Pair("tunnel", None if tunnel is None else tunnels.get(tunnel, tunnel))
    yield Pair("metric", route.metric)
    yield Pair("enabled", None if route.enabled else False)


def _nat_rules(rules: Iterable[NatRule], things: Mapping[str, Thing]) -> Iterator[str]:
    texts = thing_texts(things)
    for rule in sorted(rules, key=lambda one: (one.name, one.nat_rule_id)):
        thing = things.get(rule.thing_id)
        yield from table_lines(
            "[[nat_rule]]",
            (
                Pair("id", rule.nat_rule_id),
                Pair("name", rule.name or None),
                Pair("protocol", rule.protocol),
                Pair("public_ports", rule.public_ports),
                Pair("thing", texts.get(rule.thing_id, rule.thing_id), thing.name if thing else ""),
                Pair("private_ports", rule.private_ports),
                Pair("allowed_sources", rule.allowed_sources),
                Pair("enabled", None if rule.enabled else False),
                Pair("expires_at", rule.expires_at),
            ),
        )
        yield ""


def _tunnels(tunnels: Iterable[Tunnel]) -> Iterator[str]:
    ordered = sorted(tunnels, key=lambda one: (one.name, one.tunnel_id))
    if ordered:
        yield from KEY_COMMENT
    for tunnel in ordered:
        yield from table_lines("[[tunnel]]", _tunnel_pairs(tunnel))
        for number, phase in ((1, tunnel.phase1), (2, tunnel.phase2)):
            yield from table_lines(f"[tunnel.phase{number}]", _phase_pairs(phase))
        yield from table_lines(
            "[tunnel.dpd]",
            (
                Pair("delay_seconds", tunnel.dpd.delay_seconds),
                Pair("timeout_seconds", tunnel.dpd.timeout_seconds),
                Pair("action", tunnel.dpd.action),
            ),
        )
        yield ""


def _tunnel_pairs(tunnel: Tunnel) -> Iterator[Pair]:
    """An identity is left out where it is the address of its gateway."""
    yield Pair("id", tunnel.tunnel_id)
    yield Pair("name", tunnel.name)
    yield Pair("description", tunnel.description or None)
    yield Pair("enabled", None if tunnel.enabled else False)
    yield Pair("remote_gateway", tunnel.remote_gateway)
    yield Pair("local_id", _unless(tunnel.local_id, tunnel.local_gateway))
    yield Pair("remote_id", _unless(tunnel.remote_id, tunnel.remote_gateway))
    yield Pair("ike_version", tunnel.ike_version)
    yield Pair("exchange_mode", tunnel.exchange_mode)
    yield Pair("startup_action", tunnel.startup_action)
    yield Pair("local_cidrs", tunnel.local_cidrs)
    yield Pair("remote_cidrs", tunnel.remote_cidrs)


def _unless(identity: str | None, gateway: str | None) -> str | None:
    return None if identity == gateway else identity


def _phase_pairs(phase: Phase1 | Phase2) -> Iterator[Pair]:
    yield Pair("encryption", phase.encryption)
    yield Pair("integrity", phase.integrity)
    if isinstance(phase, Phase1):
        yield Pair("dh_groups", phase.dh_groups)
    else:
        yield Pair("pfs_groups", phase.pfs_groups)
    yield Pair("lifetime_seconds", phase.lifetime_seconds)
