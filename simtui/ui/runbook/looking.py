"""How Things and messages are now, in a few requests for all of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from simtui.models import Sms, Thing
from simtui.models.runbook import RunThing
from simtui.store.fleet_queries import ICCIDS_A_REQUEST, FleetQuery, WindowQuery
from simtui.store.fleet_sync import ONE_PAGE
from simtui.store.sms_queries import WithReferenceQuery
from simtui.store.store import Store

HURRIED: Final = 0.8
"""Share of the quota from which only what has to be asked is asked."""


async def things_now(store: Store, those: Iterable[RunThing]) -> Mapping[str, Thing]:
    """The Things by id, read anew: by their ICCIDs, or all of the fleet where that is less.

    Raises:
        SimtuiError: when they cannot be read.
    """
    iccids = tuple(sorted({one.iccid for one in those}))
    known = store.entry(FleetQuery()).value
    pages = -(-len(known) // ONE_PAGE) if known is not None and len(known) else None
    if pages is not None and pages < len(iccids) / ICCIDS_A_REQUEST:
        return (await store.fetch(FleetQuery())).things
    found = await store.fetch(WindowQuery(iccids))
    return {thing.thing_id: thing for thing in found}


async def messages_now(store: Store, operation: str) -> Mapping[str, Sms]:
    """The messages of an operation, by their Things.

    Raises:
        SimtuiError: when they cannot be read.
    """
    found = await store.fetch(WithReferenceQuery(operation))
    return {sms.thing_id: sms for sms in found if sms.thing_id}


def is_hurried(store: Store) -> bool:
    """Whether the quota is used so far that asking has to wait."""
    share = store.quota.share if store.quota is not None else None
    return (share or 0.0) >= HURRIED
