"""Adding up the lines of a ledger by whatever a report is grouped by (contract §3.9)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Literal, TypeAlias

from simtui.sandbox.billing.days import days_of, over_days
from simtui.sandbox.billing.ledger import LedgerLine
from simtui.sandbox.billing.past_usage import Usage
from simtui.sandbox.billing.prices import PRICES
from simtui.sandbox.billing.usage_points import used_span

if TYPE_CHECKING:
    from simtui.sandbox.cycles import Cycle
    from simtui.sandbox.world import World

GroupBy: TypeAlias = Literal["THING", "THINGS_GROUP", "DAY"]
Place: TypeAlias = "tuple[tuple[str, str], ...]"
"""The fields that say whose a line is or of when, in the order they are answered."""


@dataclass(slots=True)
class Tally:
    """Counts by place and kind, and how many Things are charged or free."""

    counts: dict[Place, Counter[str]] = field(default_factory=dict)
    billable: int = 0
    free: Counter[str] = field(default_factory=Counter)

    def add(self, place: Place, usage: Usage, subscriptions: int) -> None:
        """Count something at a place."""
        counter = self.counts.setdefault(place, Counter())
        counter["SUBSCRIPTION"] += subscriptions
        counter["DATA"] += usage.data_bytes
        counter["SMS_MT"] += usage.sms_mt
        counter["SMS_MO"] += usage.sms_mo

    def entries(self) -> list[tuple[Place, str, int]]:
        """(place, kind, count) for every line of the report; nothing is no line."""
        return [
            (place, kind, counter[kind])
            for place, counter in self.counts.items()
            for kind in PRICES
            if counter[kind]
        ]


def tally(
    world: World,
    cycle: Cycle,
    lines: Iterable[LedgerLine],
    group_by: GroupBy | None,
    now: datetime,
) -> Tally:
    """Add up the charged lines by Thing, by group, by day, or all together."""
    result = Tally()
    by_days = _ByDays(world, cycle, now)
    for line in lines:
        if line.free:
            result.free[line.free] += 1
            continue
        result.billable += 1
        if group_by == "DAY":
            by_days.add(line)
        else:
            result.add(_place_of(line, group_by), line.usage, 1)
    if group_by == "DAY":
        by_days.pour_into(result)
    return result


def _place_of(line: LedgerLine, group_by: GroupBy | None) -> Place:
    if group_by == "THING":
        return (("thingId", line.thing_id), ("thingsGroupId", line.group_id))
    if group_by == "THINGS_GROUP":
        return (("thingsGroupId", line.group_id),)
    return ()


class _ByDays:
    """Adds up Things that were in use at the same times before spreading their usage."""

    def __init__(self, world: World, cycle: Cycle, now: datetime) -> None:
        self._world = world
        self._cycle = cycle
        self._now = now
        self._sums: dict[tuple[datetime, datetime], list[int]] = {}

    def add(self, line: LedgerLine) -> None:
        """Count a Thing and its usage."""
        span = used_span(self._world.things[line.thing_id], self._cycle, self._now)
        sums = self._sums.setdefault(span, [0, 0, 0, 0])
        for column, count in enumerate((*line.usage, 1)):
            sums[column] += count

    def pour_into(self, result: Tally) -> None:
        """Spread what was counted; a subscription falls on the first day of use."""
        for (start, end), (data, sent, received, things) in self._sums.items():
            days = days_of(start, end, self._world.time_zone)
            usages = over_days(Usage(data, sent, received), days)
            for number, (day, usage) in enumerate(zip(days, usages, strict=True)):
                place = (("date", day.day.isoformat()),)
                result.add(place, usage, things if number == 0 else 0)
        result.counts = dict(sorted(result.counts.items()))
