"""From an ICCID that a person typed to the Thing."""

from __future__ import annotations

from simtui.errors import UsageError
from simtui.models import Thing
from simtui.store.queries import ThingByIccidQuery
from simtui.ui.fleet_feed import FleetFeed
from simtui.views.identity import check_iccid


async def find_by_iccid(feed: FleetFeed, text: str) -> Thing:
    """The Thing with this ICCID: as it is known here, else as the API knows it.

    Nineteen digits without a right check digit may be a card's number without it, so they
    are looked for as the start of an ICCID (contract §9).

    Raises:
        UsageError: when it is no ICCID.
        SimtuiError: when the API does not know it or does not answer.
    """
    checked = check_iccid(text)
    if checked.is_prefix:
        for thing in feed.index:
            if thing.iccid.startswith(checked.value):
                return thing
    elif not checked.ok:
        raise UsageError("That is no ICCID", checked.reason)
    for thing in feed.index:
        if thing.iccid == checked.value:
            return thing
    return await feed.store.fetch(ThingByIccidQuery(checked.value))
