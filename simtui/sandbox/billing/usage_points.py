"""A Thing's usage as points in time (contract §2, ``/things/{id}/usage``)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Literal, TypeAlias

from simtui.sandbox.billing.days import Slice, days_of, hours_of, over_days, over_hours
from simtui.sandbox.billing.past_usage import NOTHING, Usage, active_span, past_usage
from simtui.sandbox.cycles import Cycle, cycle_at

if TYPE_CHECKING:
    from simtui.sandbox.records import ThingRecord
    from simtui.sandbox.world import World

Granularity: TypeAlias = Literal["HOUR", "DAY"]


@dataclass(frozen=True, slots=True)
class UsagePoint:
    """What was used from ``at`` until the next point."""

    at: datetime
    usage: Usage


def usage_points(
    world: World, thing: ThingRecord, start: datetime, end: datetime, granularity: Granularity
) -> list[UsagePoint]:
    """The days or hours that touch [start, end), oldest first, until now.

    All points of a cycle add up to its ``usageCycle``; a Thing has none from before
    it was created.
    """
    now = world.clock.now()
    end = min(end, now)
    points: list[UsagePoint] = []
    cycle = cycle_at(max(start, thing.created_at), world.time_zone)
    while cycle.start < end:
        points += _points_of_cycle(world, thing, cycle, now, granularity)
        cycle = cycle.next()
    ends = [point.at for point in points[1:]] + [now]
    return [
        point
        for point, until in zip(points, ends, strict=False)
        if until > start and point.at < end
    ]


def cycle_usage(world: World, thing: ThingRecord, cycle: Cycle, now: datetime) -> Usage:
    """What a Thing used in a cycle: counted, written down, or from before the sandbox."""
    if now < cycle.end:
        return Usage(thing.data_bytes, thing.sms_mt, thing.sms_mo)
    ledger = world.ledgers.get(cycle.cycle_id)
    if ledger is None:
        return past_usage(thing, cycle)
    return ledger.usage_of(thing.thing_id)


def used_span(thing: ThingRecord, cycle: Cycle, now: datetime) -> tuple[datetime, datetime]:
    """Within a cycle, from when until when the Thing may have used anything."""
    end = until = min(cycle.end, now)
    if thing.silent and thing.last_seen_at is not None:
        until = min(until, thing.last_seen_at)
    first, last = active_span(thing, cycle.start, until)
    return (first, last) if first < last else (cycle.start, end)


def _points_of_cycle(
    world: World, thing: ThingRecord, cycle: Cycle, now: datetime, granularity: Granularity
) -> Iterator[UsagePoint]:
    used = days_of(*used_span(thing, cycle, now), world.time_zone)
    usage_by_day = {
        part.day: (part, usage)
        for part, usage in zip(
            used, over_days(cycle_usage(world, thing, cycle, now), used), strict=True
        )
    }
    begin = max(cycle.start, thing.created_at)
    for day in days_of(begin, min(cycle.end, now), world.time_zone):
        part, usage = usage_by_day.get(day.day, (day, NOTHING))
        if granularity == "DAY":
            yield UsagePoint(day.start, usage)
        else:
            yield from _points_of_day(thing, day, part, usage)


def _points_of_day(
    thing: ThingRecord, day: Slice, part: Slice, usage: Usage
) -> Iterator[UsagePoint]:
    used = hours_of(part)
    by_hour = {
        _hour(hour): usage
        for hour, usage in zip(used, over_hours(usage, used, thing.thing_id), strict=True)
    }
    for hour in hours_of(day):
        yield UsagePoint(hour.start, by_hour.get(_hour(hour), NOTHING))


def _hour(piece: Slice) -> datetime:
    return piece.start.replace(minute=0, second=0, microsecond=0)
