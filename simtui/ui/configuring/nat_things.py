"""The Things that a NAT rule can lead to, offered before all others."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

from simtui.models import State, Thing
from simtui.ui.configuring.fleet_things import MOST_FOUND, fleet_things
from simtui.ui.fleet_feed import FleetFeed
from simtui.views.forms.nat_thing import Things
from simtui.views.plan.network_names import network_id_of


def nat_things(feed: FleetFeed, network_id: str) -> Things:
    """The fleet, of which those in the network that have an address are offered; others only
    when none of these is meant, so that the form can say what is against them."""
    fleet = fleet_things(feed)

    def search(text: str) -> Sequence[Thing]:
        context, part = feed.context, text.strip().casefold()
        found = (
            thing
            for thing in feed.index
            if _is_meant(thing, part)
            and thing.state != State.RETIRED
            and network_id_of(thing, context) == network_id
        )
        return tuple(islice(found, MOST_FOUND)) or fleet.search(text)

    return fleet._replace(search=search)


def _is_meant(thing: Thing, part: str) -> bool:
    """Whether it can be forwarded to, and has ``part`` in one of its texts."""
    address = thing.ip.address if thing.ip is not None else None
    if not address:
        return False
    return part in thing.name.casefold() or part in thing.iccid or part in address
