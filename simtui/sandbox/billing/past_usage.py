"""What a Thing used in a month before the sandbox was started.

Nothing of that time is stored: it follows from the Thing's id and its usual rate, so
asking again gives the same answer.
"""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple
from zlib import crc32

from simtui.sandbox.cycles import Cycle
from simtui.sandbox.histories import activated_at, state_history
from simtui.sandbox.records import ThingRecord

_DAY_SECONDS = 86_400
_FULL = 2**32


class Usage(NamedTuple):
    """Bytes in both directions, and messages to (MT) and from (MO) the Thing."""

    data_bytes: int
    sms_mt: int
    sms_mo: int


NOTHING = Usage(0, 0, 0)


def chance_of(*parts: object) -> float:
    """A number in [0, 1) that is always the same for the same parts."""
    return crc32(":".join(map(str, parts)).encode()) / _FULL


def past_usage(thing: ThingRecord, cycle: Cycle) -> Usage:
    """What the Thing used in a closed cycle that nobody counted."""
    start, end = active_span(thing, cycle.start, cycle.end)
    days = (end - start).total_seconds() / _DAY_SECONDS
    if days <= 0:
        return NOTHING
    factor = 0.6 + 0.8 * chance_of(thing.thing_id, cycle.cycle_id)
    data = int(thing.bytes_per_day * days * factor) if "DATA" in thing.allowed_services else 0
    if "SMS" not in thing.allowed_services:
        return Usage(data, 0, 0)
    sent = chance_of(thing.thing_id, cycle.cycle_id, "MT")
    received = chance_of(thing.thing_id, cycle.cycle_id, "MO")
    return Usage(data, int(6 * sent**3), int(3 * received**4))


def active_span(thing: ThingRecord, start: datetime, end: datetime) -> tuple[datetime, datetime]:
    """From the first to the last moment within [start, end) at which it was ACTIVE.

    The two are equal when it never was.
    """
    if not thing.state_changes:
        first = activated_at(thing) or end
        last = end if thing.state == "ACTIVE" else thing.state_changed_at or end
    else:
        first, last = _stored_span(thing, end)
    first, last = max(first, start), min(last, end)
    return (first, last) if first < last else (start, start)


def _stored_span(thing: ThingRecord, end: datetime) -> tuple[datetime, datetime]:
    history = state_history(thing)
    first = next((change.at for change in history if change.to_state == "ACTIVE"), end)
    left = [change.at for change in history if change.from_state == "ACTIVE"]
    last = end if history[-1].to_state == "ACTIVE" or not left else left[-1]
    return first, last
