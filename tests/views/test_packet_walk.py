"""Each stage of the walk, in the words that a person reads (contract §5)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

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
from simtui.models.settings import RuleSettings
from simtui.models.tunnel import SelectorState
from simtui.views.forms.field import FieldError
from simtui.views.packet.probe import Probe
from simtui.views.packet.scene import Scene
from simtui.views.packet.step import Step, Walk
from simtui.views.packet.walk import compare, walk

NOW = datetime(2026, 11, 22, 3, 12, 5, tzinfo=UTC)
PUBLIC, OWN, OFFICE, OUTSIDE = "203.0.113.5", "10.0.4.17", "192.168.7.9", "198.51.100.7"
VPN = RouteTarget("IPSEC_TUNNEL", "vpn")

thing = Thing(
    "t1", "8931086200000000019", "ACTIVE", name="pump-12", allowed_services=("DATA", "SMS"),
    ip=IpLease(OWN, "p1", "LOCKED"),
    session=SessionSummary("ONLINE", as_of=NOW - timedelta(minutes=2)),
)  # fmt: skip
tunnel = Tunnel(
    "vpn", "HQ", local_cidrs=("10.0.4.0/24",), remote_cidrs=("192.168.7.0/24",),
    status=TunnelStatus("UP"),
)  # fmt: skip
nat_rule = NatRule(
    "nat1", "TCP", "8080-8089", "t1", "80-89", "web", private_address=OWN,
    allowed_sources=("0.0.0.0/0",),
)  # fmt: skip
network = Network("n1", "field", ip_pools=(IpPool("p1", "10.0.4.0/24"),), nat_public_address=PUBLIC)
internet = Route("r0", "0.0.0.0/0", metric=255, origin="SYSTEM")
scene = Scene(
    NOW, network, thing, (), (), (nat_rule,),
    (
        internet,
        Route("r1", "192.168.0.0/16", VPN),
        Route("r2", "192.168.9.0/24", RouteTarget("BLACKHOLE")),
    ),
    (tunnel,),
)  # fmt: skip


def to_thing(src=OUTSIDE, dst=OWN, protocol="TCP", src_port=40_001, dst_port=80) -> Probe:
    return Probe("TO_THING", protocol, src, dst, src_port, dst_port)


def from_thing(dst, protocol="TCP", src=OWN, src_port=40_001, dst_port=443) -> Probe:
    return Probe("FROM_THING", protocol, src, dst, src_port, dst_port)


def with_nat(**fields: Any) -> dict[str, Any]:
    return {"nat_rules": (replace(nat_rule, **fields),)}


def with_tunnel(**fields: Any) -> dict[str, Any]:
    return {"tunnels": (replace(tunnel, **fields),)}


def outcomes(walked: Walk) -> list[tuple[str, str]]:
    return [(step.stage, step.outcome) for step in walked.steps]


def step_at(stage: str, walked: Walk) -> Step:
    (step,) = (step for step in walked.steps if step.stage == stage)
    return step


def last(probe: Probe, **changes: Any) -> tuple[str, str, str]:
    """The last step of a walk, with its text."""
    step = walk(probe, replace(scene, **changes)).steps[-1]
    return step.stage, step.outcome, step.text


def test_towards_the_thing_in_the_order_of_the_contract() -> None:
    walked = walk(to_thing(dst=PUBLIC, dst_port=8083), scene)
    assert outcomes(walked) == [
        ("arrival", "PASS"), ("NAT", "CHANGE"), ("isolation", "PASS"), ("INBOUND chain", "PASS"),
        ("services", "PASS"), ("state", "PASS"), ("session", "PASS"),
    ]  # fmt: skip
    assert walked.verdict == "ARRIVES"
    assert walked.sentence == f"TCP from {OUTSIDE}:40001 arrives at {OWN}:83, as modelled."
    assert f"NAT rule 1 (web) leads to {OWN}:83, to pump-12" in step_at("NAT", walked).text
    assert step_at("NAT", walked).rule_index == 0


def test_from_the_thing_in_the_order_of_the_contract() -> None:
    walked = walk(from_thing(OUTSIDE), scene)
    assert outcomes(walked) == [
        ("state", "PASS"), ("services", "PASS"), ("OUTBOUND chain", "PASS"), ("isolation", "PASS"),
        ("route", "PASS"), ("Internet", "CHANGE"),
    ]  # fmt: skip
    assert walked.verdict == "LEAVES"
    assert "leaves through the Internet to 198.51.100.7:443, as modelled" in walked.sentence
    assert PUBLIC in walked.steps[-1].text


@pytest.mark.parametrize(
    ("src", "words", "changes"),
    [
        (OUTSIDE, "comes from the Internet", {}),
        (OFFICE, "comes through IPsec tunnel HQ, which is UP", {}),
        ("10.0.4.9", "inside the network, in its pool 10.0.4.0/24", {}),
        (OFFICE, "which there are is not known", {"tunnels": None}),
        (OFFICE, "no selector for the destination", with_tunnel(local_cidrs=("10.9.0.0/24",))),
        (
            OFFICE,
            "HQ, which is disabled: it is taken to come from the Internet",
            with_tunnel(enabled=False),
        ),
        (
            OFFICE,
            "HQ, which is DOWN (NO_RESPONSE: no answer)",
            with_tunnel(status=TunnelStatus("DOWN", last_error="NO_RESPONSE")),
        ),
    ],
)
def test_where_it_comes_from(src, words, changes) -> None:
    step = walk(to_thing(src), replace(scene, **changes)).steps[0]
    assert (step.stage, step.outcome) == ("arrival", "PASS")
    assert words in step.text


@pytest.mark.parametrize(
    ("changes", "outcome", "words"),
    [
        ({"nat_rules": ()}, "DROP", "no NAT rule forwards port 8080"),
        (with_nat(enabled=False), "DROP", "NAT rule 1 (web) is disabled"),
        (with_nat(expires_at=NOW), "DROP", "NAT rule 1 (web) ended"),
        (
            with_nat(allowed_sources=("192.0.2.0/24",)),
            "DROP",
            "does not allow 198.51.100.7, only 192.0.2.0/24",
        ),
        (with_nat(private_ports="80"), "CHANGE", OWN),
        (with_nat(private_ports="?"), "UNKNOWN", "do not fit"),
        (with_nat(public_ports="8079-8080", private_ports="80"), "UNKNOWN", "do not fit"),
        (
            with_nat(thing_id="t9", private_address=None),
            "UNKNOWN",
            "address of its Thing is not known",
        ),
        (with_nat(private_address=None), "CHANGE", f"{OWN}:80, to pump-12"),
        (with_nat(allowed_sources=()), "UNKNOWN", "which sources it allows"),
        ({"nat_rules": None}, "UNKNOWN", "the NAT rules are not known"),
        ({"network": None}, "UNKNOWN", f"{PUBLIC} may be it"),
        ({"thing": replace(thing, state="RETIRED")}, "CHANGE", "pump-12, which is RETIRED"),
        (
            {"thing": replace(thing, thing_id="t7")},
            "CHANGE",
            "Thing t1, which is not the chosen one",
        ),
    ],
)
def test_nat(changes, outcome, words) -> None:
    step = step_at("NAT", walk(to_thing(dst=PUBLIC, dst_port=8080), replace(scene, **changes)))
    assert step.outcome == outcome
    assert words in step.text


def test_the_first_nat_rule_in_force_decides() -> None:
    rules = (
        replace(nat_rule, enabled=False),
        replace(nat_rule, protocol="UDP"),
        replace(nat_rule, public_ports="8080", private_ports="22", name=""),
        nat_rule,
    )
    walked = walk(to_thing(dst=PUBLIC, dst_port=8080), replace(scene, nat_rules=rules))
    assert step_at("NAT", walked).rule_index == 2
    assert f"NAT rule 3 leads to {OWN}:22" in step_at("NAT", walked).text


def test_what_has_no_ports_is_not_forwarded() -> None:
    probe = to_thing(dst=PUBLIC, protocol="ICMP", src_port=None, dst_port=None)
    walked = walk(probe, scene)
    assert (walked.verdict, walked.steps[-1].stage) == ("DROPPED", "NAT")
    assert "this protocol has none" in walked.steps[-1].text
    assert walked.sentence == (
        f"ICMP from {OUTSIDE} to {PUBLIC} is dropped at the stage “NAT”, as modelled."
    )


def test_the_chain_sees_what_nat_made_of_it() -> None:
    chain = (RuleSettings("DROP", "TCP", dst_cidr=OWN, dst_ports="83"),)
    probe = to_thing(dst=PUBLIC, dst_port=8083)
    assert last(probe, inbound=chain) == (
        "INBOUND chain", "DROP", f"rule 1 decides: DROP tcp from anywhere to {OWN} port 83",
    )  # fmt: skip


def test_a_nat_rule_to_another_thing_says_nothing_of_the_chosen_one() -> None:
    other = replace(nat_rule, thing_id="t9", private_address="10.0.4.99")
    walked = walk(to_thing(dst=PUBLIC, dst_port=8080), replace(scene, nat_rules=(other,)))
    assert outcomes(walked)[-3:] == [(stage, "SKIP") for stage in ("services", "state", "session")]
    assert walked.verdict == "ARRIVES"
    assert "arrives at 10.0.4.99:80, as modelled. Not looked at: services" in walked.sentence
    assert "the NAT rule leads to another Thing than pump-12" in walked.sentence


def test_an_address_that_is_not_the_things_says_nothing_of_it() -> None:
    walked = walk(to_thing(dst="10.0.4.99"), scene)
    assert step_at("state", walked).outcome == "SKIP"
    assert "10.0.4.99 is not the address of pump-12" in walked.sentence


def test_isolation_keeps_things_apart_both_ways() -> None:
    isolated = replace(network, thing_isolation=True)
    stage, outcome, text = last(to_thing("10.0.4.9"), network=isolated)
    assert (stage, outcome) == ("isolation", "DROP")
    assert "10.0.4.9 is in its pool 10.0.4.0/24" in text
    assert last(from_thing("10.0.4.9"), network=isolated)[:2] == ("isolation", "DROP")
    assert walk(to_thing(), replace(scene, network=isolated)).verdict == "ARRIVES"
    assert walk(to_thing("10.0.4.9"), scene).verdict == "ARRIVES"


def test_inside_the_network_the_other_thing_decides() -> None:
    walked = walk(from_thing("10.0.4.9"), replace(scene, routes=None))
    assert walked.verdict == "LEAVES"
    assert walked.steps[-1].stage == "delivery"
    assert "the INBOUND chain of the Thing at 10.0.4.9 decides there" in walked.steps[-1].text
    assert "goes inside the network to 10.0.4.9:443, as modelled" in walked.sentence


def test_a_pool_that_cannot_be_read_leaves_it_open() -> None:
    odd = replace(network, ip_pools=(IpPool("p1", "\x1b[2J"),), thing_isolation=True)
    step = step_at("isolation", walk(to_thing("10.0.4.9"), replace(scene, network=odd)))
    assert step.outcome == "UNKNOWN"
    assert "\\x1b[2J" in step.text
    assert last(from_thing("10.0.4.9"), network=odd)[:2] == ("isolation", "UNKNOWN")


@pytest.mark.parametrize(
    ("chain", "outcome", "words"),
    [
        ((), "PASS", "the chain is empty: everything is allowed"),
        ((RuleSettings("DROP", "UDP"),), "PASS", "no enabled rule matches: allowed"),
        (
            (RuleSettings("DROP", "UDP"), RuleSettings("REJECT", "TCP")),
            "REJECT",
            "rule 2 decides: REJECT",
        ),
        (
            (RuleSettings("DROP", src_cidr="?"), RuleSettings("ALLOW")),
            "PASS",
            "rule 1 cannot be read and is taken to match nothing",
        ),
        ((RuleSettings("LOG"),), "UNKNOWN", "what that action does is not known here"),
        (None, "UNKNOWN", "the rules are not known"),
    ],
)
def test_the_chains(chain, outcome, words) -> None:
    changed = replace(scene, inbound=chain, outbound=chain)
    for probe, stage in ((to_thing(), "INBOUND chain"), (from_thing(OUTSIDE), "OUTBOUND chain")):
        step = step_at(stage, walk(probe, changed))
        assert step.outcome == outcome
        assert words in step.text


def test_a_rejecting_rule_ends_it_and_is_named() -> None:
    walked = walk(to_thing(), replace(scene, inbound=(RuleSettings("REJECT", "TCP"),)))
    assert (walked.verdict, walked.steps[-1].rule_index) == ("REJECTED", 0)
    assert "is rejected at the stage “INBOUND chain” by rule 1, as modelled" in walked.sentence


@pytest.mark.parametrize(
    ("fields", "stage", "outcome", "words"),
    [
        (
            {"allowed_services": ("SMS",)},
            "services",
            "DROP",
            "DATA is not among its allowed services: SMS",
        ),
        ({"allowed_services": ()}, "services", "DROP", "none"),
        ({"allowed_services": None}, "services", "UNKNOWN", "not known"),
        ({"state": "SUSPENDED"}, "state", "DROP", "pump-12 is SUSPENDED"),
        ({"state": "PROVISIONED"}, "state", "DROP", "PROVISIONED"),
        ({"state": "RETIRED"}, "state", "DROP", "RETIRED"),
        ({"state": "LOST\n"}, "state", "UNKNOWN", "LOST\\x0a, which is not known here"),
        ({"pending_state": "SUSPENDED"}, "state", "PASS", "a change to SUSPENDED is under way"),
    ],
)
def test_the_thing_itself(fields, stage, outcome, words) -> None:
    changed = replace(scene, thing=replace(thing, **fields))
    for probe in (to_thing(), from_thing(OUTSIDE)):
        step = step_at(stage, walk(probe, changed))
        assert step.outcome == outcome
        assert words in step.text


@pytest.mark.parametrize(
    ("session", "outcome", "words"),
    [
        (SessionSummary("ONLINE", as_of=NOW), "PASS", "a data session is open"),
        (
            SessionSummary("OFFLINE", as_of=NOW - timedelta(minutes=3)),
            "DROP",
            "OFFLINE as of 2026-11-22 03:09:05Z (3m ago): there is no data session",
        ),
        (SessionSummary("BLOCKED", as_of=NOW), "DROP", "BLOCKED as of"),
        (SessionSummary("ATTACHED", as_of=NOW), "UNKNOWN", "registered"),
        (SessionSummary("UNKNOWN", as_of=NOW), "UNKNOWN", "UNKNOWN as of"),
        (
            SessionSummary("OFFLINE", as_of=NOW - timedelta(hours=2)),
            "UNKNOWN",
            "(2h ago), which is too old",
        ),
        (SessionSummary("ONLINE"), "UNKNOWN", "as of an unknown time"),
        (None, "UNKNOWN", "nothing is known of a session"),
    ],
)
def test_the_session_with_its_age(session, outcome, words) -> None:
    walked = walk(to_thing(), replace(scene, thing=replace(thing, session=session)))
    assert walked.steps[-1].outcome == outcome
    assert words in walked.steps[-1].text
    assert walked.verdict == {"PASS": "ARRIVES", "DROP": "DROPPED", "UNKNOWN": "NOT_KNOWN"}[outcome]


def test_without_a_thing_its_stages_are_skipped_and_said() -> None:
    walked = walk(to_thing(), replace(scene, thing=None))
    assert [step.text for step in walked.steps if step.outcome == "SKIP"][-3:] == [
        "no Thing chosen"
    ] * 3
    assert walked.verdict == "ARRIVES"
    assert walked.sentence.endswith("Not looked at: services, state, session (no Thing chosen).")


@pytest.mark.parametrize(
    ("changes", "stage", "outcome", "words"),
    [
        ({}, "tunnel", "PASS", "HQ is UP, selector 10.0.4.0/24 ↔ 192.168.7.0/24"),
        (
            with_tunnel(status=TunnelStatus("DOWN", last_error="DPD_TIMEOUT")),
            "tunnel",
            "DROP",
            "HQ is DOWN (DPD_TIMEOUT: peer lost)",
        ),
        (with_tunnel(status=TunnelStatus("NEGOTIATING")), "tunnel", "DROP", "NEGOTIATING"),
        (with_tunnel(status=TunnelStatus("FLAPPING")), "tunnel", "UNKNOWN", "FLAPPING"),
        (with_tunnel(status=None), "tunnel", "UNKNOWN", "a state that is not known"),
        (with_tunnel(enabled=False), "tunnel", "DROP", "HQ is disabled"),
        (
            with_tunnel(remote_cidrs=("192.168.8.0/24",)),
            "tunnel",
            "DROP",
            f"no selector of HQ has the destination {OFFICE}",
        ),
        (
            with_tunnel(local_cidrs=("10.0.5.0/24",)),
            "tunnel",
            "DROP",
            f"no selector of HQ has the source {OWN}",
        ),
        (with_tunnel(local_cidrs=()), "tunnel", "PASS", "10.0.4.0/24 ↔"),
        (
            with_tunnel(
                status=TunnelStatus(
                    "UP", phase2_up=(SelectorState("10.0.4.0/24", "192.168.7.0/24"),)
                )
            ),
            "tunnel",
            "UNKNOWN",
            "not its phase 2 for 10.0.4.0/24 ↔ 192.168.7.0/24",
        ),
        ({"tunnels": ()}, "tunnel", "DROP", "there is no tunnel vpn"),
        ({"tunnels": None}, "tunnel", "UNKNOWN", "the tunnels are not known"),
        ({"routes": None}, "route", "UNKNOWN", "the routes are not known"),
        ({"routes": ()}, "route", "DROP", f"no enabled route leads to {OFFICE}"),
        (
            {"routes": (Route("r", "192.168.0.0/16", RouteTarget("MOON")),)},
            "route",
            "UNKNOWN",
            "leads to MOON",
        ),
        (
            {"routes": (internet,), "network": replace(network, nat_public_address=None)},
            "Internet",
            "PASS",
            "the public address is not known",
        ),
    ],
)
def test_the_way_out(changes, stage, outcome, words) -> None:
    ended, how, text = last(from_thing(OFFICE), **changes)
    assert (ended, how) == (stage, outcome)
    assert words in text


def test_a_blackhole_drops_at_the_route_and_names_it() -> None:
    walked = walk(from_thing("192.168.9.1"), scene)
    assert outcomes(walked)[-1] == ("route", "DROP")
    assert walked.steps[-1].text == "192.168.9.0/24, metric 100, leads to the blackhole"
    assert "is dropped at the stage “route” by route 3, as modelled" in walked.sentence


def test_the_tunnel_is_named_by_the_route() -> None:
    walked = walk(from_thing(OFFICE), scene)
    assert walked.steps[-2].text == "192.168.0.0/16, metric 100, leads to IPsec tunnel HQ"
    assert "leaves through the tunnel to 192.168.7.9:443, as modelled" in walked.sentence


def test_a_drop_is_sure_behind_what_is_not_known() -> None:
    changed = replace(scene, inbound=None, thing=replace(thing, state="SUSPENDED"))
    assert walk(to_thing(), changed).verdict == "DROPPED"
    assert walk(to_thing(), replace(scene, inbound=None)).verdict == "NOT_KNOWN"


def test_with_nothing_known_at_all_it_still_walks() -> None:
    for probe in (to_thing(), to_thing(dst=PUBLIC), from_thing(OUTSIDE)):
        walked = walk(probe, Scene(NOW))
        assert walked.verdict == "NOT_KNOWN"
        assert "is not known, as modelled: see" in walked.sentence


def test_a_port_that_was_not_given_is_any_high_port_and_said() -> None:
    chain = (RuleSettings("DROP", "TCP", src_ports="40000"),)
    walked = walk(to_thing(src_port=None), replace(scene, inbound=chain))
    assert walked.verdict == "DROPPED"
    assert "no source port was given: 40000 stands for any high port" in walked.steps[-1].text
    both = walk(from_thing(OUTSIDE, src_port=None, dst_port=None), scene)
    assert "no source and destination port was given" in step_at("OUTBOUND chain", both).text
    assert "port was given" not in walk(to_thing(), scene).steps[3].text


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"protocol": "ANY"}, "protocol"),
        ({"protocol": "GRE"}, "protocol"),
        ({"src": "10.0.0"}, "src"),
        ({"dst": "fe80::1"}, "dst"),
        ({"src_port": 0}, "src_port"),
        ({"dst_port": 65_536}, "dst_port"),
        ({"protocol": "ICMP", "src_port": None}, "dst_port"),
    ],
)
def test_what_is_no_packet_names_its_field(fields, field) -> None:
    with pytest.raises(FieldError) as refused:
        walk(to_thing(**fields), scene)
    assert refused.value.field == field


def test_saved_and_edited_differ_when_another_rule_decides() -> None:
    saved = replace(scene, inbound=(RuleSettings("ALLOW", "TCP"),))
    edited = replace(scene, inbound=(RuleSettings("DROP", "UDP"), RuleSettings("ALLOW", "TCP")))
    probe = to_thing()
    assert not compare(probe, saved, saved).differ
    both = compare(probe, saved, edited)
    assert both.differ
    assert (both.saved.verdict, both.edited.verdict) == ("ARRIVES", "ARRIVES")


def test_names_from_outside_are_harmless(make_thing: Callable[..., Thing]) -> None:
    odd = replace(
        scene,
        thing=make_thing(name="\x1b[2J", state="ACTIVE", allowed_services=("\x07",)),
        nat_rules=(replace(nat_rule, name="a\nb"),),
        routes=(Route("r", "192.168.0.0/16", VPN),),
        tunnels=(replace(tunnel, name="\u202e", status=TunnelStatus("\x9b", last_error="\x00")),),
    )
    for probe in (to_thing(dst=PUBLIC, dst_port=8080), from_thing(OFFICE), to_thing(OFFICE)):
        walked = walk(probe, odd)
        assert all(step.text.isprintable() for step in walked.steps)
        assert walked.sentence.isprintable()
