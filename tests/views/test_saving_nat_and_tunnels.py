"""What is said of NAT rules and tunnels before they are saved, and beside their lists."""

from __future__ import annotations

from dataclasses import replace

import pytest

from simtui.models import IpLease, NatRule, Network, Thing, Tunnel
from simtui.models.settings import NatSettings, TunnelSettings
from simtui.models.tunnel import Phase2, TunnelStatus
from simtui.views.nat.order import in_port_order
from simtui.views.nat.save_remarks import nat_save_remarks
from simtui.views.text import UNSAFE
from simtui.views.tunnel.remark import tunnel_remark
from simtui.views.tunnel.save_remarks import tunnel_save_remarks

NETWORK = Network("n1", "factory", nat_public_address="198.51.100.1")
PUMP = Thing("t1", "8931086200000000019", "ACTIVE", name="pump-12", ip=IpLease("10.0.4.17"))
RULE = NatSettings("TCP", "8080", "t1", "22", allowed_sources=("192.0.2.0/24",))
TUNNEL = TunnelSettings("hq", "203.0.113.9")


def nat_texts(rule: NatSettings, network: Network = NETWORK, thing: Thing | None = PUMP):
    return [cell.text for cell in nat_save_remarks(rule, network, thing)]


def tunnel_texts(before: TunnelSettings | None, after: TunnelSettings, *, new_key: bool = False):
    return [cell.text for cell in tunnel_save_remarks(before, after, new_key=new_key)]


def test_a_rule_says_where_it_leads_and_whether_it_is_open() -> None:
    where = "TCP 198.51.100.1:8080 → pump-12, 10.0.4.17:22"
    assert nat_texts(RULE) == [f"It forwards {where}."]
    everybody = replace(RULE, allowed_sources=("0.0.0.0/0",))
    assert nat_texts(everybody)[1:] == [
        "! It is open to the whole Internet: name the sources that need it."
    ]
    assert nat_texts(replace(everybody, enabled=False)) == [
        f"It is switched off, so nothing is forwarded: {where}."
    ]


def test_where_a_rule_leads_is_safe_to_print_and_says_what_is_not_known() -> None:
    hostile = replace(PUMP, name="a\x1b[2J\u202e", ip=None)
    (text,) = nat_texts(RULE, Network("n1", "x"), hostile)
    assert not UNSAFE.search(text)
    assert "the public address:8080" in text
    assert "its address:22" in text
    assert "→ t1," in nat_texts(RULE, thing=None)[0]


def test_rules_stand_in_the_order_of_their_ports_and_odd_ones_last() -> None:
    ports = ("9000", "500-600", "junk", "8000-8010")
    rules = [NatRule(f"r{at}", "TCP", text, "t1", "22") for at, text in enumerate(ports)]
    found = [rule.public_ports for rule in in_port_order(rules)]
    assert found == ["500-600", "8000-8010", "9000", "junk"]


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"name": "other", "description": "of anna"}, []),
        (
            {"remote_gateway": "203.0.113.10"},
            ["! Both sides negotiate anew, which takes minutes and interrupts the tunnel."],
        ),
        ({"enabled": False}, ["! The tunnel goes down, and stays down until it is switched on."]),
    ],
)
def test_what_a_change_of_a_tunnel_interrupts(change: dict, told: list[str]) -> None:
    assert tunnel_texts(TUNNEL, replace(TUNNEL, **change)) == told


def test_a_new_tunnel_a_new_key_and_one_that_is_switched_on_again() -> None:
    off = replace(TUNNEL, enabled=False)
    assert tunnel_texts(None, TUNNEL) == ["Both sides negotiate then, which takes minutes."]
    assert tunnel_texts(None, off) == ["It is switched off, so nothing is negotiated."]
    assert tunnel_texts(off, TUNNEL) == ["! Both sides negotiate anew, which takes minutes."]
    assert tunnel_texts(TUNNEL, TUNNEL, new_key=True) == [
        "! Both sides negotiate anew, which takes minutes and interrupts the tunnel.",
        "! The tunnel is down until the other side has the new key too.",
    ]


def test_weak_choices_are_told_of_a_tunnel_that_is_in_force() -> None:
    weak = replace(TUNNEL, phase2=Phase2(pfs_groups=()))
    assert any("PFS is off" in text for text in tunnel_texts(None, weak))
    assert not any("PFS" in text for text in tunnel_texts(weak, replace(weak, enabled=False)))


def test_the_error_of_a_tunnel_comes_before_its_weak_choices() -> None:
    weak = Tunnel("t1", "hq", phase2=Phase2(pfs_groups=()))
    assert tunnel_remark(weak).text.startswith("PFS is off")
    failed = replace(weak, status=TunnelStatus("DOWN", last_error="TS_UNACCEPTABLE"))
    remark = tunnel_remark(failed)
    assert remark.tone == "bad"
    assert "does not take our traffic selectors" in remark.text
    assert "Compare: our nets:" in remark.text
    odd = replace(weak, status=TunnelStatus("DOWN", last_error="NEW\x1bONE"))
    assert tunnel_remark(odd).text == "NEW\\x1bONE is not known to this version."
    assert tunnel_remark(Tunnel("t1", "hq")).text == ""
