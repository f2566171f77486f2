"""The sessions a Thing had before, stored or derived from its habit."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from random import Random

from simtui.sandbox.histories import activated_at
from simtui.sandbox.records import SessionRecord, ThingRecord

DERIVED = 12
"""Sessions derived at most for a Thing of which none is stored."""

_ALWAYS_ON_SECONDS = 900
_DAY_SECONDS = 86_400


def session_history(thing: ThingRecord) -> tuple[SessionRecord, ...]:
    """The sessions that ended, oldest first.

    A seeded Thing has none stored at first; what its device must have done by its
    habit is then worked out, the same whenever it is asked.
    """
    if thing.past_sessions or not thing.plain_past:
        return thing.past_sessions
    return tuple(_derived(thing))[::-1]


def _derived(thing: ThingRecord) -> Iterator[SessionRecord]:
    """The sessions before the current one, the latest first."""
    session = thing.session
    first = activated_at(thing)
    if session is None or first is None:
        return
    random = Random(thing.thing_id)
    end = session.since if session.state == "OFFLINE" else session.since - _gap(thing, random)
    for number in range(DERIVED, 0, -1):
        length = _length(thing, random)
        if end - length < first:
            return
        yield _session(thing, session, f"{session.session_id}-{number}", end - length, end)
        end -= length + _gap(thing, random)


def _session(
    thing: ThingRecord, latest: SessionRecord, session_id: str, start: datetime, end: datetime
) -> SessionRecord:
    used = int(thing.bytes_per_day * (end - start).total_seconds() / _DAY_SECONDS)
    return replace(
        latest,
        session_id=session_id,
        state="OFFLINE",
        since=start,
        ended_at=end,
        end_reason="NORMAL" if is_always_on(thing) else "INACTIVITY_TIMER_EXPIRED",
        bytes_up=used * 3 // 4,
        bytes_down=used - used * 3 // 4,
    )


def is_always_on(thing: ThingRecord) -> bool:
    """Whether the device talks so often that it keeps its session open."""
    return thing.habit_seconds <= _ALWAYS_ON_SECONDS


def _length(thing: ThingRecord, random: Random) -> timedelta:
    hours = random.uniform(12, 150) if is_always_on(thing) else random.uniform(0.01, 0.1)
    return timedelta(seconds=int(3_600 * hours))


def _gap(thing: ThingRecord, random: Random) -> timedelta:
    longest = 300 if is_always_on(thing) else thing.habit_seconds
    return timedelta(seconds=int(longest * random.uniform(0.2, 1)))
