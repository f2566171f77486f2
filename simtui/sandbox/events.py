"""What the platform noticed and tells under ``/events`` (contract §2, EXT)."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Literal, TypeAlias

from simtui.sandbox.records import EventRecord

if TYPE_CHECKING:
    from simtui.sandbox.world import World

Severity: TypeAlias = Literal["INFO", "WARNING", "CRITICAL"]

KEPT = 5_000
"""Events kept at least; the oldest go first."""


def log_event(
    world: World,
    now: datetime,
    severity: Severity,
    event_type: str,
    message: str,
    thing_id: str | None = None,
) -> None:
    """Append an event; the oldest are dropped in halves, so that appending stays cheap."""
    event_id = world.new_id("ev")
    world.events.append(EventRecord(event_id, now, severity, event_type, message, thing_id))
    if len(world.events) >= 2 * KEPT:
        del world.events[:KEPT]
