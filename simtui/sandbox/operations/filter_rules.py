"""Filter rules: a whole chain at once, or one rule after the other (contract §3.5).

The version of the profile is the ETag of both chains and of every rule in them.
"""

from __future__ import annotations

from collections.abc import Mapping
from copy import copy
from dataclasses import replace
from functools import partial
from typing import Any

from simtui.sandbox.call import Answer, Call, invalid, not_found
from simtui.sandbox.chains import (
    CHAINS,
    chain_of,
    place_of,
    rule_settings,
    rule_view,
    write_rule,
)
from simtui.sandbox.find import find_profile
from simtui.sandbox.limits import RULES_PER_CHAIN, check_limit
from simtui.sandbox.paging import paged
from simtui.sandbox.records import IpProfileRecord, RuleRecord
from simtui.sandbox.registry import operation
from simtui.sandbox.validate.fields import unknown_id
from simtui.sandbox.validate.text import refuse_duplicates
from simtui.sandbox.versions import amend, check_version, created, found
from simtui.sandbox.world import World

SORT_KEYS = {
    "position": lambda placed: placed[0],
    "action": lambda placed: placed[1].action,
    "hits": lambda placed: placed[1].hits,
    "lastHitAt": lambda placed: placed[1].last_hit_at,
}


@operation("GET", "/ip-profiles/{ipProfileId}/chains/{chain}", need=("network", "READ"))
def get_chain(world: World, call: Call) -> Answer:
    """The rules of a chain in evaluation order."""
    return _chain_answer(call, find_profile(world, call), _chain_name(call))


@operation("PUT", "/ip-profiles/{ipProfileId}/chains/{chain}", need=("network", "WRITE"))
def replace_chain(world: World, call: Call) -> Answer:
    """Replace a chain, all or nothing; rules named by their ``ruleId`` keep their hits."""
    profile = find_profile(world, call)
    chain = _chain_name(call)
    check_version(call, profile, required=True)
    items = call.body["items"]
    check_limit(len(items), RULES_PER_CHAIN, f"rules in chain {chain}")
    refuse_duplicates("items", [item["ruleId"] for item in items if "ruleId" in item])
    known = {rule.rule_id: rule for rule in chain_of(profile, chain)}
    rules = [_read_item(known, item, f"items[{at}]") for at, item in enumerate(items)]
    for rule in rules:
        rule.rule_id = rule.rule_id or world.new_id("fr")
    chain_of(profile, chain)[:] = rules
    amend(call, profile)
    return _chain_answer(replace(call, query={"limit": RULES_PER_CHAIN}), profile, chain)


@operation("POST", "/ip-profiles/{ipProfileId}/rules", need=("network", "WRITE"))
def add_rule(world: World, call: Call) -> Answer:
    """One more rule, at ``position`` or last."""
    profile = find_profile(world, call)
    chain = call.body["chain"]
    rules = chain_of(profile, chain)
    check_limit(len(rules) + 1, RULES_PER_CHAIN, f"rules in chain {chain}")
    rule = RuleRecord("", call.body["action"], call.body["protocol"])
    write_rule(rule, call.body)
    index = _index(call.body.get("position"), len(rules))
    rule.rule_id = world.new_id("fr")
    rules.insert(index, rule)
    amend(call, profile)
    location = f"/ip-profiles/{profile.ip_profile_id}/rules/{rule.rule_id}"
    return created(profile, rule_view(chain, index + 1, rule), location)


@operation("PATCH", "/ip-profiles/{ipProfileId}/rules/{ruleId}", need=("network", "WRITE"))
def change_rule(world: World, call: Call) -> Answer:
    """Change a rule, or move it to another position or the other chain."""
    profile = find_profile(world, call)
    chain, index = _find_rule(profile, call)
    check_version(call, profile)
    rule = chain_of(profile, chain)[index]
    changed = copy(rule)
    write_rule(changed, rule_settings(rule) | call.body)
    new_chain = call.body.get("chain", chain)
    others = [other for other in chain_of(profile, new_chain) if other is not rule]
    check_limit(len(others) + 1, RULES_PER_CHAIN, f"rules in chain {new_chain}")
    stays = index + 1 if new_chain == chain else None
    new_index = _index(call.body.get("position", stays), len(others))
    del chain_of(profile, chain)[index]
    chain_of(profile, new_chain).insert(new_index, changed)
    amend(call, profile)
    return found(profile, rule_view(new_chain, new_index + 1, changed))


@operation("DELETE", "/ip-profiles/{ipProfileId}/rules/{ruleId}", need=("network", "WRITE"))
def delete_rule(world: World, call: Call) -> Answer:
    """Remove a rule; those behind it move up."""
    profile = find_profile(world, call)
    chain, index = _find_rule(profile, call)
    check_version(call, profile)
    del chain_of(profile, chain)[index]
    amend(call, profile)
    return Answer({})


def _chain_answer(call: Call, profile: IpProfileRecord, chain: str) -> Answer:
    placed = list(enumerate(chain_of(profile, chain), start=1))
    page = paged(call, placed, partial(_placed_view, chain), SORT_KEYS, lambda row: row[0])
    return replace(page, version=profile.version)


def _placed_view(chain: str, placed: tuple[int, RuleRecord]) -> dict[str, Any]:
    return rule_view(chain, *placed)


def _chain_name(call: Call) -> str:
    chain = call.path["chain"]
    if chain not in CHAINS:
        raise not_found("chain", chain)
    return chain


def _find_rule(profile: IpProfileRecord, call: Call) -> tuple[str, int]:
    rule_id = call.path["ruleId"]
    place = place_of(profile, rule_id)
    if place is None:
        raise not_found("filter rule", rule_id)
    return place


def _read_item(known: Mapping[str, RuleRecord], item: Mapping[str, Any], at: str) -> RuleRecord:
    """The rule of one item, checked: a copy of a known one, or new with an empty id."""
    rule_id = item.get("ruleId")
    if rule_id is None:
        rule = RuleRecord("", item["action"], item["protocol"])
    elif rule_id in known:
        rule = copy(known[rule_id])
    else:
        raise unknown_id(f"{at}.ruleId", "filter rule in this chain", rule_id)
    write_rule(rule, item, f"{at}.")
    return rule


def _index(position: int | None, others: int) -> int:
    """The place in a chain of ``others`` rules that a 1-based position means."""
    if position is None:
        return others
    if position > others + 1:
        raise invalid("position", "RANGE", f"position must lie in 1-{others + 1}, not {position}")
    return position - 1
