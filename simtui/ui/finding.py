"""From an ICCID that a person typed to the Thing."""

from __future__ import annotations

from simtui.errors import UsageError
from simtui.models import Thing
from simtui.store.find_thing import find_thing
from simtui.ui.fleet_feed import FleetFeed
from simtui.views.identity import check_iccid


async def find_by_iccid(feed: FleetFeed, text: str) -> Thing:
    """The Thing with this ICCID: as it is known here, else as the API knows it.

    Raises:
        UsageError: when it is no ICCID.
        SimtuiError: when the API does not know it or does not answer.
    """
    checked = check_iccid(text)
    if not checked.ok and not checked.is_prefix:
        raise UsageError("That is no ICCID", checked.reason)
    for thing in feed.index:
        if thing.iccid == checked.value or (
            checked.is_prefix and thing.iccid.startswith(checked.value)
        ):
            return thing
    return await find_thing(feed.store, checked.value, is_prefix=checked.is_prefix)
