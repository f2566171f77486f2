"""The whole walk against a brute force that is written in another way.

The world is small, so that rules, routes, NAT and tunnels are really met.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address, ip_network

from hypothesis import given, settings
from hypothesis import strategies as st

from simtui.models import (
    IpLease,
    IpPool,
    NatRule,
    Network,
    Route,
    RouteTarget,
    SessionSummary,
    Thing,
    Tunnel,
    TunnelStatus,
)
from simtui.models.settings import RouteSettings, RuleSettings
from simtui.views.packet.probe import Probe
from simtui.views.packet.scene import Scene
from simtui.views.packet.walk import compare, walk

NOW = datetime(2026, 11, 22, 3, 12, 5, tzinfo=UTC)
PUBLIC = "203.0.113.5"
OWN = "10.0.0.1"
ADDRESSES = (OWN, "10.0.0.2", "10.0.1.1", PUBLIC, "192.168.7.9", "192.168.8.9", "198.51.100.7")
PORTS = (80, 443, 8080, 8081, 9000)
HIGH = 40_000
NUMBERS = {"TCP": 6, "UDP": 17, "ICMP": 1, "47": 47, "6": 6}

some = st.sampled_from


def mostly_known(strategy: st.SearchStrategy) -> st.SearchStrategy:
    return some(range(12)).flatmap(lambda chance: strategy if chance else st.none())


cidrs = some(
    ("ANY", "ANY", "ANY", "10.0.0.0/24", "10.0.0.1", "192.168.0.0/16", "198.51.100.0/24", "bad")
)
port_lists = some(("ANY", "ANY", "ANY", "80,443", "443-9000", "40000", "1-65535"))
chains = mostly_known(
    st.lists(
        st.builds(
            RuleSettings,
            action=some(("ALLOW", "ALLOW", "DROP", "REJECT", "LOG")),
            protocol=some(("ANY", "ANY", "TCP", "6", "UDP", "ICMP", "47")),
            src_cidr=cidrs,
            src_ports=port_lists,
            dst_cidr=cidrs,
            dst_ports=port_lists,
            enabled=some((True, True, True, False)),
        ),
        min_size=1,
        max_size=5,
    ).map(tuple)
)
networks = mostly_known(st.builds(
    Network,
    network_id=st.just("n1"),
    name=st.just("field"),
    thing_isolation=st.booleans(),
    ip_pools=some((
        (), (IpPool("p1", "10.0.0.0/30"),),
        (IpPool("p1", "10.0.0.0/30"), IpPool("p2", "10.0.1.0/30")),
        (IpPool("p1", "?"), IpPool("p2", "10.0.1.0/30")),
    )),
    nat_public_address=some((PUBLIC, PUBLIC, PUBLIC, None)),
))  # fmt: skip
things = mostly_known(st.builds(
    Thing,
    thing_id=some(("t1", "t2")),
    iccid=st.just("8931086200000000019"),
    state=some(("ACTIVE", "ACTIVE", "ACTIVE", "SUSPENDED", "RETIRED", "PROVISIONED", "NEW")),
    allowed_services=some((("DATA", "SMS"), ("DATA",), ("SMS",), (), None)),
    ip=some((None, IpLease(OWN), IpLease(OWN), IpLease("10.0.0.2"))),
    session=st.none() | st.builds(
        SessionSummary,
        state=some(("ONLINE", "ONLINE", "ATTACHED", "OFFLINE", "BLOCKED", "UNKNOWN", "NEW")),
        as_of=some((None, NOW - timedelta(minutes=2), NOW - timedelta(hours=2))),
    ),
))  # fmt: skip
nat_rules = mostly_known(
    st.lists(
        st.builds(
            NatRule,
            nat_rule_id=st.just("x"),
            protocol=some(("TCP", "UDP")),
            public_ports=some(("8080", "8080-8081", "8080-8081", "9000", "bad")),
            thing_id=some(("t1", "t2")),
            private_ports=some(("80", "80", "80-81", "442-443", "bad")),
            private_address=some((None, OWN, OWN, "10.0.0.2")),
            allowed_sources=some((("0.0.0.0/0",), ("0.0.0.0/0",), ("198.51.100.0/24",), ())),
            enabled=some((True, True, True, False)),
            expires_at=some((None, NOW, NOW + timedelta(days=1), NOW - timedelta(days=1))),
        ),
        max_size=4,
    ).map(tuple)
)
destinations = some(
    ("0.0.0.0/0", "192.168.0.0/16", "192.168.7.0/24", "198.51.100.7", "10.0.0.0/8", "?")
)
targets = some((
    RouteTarget("INTERNET"), RouteTarget("BLACKHOLE"), RouteTarget("IPSEC_TUNNEL", "vpn"),
    RouteTarget("IPSEC_TUNNEL", "gone"), RouteTarget("MOON"),
))  # fmt: skip
metrics = some((1, 100, 100, 255))
routes = mostly_known(
    st.lists(
        st.builds(
            Route,
            st.just("r"),
            destinations,
            targets,
            metrics,
            st.booleans(),
            some(("SYSTEM", "STATIC")),
        )
        | st.builds(RouteSettings, destinations, targets, metrics, some((True, True, False))),
        max_size=6,
    ).map(tuple)
)
tunnels = mostly_known(st.lists(
    st.builds(
        Tunnel,
        tunnel_id=some(("vpn", "vpn", "other")),
        name=some(("HQ", "")),
        enabled=some((True, True, True, False)),
        local_cidrs=some((("10.0.0.0/30",), ("10.0.0.0/8",), ("10.0.1.0/30",), ())),
        remote_cidrs=some((("192.168.7.0/24",), ("192.168.0.0/16",), ("?",), ())),
        status=st.none() | st.builds(
            TunnelStatus,
            state=some(("UP", "UP", "UP", "DOWN", "NEGOTIATING", "ERROR", "DISABLED", "NEW")),
            last_error=some((None, "NO_RESPONSE")),
        ),
    ),
    max_size=2,
).map(tuple))  # fmt: skip
scenes = st.builds(
    Scene, st.just(NOW), networks, things, chains, chains, nat_rules, routes, tunnels
)


def _probe(direction: str, protocol: str, src: str, dst: str, ports: tuple) -> Probe:
    return Probe(direction, protocol, src, dst, *(ports if NUMBERS[protocol] in (6, 17) else ()))


ports = some((None, *PORTS))
probes = st.builds(
    _probe, some(("TO_THING", "FROM_THING")), some(tuple(NUMBERS)), some(ADDRESSES),
    some((PUBLIC, *ADDRESSES)), st.tuples(ports, ports),
)  # fmt: skip
towards = st.builds(
    _probe, st.just("TO_THING"), some(("TCP", "UDP")), some(ADDRESSES[2:]), some((PUBLIC, OWN)),
    st.tuples(some((None, 80)), some((80, 8080, 8081, 9000))),
)  # fmt: skip
leaving = st.builds(
    _probe, st.just("FROM_THING"), some(tuple(NUMBERS)), some((OWN, "10.0.1.1")),
    some(ADDRESSES[2:]), st.tuples(ports, ports),
)  # fmt: skip


def inside(address: str, cidrs) -> bool:
    for cidr in cidrs:
        try:
            if ip_address(address) in ip_network(cidr):
                return True
        except ValueError:
            pass
    return False


def has_port(port: int | None, text: str) -> bool:
    if text == "ANY":
        return True
    spans = (item.split("-") for item in text.split(","))
    return port is not None and any(int(span[0]) <= port <= int(span[-1]) for span in spans)


def chain_says(chain, protocol: int, src, src_port, dst, dst_port) -> tuple[str, int | None]:
    if chain is None:
        return "UNKNOWN", None
    for index, rule in enumerate(chain):
        names = {"ANY": protocol, **NUMBERS}
        if (
            rule.enabled
            and "bad" not in (rule.src_cidr, rule.dst_cidr)
            and names[rule.protocol] == protocol
            and (rule.src_cidr == "ANY" or inside(src, [rule.src_cidr]))
            and (rule.dst_cidr == "ANY" or inside(dst, [rule.dst_cidr]))
            and has_port(src_port, rule.src_ports)
            and has_port(dst_port, rule.dst_ports)
        ):
            word = {"ALLOW": "PASS", "LOG": "UNKNOWN"}.get(rule.action, rule.action)
            return word, index
    return "PASS", None


def nat_says(scene: Scene, protocol: int, src, dst, port) -> tuple[str, int | None, tuple | None]:
    """The word, the rule, and where it goes: None when it stays as it is."""
    public = scene.network.nat_public_address if scene.network else None
    if public is None and not dst.startswith(("10.", "192.168.")):
        return "END", None, None
    if dst != public:
        return "SKIP", None, None
    if scene.nat_rules is None:
        return "END", None, None
    for index, rule in enumerate(scene.nat_rules):
        first, _, last = rule.public_ports.partition("-")
        if (
            not rule.enabled
            or (rule.expires_at and rule.expires_at <= NOW)
            or NUMBERS[rule.protocol] != protocol
            or first == "bad"
            or not int(first) <= port <= int(last or first)
        ):
            continue
        if rule.allowed_sources and not inside(src, rule.allowed_sources):
            return "DROP", index, None
        private, _, end = rule.private_ports.partition("-")
        if private == "bad" or int(private) + port - int(first) > int(end or private):
            return "END", index, None
        own = scene.thing if scene.thing and scene.thing.thing_id == rule.thing_id else None
        address = rule.private_address or (own and own.ip and own.ip.address)
        if not address:
            return "END", index, None
        word = "CHANGE" if rule.allowed_sources else "UNKNOWN"
        return word, index, (address, int(private) + port - int(first), rule.thing_id)
    return "DROP", None, None


def state_says(thing: Thing) -> str:
    known = {"ACTIVE": "PASS", "SUSPENDED": "DROP", "RETIRED": "DROP", "PROVISIONED": "DROP"}
    return known.get(thing.state, "UNKNOWN")


def services_say(thing: Thing) -> str:
    services = thing.allowed_services
    return "UNKNOWN" if services is None else "PASS" if "DATA" in services else "DROP"


def session_says(thing: Thing) -> str:
    session = thing.session
    if session is None or session.as_of is None or NOW - session.as_of > timedelta(hours=1):
        return "UNKNOWN"
    return {"ONLINE": "PASS", "OFFLINE": "DROP", "BLOCKED": "DROP"}.get(session.state, "UNKNOWN")


def numbered(probe: Probe) -> tuple[int, int | None, int | None]:
    protocol = NUMBERS[probe.protocol]
    if protocol not in (6, 17):
        return protocol, None, None
    return protocol, probe.src_port or HIGH, probe.dst_port or HIGH


def towards_thing(probe: Probe, scene: Scene) -> Iterator[tuple[str, str, int | None]]:
    """Stage, outcome and rule of each step; END is what is not known and ends it."""
    protocol, src_port, dst_port = numbered(probe)
    src, dst, leads_to = probe.src, probe.dst, None
    pools = [pool.cidr for pool in scene.network.ip_pools] if scene.network else []
    yield "arrival", "PASS", None
    word, index, place = nat_says(scene, protocol, src, dst, dst_port)
    yield "NAT", word, index
    if place:
        dst, dst_port, leads_to = place
    if scene.network is None:
        yield "isolation", "UNKNOWN", None
    elif scene.network.thing_isolation and inside(src, pools):
        yield "isolation", "DROP", None
    else:
        odd = scene.network.thing_isolation and "?" in pools
        yield "isolation", "UNKNOWN" if odd else "PASS", None
    yield "INBOUND chain", *chain_says(scene.inbound, protocol, src, src_port, dst, dst_port)
    thing = scene.thing
    about_it = (
        thing is not None
        and leads_to in (None, thing.thing_id)
        and (thing.ip is None or thing.ip.address == dst)
    )
    yield "services", services_say(thing) if about_it else "SKIP", None
    yield "state", state_says(thing) if about_it else "SKIP", None
    yield "session", session_says(thing) if about_it else "SKIP", None


def from_thing(probe: Probe, scene: Scene) -> Iterator[tuple[str, str, int | None]]:
    protocol, src_port, dst_port = numbered(probe)
    src, dst, network = probe.src, probe.dst, scene.network
    yield "state", state_says(scene.thing) if scene.thing else "SKIP", None
    yield "services", services_say(scene.thing) if scene.thing else "SKIP", None
    yield "OUTBOUND chain", *chain_says(scene.outbound, protocol, src, src_port, dst, dst_port)
    pools = [pool.cidr for pool in network.ip_pools] if network else ["?"]
    if inside(dst, pools):
        yield "isolation", "DROP" if network.thing_isolation else "PASS", None
        yield "delivery", "LAST", None
    yield "isolation", "END" if "?" in pools else "PASS", None
    if scene.routes is None:
        yield "route", "END", None
    usable = [
        (-ip_network(route.destination_cidr).prefixlen, route.metric, place)
        for place, route in enumerate(scene.routes)
        if route.enabled and inside(dst, [route.destination_cidr])
    ]
    if not usable:
        yield "route", "DROP", None
    place = min(usable)[2]
    target = scene.routes[place].target
    yield "route", {"BLACKHOLE": "DROP", "MOON": "END"}.get(target.type, "PASS"), place
    if target.type == "INTERNET":
        yield "Internet", "CHANGE" if network.nat_public_address else "LAST", None
    else:
        yield "tunnel", tunnel_says(scene, target.tunnel_id, src, dst, pools), None


def tunnel_says(scene: Scene, tunnel_id, src: str, dst: str, pools) -> str:
    if scene.tunnels is None:
        return "END"
    for tunnel in scene.tunnels:
        if tunnel.tunnel_id == tunnel_id:
            state = tunnel.status.state if tunnel.status else "NEW"
            if not tunnel.enabled or state in ("DOWN", "NEGOTIATING", "ERROR", "DISABLED"):
                return "DROP"
            local, remote = tunnel.local_cidrs or pools, tunnel.remote_cidrs
            if not (inside(src, local) and inside(dst, remote)):
                return "DROP"
            return "LAST" if state == "UP" else "END"
    return "DROP"


def expected(probe: Probe, scene: Scene) -> tuple[list[tuple[str, str, int | None]], str]:
    """The steps up to the one that ends them, and the verdict."""
    steps = []
    going = towards_thing if probe.direction == "TO_THING" else from_thing
    for stage, word, index in going(probe, scene):
        steps.append((stage, {"END": "UNKNOWN", "LAST": "PASS"}.get(word, word), index))
        if word in ("DROP", "REJECT"):
            return steps, {"DROP": "DROPPED", "REJECT": "REJECTED"}[word]
        if word in ("END", "LAST"):
            break
    if any(word == "UNKNOWN" for _, word, _ in steps):
        return steps, "NOT_KNOWN"
    return steps, "ARRIVES" if probe.direction == "TO_THING" else "LEAVES"


def check(probe: Probe, scene: Scene) -> None:
    walked = walk(probe, scene)
    steps = [(step.stage, step.outcome, step.rule_index) for step in walked.steps]
    assert (steps, walked.verdict) == expected(probe, scene)
    assert "as modelled" in walked.sentence
    assert all(step.text for step in walked.steps)


@settings(max_examples=250, deadline=None)
@given(st.lists(probes, min_size=6, max_size=12), scenes)
def test_the_walk_agrees_with_brute_force(asked, scene) -> None:
    for probe in asked:
        check(probe, scene)


@settings(max_examples=250, deadline=None)
@given(st.lists(towards | leaving, min_size=8, max_size=16), scenes, chains, chains)
def test_the_walk_of_a_thing_that_is_well_agrees_with_brute_force(asked, scene, one, two) -> None:
    """In a network that is known, so that the walks are long."""
    pools = (IpPool("p1", "10.0.0.0/30"), IpPool("p2", "10.0.1.0/30"))
    network = Network("n1", "field", ip_pools=pools, nat_public_address=PUBLIC)
    session = SessionSummary("ONLINE", as_of=NOW)
    thing = Thing(
        "t1", "8931", "ACTIVE", allowed_services=("DATA",), ip=IpLease(OWN), session=session
    )
    scene = replace(scene, network=network, thing=thing, inbound=one, outbound=two)
    for probe in asked:
        check(probe, scene)


@settings(max_examples=60, deadline=None)
@given(probes, scenes, chains)
def test_what_is_edited_is_walked_beside_what_is_saved(probe, saved, chain) -> None:
    edited = replace(saved, inbound=chain, outbound=chain)
    both = compare(probe, saved, edited)
    assert (both.saved, both.edited) == (walk(probe, saved), walk(probe, edited))
    assert both.differ == (both.saved != both.edited)
