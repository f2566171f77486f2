"""NAT rules: ports of the public address that lead to a Thing (contract §3.6)."""

from __future__ import annotations

from functools import partial
from typing import Any

from simtui.sandbox import limits
from simtui.sandbox.call import Answer, Call
from simtui.sandbox.find import find_nat_rule, find_network
from simtui.sandbox.limits import check_limit
from simtui.sandbox.nat import nat_settings, watch_expiry, write_nat_rule
from simtui.sandbox.paging import paged
from simtui.sandbox.records import NatRuleRecord, NetworkRecord
from simtui.sandbox.registry import operation
from simtui.sandbox.versions import amend, check_version, created, found
from simtui.sandbox.world import World

SORT_KEYS = {
    "name": lambda rule: rule.name.casefold(),
    "protocol": lambda rule: rule.protocol,
    "publicPorts": lambda rule: int(rule.public_ports.partition("-")[0]),
    "expiresAt": lambda rule: rule.expires_at,
    "createdAt": lambda rule: rule.created_at,
}


@operation("GET", "/networks/{networkId}/nat-rules", need=("network", "READ"))
def list_nat_rules(world: World, call: Call) -> Answer:
    """The NAT rules of a network, oldest first unless sorted otherwise."""
    network = find_network(world, call)
    rows = list(network.nat_rules.values())
    view = partial(nat_rule_view, world, network)
    return paged(call, rows, view, SORT_KEYS, lambda rule: rule.nat_rule_id)


@operation("POST", "/networks/{networkId}/nat-rules", need=("network", "WRITE"))
def create_nat_rule(world: World, call: Call) -> Answer:
    """Forward public ports to a Thing of this network whose address is locked."""
    network = find_network(world, call)
    check_limit(len(network.nat_rules) + 1, limits.NAT_RULES, "NAT rules in a network")
    rule = NatRuleRecord("", "", "", "", "", created_at=call.now, modified_by=call.user.email)
    write_nat_rule(world, network, rule, call.body)
    rule.nat_rule_id = world.new_id("nat")
    network.nat_rules[rule.nat_rule_id] = rule
    watch_expiry(world, network, rule)
    location = f"/networks/{network.network_id}/nat-rules/{rule.nat_rule_id}"
    return created(rule, nat_rule_view(world, network, rule), location)


@operation("GET", "/networks/{networkId}/nat-rules/{natRuleId}", need=("network", "READ"))
def get_nat_rule(world: World, call: Call) -> Answer:
    """One NAT rule."""
    network = find_network(world, call)
    rule = find_nat_rule(network, call)
    return found(rule, nat_rule_view(world, network, rule))


@operation("PATCH", "/networks/{networkId}/nat-rules/{natRuleId}", need=("network", "WRITE"))
def change_nat_rule(world: World, call: Call) -> Answer:
    """Change anything about a NAT rule; ``expiresAt`` null lets it stay."""
    network = find_network(world, call)
    rule = find_nat_rule(network, call)
    check_version(call, rule)
    write_nat_rule(world, network, rule, call.body)
    if "expiresAt" in call.body:
        watch_expiry(world, network, rule)
    amend(call, rule)
    return found(rule, nat_rule_view(world, network, rule))


@operation("DELETE", "/networks/{networkId}/nat-rules/{natRuleId}", need=("network", "WRITE"))
def delete_nat_rule(world: World, call: Call) -> Answer:
    """Close the ports."""
    network = find_network(world, call)
    rule = find_nat_rule(network, call)
    check_version(call, rule)
    del network.nat_rules[rule.nat_rule_id]
    return Answer({})


def nat_rule_view(world: World, network: NetworkRecord, rule: NatRuleRecord) -> dict[str, Any]:
    """A NAT rule as the wire spells it; no private address once the Thing has no lock."""
    thing = world.things.get(rule.thing_id)
    view = {
        "natRuleId": rule.nat_rule_id,
        **nat_settings(rule),
        "publicAddress": network.nat_public_address,
        "createdAt": rule.created_at,
        "version": rule.version,
    }
    if thing is not None and thing.ip_locked:
        view["privateAddress"] = thing.ip_address
    return view
