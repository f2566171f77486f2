"""The chain and its lint against a brute force that knows nothing of how they work.

The rules are made of few networks, ports and protocols. The packets have one of every
class that such rules can tell apart, so that trying them all is exact.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from functools import cache
from ipaddress import IPv4Address, ip_address, ip_network
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from simtui.models.settings import RuleSettings
from simtui.views.firewall.evaluate import decide
from simtui.views.firewall.lint import lint
from simtui.views.firewall.match import Packet
from simtui.views.text import UNSAFE

NETWORKS = (
    "ANY", "ANY", "0.0.0.0/0", "0.0.0.0/1", "128.0.0.0/1", "10.0.0.0/30", "10.0.0.0/31",
    "10.0.0.2/31", "10.0.0.2", "10.0.0.3/32",
)  # fmt: skip
ADDRESSES = ("9.9.9.9", "10.0.0.1", "10.0.0.2", "10.0.0.3", "11.0.0.0", "200.0.0.1")
"""One of every piece that the ends of these networks cut the addresses into."""

PORT_LISTS = (
    "ANY", "ANY", "ANY", "1-65535", "1-4", "5", "6-10", "11-65535", "5-10,1-4", "5,5-10",
    "1-5,11-65535", "6-65535", "1-10",
)  # fmt: skip
PORTS = (2, 5, 8, 40_000)
PROTOCOLS = ("ANY", "ANY", "TCP", "TCP", "6", "UDP", "17", "ICMP", "1", "47")
WITH_PORTS, WITHOUT_PORTS = (6, 17, 132), (1, 47, 50)
"""Those that rules name and one that none does, of both kinds."""

MALFORMED = (
    RuleSettings("DROP", "GRE"),
    RuleSettings("DROP", "TCP", src_cidr="10.0.0.1/8"),
    RuleSettings("DROP", "ANY", dst_ports="0"),
)


def _universe() -> Iterator[tuple[int, str, int, str, int]]:
    for source, destination in product(ADDRESSES, repeat=2):
        for protocol, src_port, dst_port in product(WITH_PORTS, PORTS, PORTS):
            yield protocol, source, src_port, destination, dst_port
        for protocol in WITHOUT_PORTS:
            yield protocol, source, 0, destination, 0


UNIVERSE = tuple(_universe())


@cache
def addresses_of(network: str) -> frozenset[str]:
    if network == "ANY":
        return frozenset(ADDRESSES)
    try:
        whole = ip_network(network)
    except ValueError:
        return frozenset()
    return frozenset(one for one in ADDRESSES if ip_address(one) in whole)


@cache
def ports_of(text: str) -> frozenset[int]:
    """Of the ports of the universe; 0 is the packet that has none."""
    if text == "ANY":
        return frozenset({0, *PORTS})
    chosen: set[int] = set()
    for item in text.split(","):
        low, _, high = item.partition("-")
        if int(low) < 1:
            return frozenset()
        chosen.update(port for port in PORTS if int(low) <= port <= int(high or low))
    return frozenset(chosen)


@cache
def protocols_of(text: str) -> frozenset[int]:
    names = {"TCP": {6}, "UDP": {17}, "ICMP": {1}, "ANY": {*WITH_PORTS, *WITHOUT_PORTS}}
    if text in names:
        return frozenset(names[text])
    return frozenset({int(text)}) if text.isdigit() else frozenset()


@cache
def matched_by(protocol: str, src: str, src_ports: str, dst: str, dst_ports: str) -> frozenset[int]:
    """The places in the universe of what a rule with these parts matches."""
    parts = (
        protocols_of(protocol), addresses_of(src), ports_of(src_ports),
        addresses_of(dst), ports_of(dst_ports),
    )  # fmt: skip
    return frozenset(
        place
        for place, packet in enumerate(UNIVERSE)
        if all(value in part for value, part in zip(packet, parts, strict=True))
    )


def matched(rule: RuleSettings) -> frozenset[int]:
    return matched_by(rule.protocol, rule.src_cidr, rule.src_ports, rule.dst_cidr, rule.dst_ports)


def rules(port_lists: Sequence[str] = PORT_LISTS) -> st.SearchStrategy[RuleSettings]:
    return st.builds(
        RuleSettings,
        action=st.sampled_from(("ALLOW", "DROP", "REJECT")),
        protocol=st.sampled_from(PROTOCOLS),
        src_cidr=st.sampled_from(NETWORKS),
        src_ports=st.sampled_from(("ANY", "ANY", *port_lists)),
        dst_cidr=st.sampled_from(NETWORKS),
        dst_ports=st.sampled_from(port_lists),
        enabled=st.sampled_from((True, True, True, False)),
    )


CHAINS = st.lists(
    rules() | rules(("ANY", "1-10", "5-65535")) | st.sampled_from(MALFORMED), max_size=9
)
NARROW = st.lists(
    st.builds(
        RuleSettings,
        action=st.sampled_from(("ALLOW", "DROP")),
        protocol=st.sampled_from(("TCP", "6", "TCP", "ANY")),
        src_cidr=st.sampled_from(("ANY", "0.0.0.0/1", "128.0.0.0/1")),
        src_ports=st.sampled_from(("ANY", "1-5", "6-65535")),
        dst_ports=st.sampled_from(("1-4,11-65535", "5-10", "ANY", "1-65535")),
    ),
    min_size=4,
    max_size=12,
)
"""Chains that leave so little open that rules hide each other together."""


@settings(max_examples=300, deadline=None)
@given(CHAINS, st.integers(0, 2**32))
def test_a_chain_decides_as_brute_force_does(chain, seed) -> None:
    for place in random.Random(seed).sample(range(len(UNIVERSE)), 60):
        protocol, src, src_port, dst, dst_port = UNIVERSE[place]
        packet = Packet(protocol, int(IPv4Address(src)), src_port, int(IPv4Address(dst)), dst_port)
        expected = next(
            (
                (index, rule.action)
                for index, rule in enumerate(chain)
                if rule.enabled and place in matched(rule)
            ),
            (None, "ALLOW"),
        )
        decision = decide(chain, packet)
        assert (decision.index, decision.action) == expected


def expected_codes(chain: Sequence[RuleSettings]) -> dict[int, str]:
    """The rules that no packet reaches, each with the word for it."""
    codes: dict[int, str] = {}
    for index, rule in enumerate(chain):
        own = matched(rule)
        if not rule.enabled or not own:
            continue
        earlier = [other for other in chain[:index] if other.enabled]
        same = [other.action == rule.action for other in earlier if matched(other) == own]
        if same:
            codes[index] = "DUPLICATE" if same[0] else "CONTRADICTION"
        elif own <= frozenset().union(*map(matched, earlier)):
            codes[index] = "SHADOWED"
    return codes


def check_lint(chain: Sequence[RuleSettings]) -> None:
    hidden = ("SHADOWED", "DUPLICATE", "CONTRADICTION")
    found = {one.index: one for one in lint("INBOUND", chain) if one.code in hidden}
    assert {index: one.code for index, one in found.items()} == expected_codes(chain)
    for index, one in found.items():
        own, hiding = matched(chain[index]), [matched(chain[other]) for other in one.others]
        assert all(other < index and chain[other].enabled for other in one.others)
        assert own <= frozenset().union(*hiding)
        for left_out in range(len(hiding)):
            rest = hiding[:left_out] + hiding[left_out + 1 :]
            assert not own <= frozenset().union(*rest)


@settings(max_examples=400, deadline=None)
@given(CHAINS)
def test_lint_finds_exactly_the_rules_that_are_never_reached(chain) -> None:
    check_lint(chain)


@settings(max_examples=400, deadline=None)
@given(NARROW)
def test_lint_finds_exactly_the_rules_that_several_hide(chain) -> None:
    check_lint(chain)


@settings(max_examples=100, deadline=None)
@given(st.lists(rules(), min_size=2, max_size=6))
def test_overlaps_are_of_another_action_and_neither_contains_the_other(chain) -> None:
    for one in lint("INBOUND", chain):
        if one.code != "OVERLAPPING_RANGES" or not one.others:
            continue
        for other in one.others:
            own, earlier = matched(chain[one.index]), matched(chain[other])
            assert other < one.index
            assert chain[other].action != chain[one.index].action
            assert own & earlier and own - earlier and earlier - own


@settings(max_examples=100, deadline=None)
@given(
    st.lists(
        st.builds(
            RuleSettings,
            st.text(max_size=8),
            *(st.text("ANYTCP0123456789./-, :%\x1b", max_size=20) | st.text(max_size=9),) * 5,
        ),
        max_size=5,
    ),
    st.lists(st.text("0123456789./", max_size=12), max_size=2),
)
def test_nothing_that_a_server_sends_makes_it_fail(chain, pools) -> None:
    decide(chain, Packet(6, 1, 1, 1, 1))
    for one in lint("OUTBOUND", chain, pools):
        assert not UNSAFE.search(one.text)
