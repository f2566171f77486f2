"""What moving to another group changes: network, addresses and firewall (contract §3.3)."""

from __future__ import annotations

from collections import Counter

from simtui.models import Network, Thing, ThingsGroup
from simtui.models.action import MoveToGroup
from simtui.views.amounts import count_text
from simtui.views.cell import Cell
from simtui.views.fleet_context import FleetContext
from simtui.views.plan.network_names import network_id_of, network_name
from simtui.views.plan.session_remarks import running_until_then
from simtui.views.plan.wording import listed, named, plural, things_text

_MOST_ORIGINS = 5


def move_remarks(
    action: MoveToGroup, things: tuple[Thing, ...], context: FleetContext
) -> tuple[Cell, ...]:
    """The old and the new network and firewall by name, and when they change."""
    group = context.groups[action.things_group_id]
    return (
        *_networks(things, group, context),
        *_firewalls(things, group, context),
        Cell(f"Takes effect at the next session. {running_until_then(things)}".strip(), "accent"),
    )


def _networks(
    things: tuple[Thing, ...], group: ThingsGroup, context: FleetContext
) -> tuple[Cell, ...]:
    from_networks = Counter(network_id_of(thing, context) for thing in things)
    stay = from_networks.pop(group.network_id, 0)
    new = _with_pools(group.network_id, context)
    origins = [
        (f"network {_with_pools(network_id, context)}", count)
        for network_id, count in from_networks.most_common()
    ]
    moved = _changed(origins, f"{new}; the addresses become others")
    same = f"{things_text(stay)} {plural(stay, 'stays', 'stay')} in network {new}."
    return (*moved, *([Cell(same, "dim")] if stay else []))


def _firewalls(
    things: tuple[Thing, ...], group: ThingsGroup, context: FleetContext
) -> tuple[Cell, ...]:
    from_profiles = Counter(_profile_id(thing, context) for thing in things)
    stay = from_profiles.pop(group.ip_profile_id, 0)
    new = _profile_text(group.ip_profile_id, context)
    origins = [
        (f"firewall {_profile_text(profile_id, context)}", count)
        for profile_id, count in from_profiles.most_common()
    ]
    same = f"{things_text(stay)} {plural(stay, 'keeps', 'keep')} the firewall {new}."
    return (*_changed(origins, new), *([Cell(same, "dim")] if stay else []))


def _changed(origins: list[tuple[str, int]], new: str) -> tuple[Cell, ...]:
    """One line for each place that Things come from; the smallest ones together."""
    lines = [
        Cell(f"{things_text(count)}: {old} → {new}.", "warn")
        for old, count in origins[:_MOST_ORIGINS]
    ]
    rest = sum(count for _, count in origins[_MOST_ORIGINS:])
    if rest:
        others = count_text(len(origins) - _MOST_ORIGINS)
        lines.append(Cell(f"{things_text(rest)} from {others} others → {new}.", "warn"))
    return tuple(lines)


def _profile_id(thing: Thing, context: FleetContext) -> str | None:
    group = context.group_of(thing)
    return group.ip_profile_id if group else None


def _profile_text(profile_id: str | None, context: FleetContext) -> str:
    """The name of an IP profile and how many rules it has, its id while it is not known."""
    profile = context.ip_profiles.get(profile_id or "")
    if profile is None:
        return named(profile_id or "unknown")
    rules = len(profile.inbound) + len(profile.outbound)
    many = "no rules" if not rules else f"{count_text(rules)} {plural(rules, 'rule', 'rules')}"
    return f"{named(profile.name)} ({many})"


def _with_pools(network_id: str | None, context: FleetContext) -> str:
    """``North (10.0.4.0/22)``: a network by its name, with its pools."""
    name = network_name(network_id, context)
    network: Network | None = context.networks.get(network_id or "")
    pools = listed(pool.cidr for pool in network.ip_pools) if network else ""
    return f"{name} ({pools})" if pools else name
