"""Port forwarding: from the public address of the network to a Thing (contract §3.6, §5)."""

from __future__ import annotations

from dataclasses import replace
from ipaddress import IPv4Address

from simtui.models import NatRule, State
from simtui.views.fields.cidr import PRIVATE
from simtui.views.firewall.reading import span_of
from simtui.views.packet.nat_find import find_rule, private_port, rule_name
from simtui.views.packet.passage import (
    Passage,
    Passed,
    address_text,
    holding,
    place_text,
    with_note,
)
from simtui.views.packet.step import Outcome, Stage, Step
from simtui.views.plan.wording import listed, named, thing_name


def nat(passage: Passage) -> Passed:
    """Rewrite what goes to the public address; without a rule for it, it ends here."""
    if skipped := _not_for_nat(passage):
        return skipped
    rules = passage.scene.nat_rules
    if rules is None:
        return _ends("UNKNOWN", "the NAT rules are not known", passage)
    index, why = find_rule(rules, passage.packet, passage.scene.now)
    if index is None:
        return _ends("DROP", why, passage)
    sources = rules[index].allowed_sources
    if sources and holding(passage.packet.src, sources) is None:
        source = address_text(passage.packet.src)
        name = rule_name(rules, index)
        text = f"{name} does not allow {source}, only {listed(sources)}"
        return _ends("DROP", text, passage, index)
    return _forwarded(passage, rules, index)


def _not_for_nat(passage: Passage) -> Passed | None:
    """The step of a packet that is not addressed to the public address."""
    network, dst = passage.scene.network, passage.packet.dst
    public = network.nat_public_address if network else None
    span = span_of(public) if public else None
    destination = address_text(dst)
    if span is not None and public is not None:
        if span[0] == dst:
            return None
        text = f"{destination} is not the public address {named(public)}: nothing to rewrite"
        return Passed(Step(Stage.NAT, "SKIP", text), passage)
    if any(IPv4Address(dst) in space for space in PRIVATE) or holding(dst, passage.scene.pools):
        text = f"{destination} is a private address: nothing to rewrite"
        return Passed(Step(Stage.NAT, "SKIP", text), passage)
    text = f"the public address of the network is not known: {destination} may be it"
    return _ends("UNKNOWN", text, passage)


def _forwarded(passage: Passage, rules: tuple[NatRule, ...], index: int) -> Passed:
    rule, name = rules[index], rule_name(rules, index)
    port = private_port(rule, passage.packet.dst_port)
    if port is None:
        text = f"{name}: its private ports do not fit its public ones"
        return _ends("UNKNOWN", text, passage, index)
    address = _private_address(rule, passage)
    if address is None:
        text = f"{name}: the address of its Thing is not known"
        return _ends("UNKNOWN", text, passage, index)
    packet = replace(passage.packet, dst=address, dst_port=port)
    place = place_text(packet.dst, packet.dst_port, packet.protocol)
    text = f"{name} leads to {place}{_about_thing(rule, passage)}"
    outcome: Outcome = "CHANGE"
    if not rule.allowed_sources:
        outcome, text = "UNKNOWN", f"{text}; which sources it allows is not known"
    step = Step(Stage.NAT, outcome, with_note(text, passage), index)
    return Passed(step, replace(passage, packet=packet, thing_id=rule.thing_id))


def _private_address(rule: NatRule, passage: Passage) -> int | None:
    """Where the rule leads to; while it does not say so, to its Thing if that is the chosen."""
    thing = passage.scene.thing
    address = rule.private_address
    if not address and thing is not None and thing.thing_id == rule.thing_id and thing.ip:
        address = thing.ip.address
    span = span_of(address) if address else None
    return span[0] if span else None


def _about_thing(rule: NatRule, passage: Passage) -> str:
    thing = passage.scene.thing
    if thing is None or thing.thing_id != rule.thing_id:
        another = ", which is not the chosen one" if thing else ""
        return f", the address of Thing {named(rule.thing_id)}{another}"
    retired = ", which is RETIRED" if thing.state == State.RETIRED else ""
    return f", to {thing_name(thing)}{retired}"


def _ends(outcome: Outcome, text: str, passage: Passage, index: int | None = None) -> Passed:
    """What is not known here ends the walk: the rest depends on where the packet goes."""
    return Passed(Step(Stage.NAT, outcome, with_note(text, passage), index))
