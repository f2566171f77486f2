"""What the group of a Thing normally talks to, as far as the configuration shows it.

Nothing tells it outright. A rule that allows one destination and was hit is good evidence;
what lies behind a tunnel of the network, or what a NAT rule forwards, may or may not be
used by this group.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from ipaddress import IPv4Address
from typing import Final

from simtui.models import IpProfile, Network, Rule, Tunnel
from simtui.views.ages import age_ago
from simtui.views.amounts import count_text
from simtui.views.firewall.evaluate import RuleAction
from simtui.views.firewall.match import PORTED
from simtui.views.firewall.reading import (
    ANY_PORTS,
    LAST_ADDRESS,
    Span,
    Unreadable,
    read_cidr,
    read_ports,
    read_protocol,
    span_of,
)
from simtui.views.packet.probe import HIGH_PORT, Direction, Probe
from simtui.views.plan.wording import named, plural
from simtui.views.why.evidence import Evidence

MOST: Final = 8
_ICMP: Final = 1
_TCP: Final = 6
_UDP: Final = 17
_HTTPS: Final = 443


@dataclass(frozen=True, slots=True)
class Target:
    """Somewhere to talk to: packets to ask about, of which one has to get through.

    ``firm`` is whether there is evidence that this group does so; ``why`` says which, and
    ``what`` names it. Both are safe to print.
    """

    what: str
    why: str
    probes: tuple[Probe, ...]
    firm: bool


def targets_of(evidence: Evidence, own: str) -> tuple[Target, ...]:
    """The targets of a Thing at the address ``own``, the firm ones first."""
    profile, network = evidence.profile.value, evidence.network.value
    tunnels = evidence.tunnels.value or ()
    firm = tuple(_from_rules(profile, tunnels, network, evidence, own)) if profile else ()
    loose = tuple(_behind_tunnels(tunnels, own, firm=_is_open(profile)))
    return (*firm, *loose)[:MOST]


def _is_open(profile: IpProfile | None) -> bool:
    """Whether the firewall says nothing at all, so that nothing narrows down the tunnels."""
    return profile is not None and not profile.inbound and not profile.outbound


def _from_rules(
    profile: IpProfile,
    tunnels: tuple[Tunnel, ...],
    network: Network | None,
    evidence: Evidence,
    own: str,
) -> Iterator[Target]:
    """Where rules that allow one place were hit; inbound only what a tunnel brings."""
    for rule in profile.outbound:
        span = _place(rule, rule.dst_cidr)
        if span is not None:
            yield _target(rule, rule.dst_cidr, span, "FROM_THING", own, evidence)
    for rule in profile.inbound:
        span = _place(rule, rule.src_cidr)
        if span is not None and _is_reachable(span, tunnels):
            yield _target(rule, rule.src_cidr, span, "TO_THING", own, evidence)


def _place(rule: Rule, cidr: str) -> Span | None:
    """The one place that a rule in use allows; None for any other rule."""
    if not rule.enabled or rule.action != RuleAction.ALLOW or rule.hits == 0:
        return None
    try:
        span = read_cidr(cidr)
        read_protocol(rule.protocol)
        read_ports(rule.dst_ports)
    except Unreadable:
        return None
    return None if span == (0, LAST_ADDRESS) else span


def _is_reachable(span: Span, tunnels: tuple[Tunnel, ...]) -> bool:
    spans = (span_of(cidr) for tunnel in tunnels for cidr in tunnel.remote_cidrs)
    return any(one is not None and one[0] <= span[0] and span[1] <= one[1] for one in spans)


def _target(
    rule: Rule, cidr: str, span: Span, direction: Direction, own: str, evidence: Evidence
) -> Target:
    protocol, port = _protocol(rule), _port(rule)
    name = named(rule.comment) or f"rule {rule.position}"
    arrow = "to" if direction == "FROM_THING" else "from"
    hits = "the number of its hits is not told"
    if rule.hits is not None:
        last = f", the last {age_ago(rule.last_hit_at, evidence.now)}" if rule.last_hit_at else ""
        hits = f"{count_text(rule.hits)} {plural(rule.hits, 'hit', 'hits')}{last}"
    return Target(
        f"“{name}” {arrow} {named(cidr)}",
        f"a rule allows it: {hits}",
        tuple(_probe(direction, protocol, own, host, port) for host in _hosts(span)),
        firm=rule.hits is not None,
    )


def _behind_tunnels(tunnels: tuple[Tunnel, ...], own: str, *, firm: bool) -> Iterator[Target]:
    for tunnel in tunnels:
        if not tunnel.enabled:
            continue
        for cidr in tunnel.remote_cidrs:
            span = span_of(cidr)
            if span is not None:
                host = _hosts(span)[0]
                probes = tuple(
                    _probe("FROM_THING", protocol, own, host, HIGH_PORT)
                    for protocol in (_TCP, _UDP, _ICMP)
                )
                what = f"{named(cidr)} behind tunnel {named(tunnel.name or tunnel.tunnel_id)}"
                why = "a tunnel of its network leads there"
                yield Target(what, why, probes, firm)


def _hosts(span: Span) -> tuple[str, ...]:
    """The first, a middle and the last host: a rule may leave out some on purpose."""
    first, last = span
    inner = (first + 1, (first + last) // 2, last - 1) if last - first > 2 else (first, last)
    return tuple(str(IPv4Address(host)) for host in dict.fromkeys(inner))


def _protocol(rule: Rule) -> int:
    first, last = read_protocol(rule.protocol)
    return first if first == last else _TCP


def _port(rule: Rule) -> int:
    ports = read_ports(rule.dst_ports)
    return _HTTPS if ports == ANY_PORTS or not ports else ports[0][0]


def _probe(direction: Direction, protocol: int, own: str, other: str, port: int) -> Probe:
    source, destination = (own, other) if direction == "FROM_THING" else (other, own)
    if protocol not in PORTED:
        return Probe(direction, str(protocol), source, destination)
    return Probe(direction, str(protocol), source, destination, HIGH_PORT, port)
