"""Readable names for the ids in a difference."""

from __future__ import annotations

from simtui.models.config_change import ConfigChange
from simtui.models.settings import NatSettings, RouteTable, Settings
from simtui.store.queries import TunnelsQuery
from simtui.ui.fleet_feed import FleetFeed
from simtui.views.config.names import names_of
from simtui.views.plan.wording import named, thing_name


def readable_names(feed: FleetFeed, *several: Settings | None) -> dict[str, str]:
    """Names of groups, networks and IP profiles by id, and of the Things that ``several``
    settings speak of; safe to print."""
    found = names_of(feed.context)
    for settings in several:
        thing_id = settings.thing_id if isinstance(settings, NatSettings) else ""
        if (thing := feed.thing(thing_id)) is not None:
            found[thing_id] = thing_name(thing)
    return found


def names_for(feed: FleetFeed, change: ConfigChange) -> dict[str, str]:
    """What the difference of a change needs; tunnels as far as they are known by now."""
    found = readable_names(feed, change.before, change.after)
    if isinstance(change.after, RouteTable):
        tunnels = feed.store.entry(TunnelsQuery(change.ref.parent_id)).value or ()
        found |= {tunnel.tunnel_id: named(tunnel.name) for tunnel in tunnels}
    return found
