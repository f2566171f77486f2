"""What a rule matches and what a chain decides (contract §3.5, §9)."""

from __future__ import annotations

from ipaddress import IPv4Address

import pytest

from simtui.models.settings import RuleSettings
from simtui.views.firewall.evaluate import Decision, decide
from simtui.views.firewall.match import Packet, matches


def packet(protocol=6, src="198.51.100.7", src_port=40_000, dst="10.0.4.17", dst_port=443):
    return Packet(protocol, int(IPv4Address(src)), src_port, int(IPv4Address(dst)), dst_port)


def portless(protocol=1, **places):
    return packet(protocol, src_port=0, dst_port=0, **places)


@pytest.mark.parametrize(
    ("rule", "asked", "expected"),
    [
        (RuleSettings("DROP"), packet(), True),
        (RuleSettings("DROP"), portless(), True),
        (RuleSettings("DROP", "TCP"), packet(), True),
        (RuleSettings("DROP", "6"), packet(), True),
        (RuleSettings("DROP", "UDP"), packet(), False),
        (RuleSettings("DROP", "ICMP"), portless(), True),
        (RuleSettings("DROP", "1"), portless(), True),
        (RuleSettings("DROP", "47"), portless(47), True),
        (RuleSettings("DROP", "TCP", src_cidr="198.51.100.0/24"), packet(), True),
        (RuleSettings("DROP", "TCP", src_cidr="198.51.101.0/24"), packet(), False),
        (RuleSettings("DROP", "TCP", dst_cidr="10.0.4.17"), packet(), True),
        (RuleSettings("DROP", "TCP", dst_cidr="10.0.4.18"), packet(), False),
        (RuleSettings("DROP", "TCP", dst_cidr="0.0.0.0/0"), packet(), True),
        (RuleSettings("DROP", "TCP", dst_ports="22,443"), packet(), True),
        (RuleSettings("DROP", "TCP", dst_ports="22,440-442"), packet(), False),
        (RuleSettings("DROP", "TCP", dst_ports="440-443"), packet(), True),
        (RuleSettings("DROP", "TCP", src_ports="443"), packet(), False),
        (RuleSettings("DROP", "TCP", src_ports="40000", dst_ports="443"), packet(), True),
        (RuleSettings("DROP", "132", dst_ports="443"), packet(132), True),
    ],
)
def test_what_a_rule_matches(rule, asked, expected) -> None:
    assert matches(rule, asked) is expected


@pytest.mark.parametrize("protocol", ["ANY", "ICMP", "47"])
def test_a_list_of_ports_never_matches_a_packet_without_ports(protocol) -> None:
    number = 47 if protocol == "47" else 1
    assert not matches(RuleSettings("DROP", protocol, dst_ports="1-65535"), portless(number))
    assert matches(RuleSettings("DROP", protocol), portless(number))


def test_ports_with_any_match_the_protocols_that_have_ports() -> None:
    assert matches(RuleSettings("DROP", "ANY", dst_ports="443"), packet(17))


MALFORMED = [
    {"protocol": "GRE"}, {"protocol": "256"}, {"protocol": ""}, {"protocol": "-1"},
    {"protocol": "²"}, {"protocol": "9" * 5000}, {"src_cidr": ""}, {"src_cidr": "10.0.0.1/8"},
    {"src_cidr": "10.0.0.0/33"},
    {"src_cidr": "fe80::1"}, {"dst_cidr": "10.0.0.0/255.0.0.0"}, {"dst_cidr": "10.0.0/8"},
    {"dst_cidr": "\x1b[2J"}, {"dst_cidr": "10.0.0.0/"}, {"src_ports": "0"}, {"src_ports": "65536"},
    {"src_ports": "9-8"}, {"dst_ports": ""}, {"dst_ports": "80,,81"}, {"dst_ports": "80;81"},
    {"dst_ports": ",".join(["1"] * 16)}, {"dst_ports": "*"},
]  # fmt: skip


@pytest.mark.parametrize("wrong", MALFORMED, ids=str)
def test_what_cannot_be_read_matches_nothing(wrong) -> None:
    rule = RuleSettings("DROP", **{"protocol": "TCP", **wrong})
    for asked in (packet(), packet(17), portless()):
        assert not matches(rule, asked)
    assert decide([rule], packet()) == Decision(None, "ALLOW")


def test_the_first_enabled_match_decides() -> None:
    chain = [
        RuleSettings("DROP", enabled=False),
        RuleSettings("DROP", "UDP"),
        RuleSettings("REJECT", "TCP", dst_ports="443"),
        RuleSettings("ALLOW", "TCP"),
    ]
    assert decide(chain, packet()) == Decision(2, "REJECT")
    assert decide(chain, packet(dst_port=80)) == Decision(3, "ALLOW")
    assert decide(chain, portless()) == Decision(None, "ALLOW")


def test_an_empty_chain_allows_everything() -> None:
    assert decide([], packet()) == Decision(None, "ALLOW")


def test_an_action_that_the_server_adds_is_told_as_it_is() -> None:
    assert decide([RuleSettings("LOG")], packet()) == Decision(0, "LOG")
