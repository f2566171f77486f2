"""Choosing one Thing of the fleet in a form, by name or ICCID."""

from __future__ import annotations

from collections import Counter
from itertools import islice

from simtui.models import Thing
from simtui.ui.fleet_feed import FleetFeed
from simtui.views.forms.nat_thing import Things

MOST_FOUND = 50
"""Things that a form offers at once."""


def fleet_things(feed: FleetFeed) -> Things:
    """The fleet as it is known now; a name that several Things have finds none of them."""
    names = Counter(thing.name for thing in feed.index)
    known: dict[str, Thing] = {}
    for thing in feed.index:
        known[thing.iccid] = thing
        if thing.name and names[thing.name] == 1:
            known.setdefault(thing.name, thing)

    def search(text: str) -> tuple[Thing, ...]:
        part = text.strip().casefold()
        found = (
            thing
            for thing in feed.index
            if part in thing.name.casefold()
            or part in thing.iccid
            or (thing.ip is not None and part in (thing.ip.address or ""))
        )
        return tuple(islice(found, MOST_FOUND))

    return Things(search, feed.thing, known.get)
