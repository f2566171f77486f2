"""Locking and unlocking the IP address of a Thing (contract §3.1, §3.6)."""

from __future__ import annotations

from collections.abc import Sequence

from simtui.models import NatRule, State, Thing
from simtui.models.action import LockIp, UnlockIp
from simtui.views.fleet_context import FleetContext
from simtui.views.plan.field_texts import address_text
from simtui.views.plan.verdict import Already, Changes, Facts, Forbidden, Judge, Verdict
from simtui.views.plan.wording import listed, named, plural


def judge_lock_ip(action: LockIp, facts: Facts) -> Judge:
    """Lock the present lease, a free address where there is none, or a chosen address."""

    def judge(thing: Thing) -> Verdict:
        locked = thing.ip is not None and thing.ip.locked
        address = thing.ip.address if thing.ip else None
        if thing.state == State.RETIRED:
            return Forbidden("a RETIRED Thing cannot hold an address")
        if locked and action.address in (None, address):
            return Already(f"{named(address or 'its address')} is locked already")
        if locked and (rules := facts.nat_rules.get(thing.thing_id)):
            return Forbidden(_pointed_at(rules, address))
        after, note = _locked(action, thing, facts.context)
        return Changes(address_text(thing.ip), f"{after}, locked", note)

    return judge


def judge_unlock_ip(action: UnlockIp, facts: Facts) -> Judge:
    """Turn the lock into a lease; not while a NAT rule points at it."""

    def judge(thing: Thing) -> Verdict:
        if thing.ip is None or not thing.ip.locked:
            return Already("its address is not locked")
        if rules := facts.nat_rules.get(thing.thing_id):
            return Forbidden(_pointed_at(rules, thing.ip.address))
        address = named(thing.ip.address or "no address")
        return Changes(
            address_text(thing.ip), f"{address}, a lease", "it can get another when that ends"
        )

    return judge


def _locked(action: LockIp, thing: Thing, context: FleetContext) -> tuple[str, str]:
    """The address that will be locked, and what to know about it."""
    if action.address is not None:
        return named(action.address), ""
    ip = thing.ip
    if ip is None or not ip.address:
        return "a free address", ""
    network = context.network_of(thing)
    pools = {pool.ip_pool_id for pool in network.ip_pools} if network else set()
    if network and pools and ip.pool_id and ip.pool_id not in pools:
        note = f"its lease is not of network {named(network.name)}, where it belongs now"
        return "a free address", note
    return named(ip.address), ""


def _pointed_at(rules: Sequence[NatRule], address: str | None) -> str:
    """``NAT rule web (TCP 8080) points at 10.0.4.17; delete or change it first``."""
    count = len(rules)
    names = listed(
        f"{rule.name or rule.nat_rule_id} ({rule.protocol} {rule.public_ports})" for rule in rules
    )
    return (
        f"NAT {plural(count, 'rule', 'rules')} {names} {plural(count, 'points', 'point')} at "
        f"{named(address or 'its address')}; delete or change {plural(count, 'it', 'them')} first"
    )
