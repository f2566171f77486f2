"""What the platform noticed (contract §2, EXT)."""

from __future__ import annotations

from typing import Any

from simtui.sandbox.call import Answer, Call, invalid
from simtui.sandbox.paging import paged
from simtui.sandbox.periods import LONGEST
from simtui.sandbox.records import EventRecord
from simtui.sandbox.registry import operation
from simtui.sandbox.world import World

SORT_KEYS = {
    "at": lambda event: event.at,
    "severity": lambda event: ("INFO", "WARNING", "CRITICAL").index(event.severity),
    "type": lambda event: event.type,
}


@operation("GET", "/events", need=("things", "READ"), ext=True)
def list_events(world: World, call: Call) -> Answer:
    """Events that fit all filters, the latest first; ``since`` is at most 92 days ago."""
    wanted = call.query
    since = wanted.get("since")
    if since is not None and call.now - since > LONGEST:
        raise invalid("since", "TOO_LONG", f"since is at most {LONGEST.days} days ago")
    rows = [
        event
        for event in reversed(world.events)
        if wanted.get("thingId", event.thing_id) == event.thing_id
        and wanted.get("severity", event.severity) == event.severity
        and wanted.get("type", event.type) == event.type
        and (since is None or event.at >= since)
    ]
    return paged(call, rows, event_view, SORT_KEYS, lambda event: event.event_id)


def event_view(event: EventRecord) -> dict[str, Any]:
    """An event as the wire spells it."""
    return {
        "eventId": event.event_id,
        "at": event.at,
        "severity": event.severity,
        "type": event.type,
        "thingId": event.thing_id,
        "message": event.message,
    }
