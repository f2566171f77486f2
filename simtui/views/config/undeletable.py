"""Why an object cannot be deleted, told before the server refuses it (contract §2, §3.4)."""

from __future__ import annotations

from collections.abc import Iterable

from simtui.models import IpPool, IpProfile, Network, Routes, ThingsGroup, Tunnel
from simtui.models.config_change import Kind, Ref
from simtui.views.amounts import count_text
from simtui.views.config.reach import groups_reached
from simtui.views.fleet_context import FleetContext
from simtui.views.plan.wording import listed, plural, things_text

_DEFAULT = (
    "It is the default group: new Things come into it. Things can be moved out of it, but it stays."
)


def why_group_stays(group: ThingsGroup) -> str:
    """Empty when it can be deleted."""
    if group.is_default:
        return _DEFAULT
    if group.thing_count:
        things = things_text(group.thing_count)
        return f"It has {things}; move them to another group first: T shows them, a moves them."
    return ""


def why_network_stays(network: Network, context: FleetContext) -> str:
    """Empty when it can be deleted."""
    return _used_by(Ref(Kind.NETWORK, network.network_id), context)


def why_profile_stays(profile: IpProfile, context: FleetContext) -> str:
    """Empty when it can be deleted."""
    return _used_by(Ref(Kind.PROFILE, profile.ip_profile_id), context)


def why_pool_stays(pool: IpPool, tunnels: Iterable[Tunnel]) -> str:
    """Empty when it can be deleted."""
    if pool.leased:
        word = plural(pool.leased, "address", "addresses")
        return f"{count_text(pool.leased)} {word} of it are in use; enter shows by which Things."
    behind = [tunnel.name for tunnel in tunnels if pool.cidr in tunnel.local_cidrs]
    return f"It is behind tunnel {listed(behind)}; take it out there first." if behind else ""


def why_tunnel_stays(tunnel: Tunnel, routes: Routes | None) -> str:
    """Empty when it can be deleted."""
    into = [
        route.destination_cidr
        for route in (routes.items if routes is not None else ())
        if route.target.tunnel_id == tunnel.tunnel_id
    ]
    return f"Routes lead into it: {listed(into)}; change them first." if into else ""


def _used_by(ref: Ref, context: FleetContext) -> str:
    groups = groups_reached(ref, context)
    if not groups:
        return ""
    names = listed(sorted((group.name for group in groups), key=str.casefold))
    return f"It is used by {names}; give {plural(len(groups), 'it', 'them')} another one first."
