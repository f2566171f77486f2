"""The state and IMEI history of a Thing, kept only where it cannot be derived.

Most Things of a large fleet have led a plain life: delivered, activated, perhaps
suspended or retired later. Theirs follows from the record's own dates, so a million
Things need not store a million histories. Once something is added, the whole history
is kept in the record.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from simtui.sandbox.records import ImeiSeen, StateChange, ThingRecord

KEPT = 100
"""Entries kept of each history; the oldest go first."""

PLATFORM = "platform"
_WAREHOUSE_TIME = timedelta(days=7)


def activated_at(thing: ThingRecord) -> datetime | None:
    """When a Thing without a stored history was first activated; None if it never was."""
    if thing.state == "PROVISIONED":
        return None
    changed = thing.state_changed_at or thing.created_at
    if thing.state == "ACTIVE":
        return changed
    return thing.created_at + min(_WAREHOUSE_TIME, (changed - thing.created_at) / 2)


def state_history(thing: ThingRecord) -> tuple[StateChange, ...]:
    """The Thing's changes of state, oldest first; the first one has no ``from_state``."""
    if thing.state_changes:
        return thing.state_changes
    steps = [StateChange(thing.created_at, None, "PROVISIONED", PLATFORM)]
    active = activated_at(thing)
    if active is not None:
        steps.append(StateChange(active, "PROVISIONED", "ACTIVE", PLATFORM))
        if thing.state != "ACTIVE":
            changed = thing.state_changed_at or thing.created_at
            steps.append(StateChange(changed, "ACTIVE", thing.state, PLATFORM))
    return tuple(steps)


def add_state_change(thing: ThingRecord, change: StateChange) -> None:
    """Remember a change. Call it before the record's own ``state`` is altered."""
    thing.state_changes = (*state_history(thing), change)[-KEPT:]


def imei_history(thing: ThingRecord) -> tuple[ImeiSeen, ...]:
    """The devices this SIM was seen in, oldest first; empty when it never attached."""
    if thing.imeis or thing.imei is None:
        return thing.imeis
    first = activated_at(thing) or thing.created_at
    last = thing.last_seen_at or first
    if thing.previous_imei is None or thing.imei_changed_at is None:
        return (ImeiSeen(thing.imei, first, last, _sessions(thing, first, last)),)
    swap = thing.imei_changed_at
    return (
        ImeiSeen(thing.previous_imei, first, swap, _sessions(thing, first, swap)),
        ImeiSeen(thing.imei, swap, last, _sessions(thing, swap, last)),
    )


def see_imei(thing: ThingRecord, imei: str, now: datetime) -> None:
    """Note that the SIM attached in the device ``imei``; a change counts as a swap."""
    if imei != thing.imei:
        thing.imeis = (*imei_history(thing), ImeiSeen(imei, now, now))[-KEPT:]
        thing.previous_imei = thing.imei
        thing.imei_changed_at = now if thing.imei else None
        thing.imei = imei
        thing.imei_sv = None
    elif thing.imeis:
        thing.imeis[-1].last_seen_at = now
        thing.imeis[-1].sessions += 1


def _sessions(thing: ThingRecord, start: datetime, end: datetime) -> int:
    """About how many sessions fit between two moments, given the device's habit."""
    return 1 + max(0, int((end - start).total_seconds())) // max(thing.habit_seconds, 3600)
