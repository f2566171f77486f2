"""What giving a group another network or IP profile means for its Things (contract §3.3)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from simtui.models import IpProfile, NatRule, Thing
from simtui.models.settings import GroupSettings
from simtui.views.amounts import count_text
from simtui.views.cell import Cell
from simtui.views.fleet_context import FleetContext
from simtui.views.plan.network_names import network_name
from simtui.views.plan.wording import listed, named, plural, thing_name, things_text


def repoint_remarks(
    before: GroupSettings | None,
    after: GroupSettings,
    things: Iterable[Thing],
    nat_rules: Sequence[NatRule],
    context: FleetContext,
) -> tuple[Cell, ...]:
    """What to know before it is done, beside whom it reaches and when.

    ``things`` are those of the group, ``nat_rules`` those of the network that it has now.
    """
    if before is None:
        return ()
    every = tuple(things)
    remarks: list[Cell] = []
    if before.network_id != after.network_id and every:
        remarks += _addresses(after, context)
        remarks += _locked(before, every, context)
        remarks += _forwardings(before, every, nat_rules, context)
    if before.ip_profile_id != after.ip_profile_id and every:
        remarks += _firewall(before, after, context)
    return tuple(remarks)


def _addresses(after: GroupSettings, context: FleetContext) -> Iterator[Cell]:
    network = context.networks.get(after.network_id)
    name = network_name(after.network_id, context)
    if network is None:
        return
    if not network.ip_pools:
        yield Cell(f"Network {name} has no IP pool: its Things would get no address.", "bad")
        return
    pools = listed(pool.cidr for pool in network.ip_pools)
    yield Cell(f"The Things get other addresses, from {pools} of network {name}.", "warn")
    free = [pool.available for pool in network.ip_pools]
    if all(count is not None for count in free):
        yield Cell(f"{count_text(sum(count or 0 for count in free))} are free there now.", "dim")


def _locked(
    before: GroupSettings, things: Sequence[Thing], context: FleetContext
) -> Iterator[Cell]:
    """The server refuses it while an address is locked (contract §3.3, ``IP_LOCKED``)."""
    locked = [thing for thing in things if thing.ip is not None and thing.ip.locked]
    if not locked:
        return
    count = len(locked)
    has, they = plural(count, "has", "have"), plural(count, "it", "they")
    yield Cell(
        f"{things_text(count)} {has} a locked address in network "
        f"{network_name(before.network_id, context)}; the server refuses this until {they} "
        f"{plural(count, 'is', 'are')} unlocked: {listed(map(thing_name, locked))}.",
        "bad",
    )


def _forwardings(
    before: GroupSettings,
    things: Sequence[Thing],
    nat_rules: Sequence[NatRule],
    context: FleetContext,
) -> Iterator[Cell]:
    ids = {thing.thing_id for thing in things}
    staying = [rule for rule in nat_rules if rule.thing_id in ids]
    if staying:
        count = len(staying)
        names = listed(rule.name or f"{rule.protocol} {rule.public_ports}" for rule in staying)
        rules = f"{count_text(count)} NAT {plural(count, 'rule', 'rules')}"
        yield Cell(
            f"{rules} for its Things {plural(count, 'stays', 'stay')} in network "
            f"{network_name(before.network_id, context)} and forward nothing any more: {names}.",
            "warn",
        )


def _firewall(before: GroupSettings, after: GroupSettings, context: FleetContext) -> Iterator[Cell]:
    old, new = (context.ip_profiles.get(one.ip_profile_id) for one in (before, after))
    if new is None:
        return
    was = f"{_rules_text(old)} → " if old is not None else ""
    is_open = not new.inbound and not new.outbound
    yield Cell(f"Firewall: {was}{_rules_text(new)}.", "warn" if is_open else "dim")


def _rules_text(profile: IpProfile) -> str:
    rules = len(profile.inbound) + len(profile.outbound)
    if not rules:
        return f"{named(profile.name)} (no rules: everything is allowed)"
    return f"{named(profile.name)} ({count_text(rules)} {plural(rules, 'rule', 'rules')})"
