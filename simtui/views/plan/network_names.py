"""The network of a Thing or of a group, by id and by name."""

from __future__ import annotations

from simtui.models import Thing
from simtui.views.fleet_context import FleetContext
from simtui.views.plan.wording import named


def network_id_of(thing: Thing, context: FleetContext) -> str | None:
    """The network that the Thing's group is tied to, None while that is not known."""
    group = context.group_of(thing)
    return group.network_id if group else None


def network_name(network_id: str | None, context: FleetContext) -> str:
    """The name of a network, its id while the name is not known, or ``unknown``."""
    network = context.networks.get(network_id or "")
    return named(network.name if network else network_id or "unknown")
