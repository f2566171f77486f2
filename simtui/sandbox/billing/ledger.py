"""The books of a billing cycle: one line a Thing, kept for good once the cycle is closed."""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from simtui.sandbox.billing.charged import why_free
from simtui.sandbox.billing.past_usage import NOTHING, Usage, past_usage
from simtui.sandbox.cycles import Cycle

if TYPE_CHECKING:
    from simtui.sandbox.records import ThingRecord
    from simtui.sandbox.world import World


class LedgerLine(NamedTuple):
    """One Thing in one cycle; ``free`` is empty when it is charged, else why not."""

    thing_id: str
    group_id: str
    free: str
    usage: Usage


@dataclass(slots=True)
class Ledger:
    """All Things that existed in a cycle, in columns, because there may be a million."""

    cycle: Cycle
    made_at: datetime
    thing_ids: list[str] = field(default_factory=list)
    group_ids: list[str] = field(default_factory=list)
    free: list[str] = field(default_factory=list)
    data_bytes: array[int] = field(default_factory=lambda: array("Q"))
    sms_mt: array[int] = field(default_factory=lambda: array("L"))
    sms_mo: array[int] = field(default_factory=lambda: array("L"))

    def add(self, thing: ThingRecord, free: str, usage: Usage) -> None:
        """Write down a Thing."""
        self.thing_ids.append(thing.thing_id)
        self.group_ids.append(thing.group_id)
        self.free.append(free)
        self.data_bytes.append(usage.data_bytes)
        self.sms_mt.append(usage.sms_mt)
        self.sms_mo.append(usage.sms_mo)

    def usage_of(self, thing_id: str) -> Usage:
        """What one Thing used; nothing if it did not exist."""
        try:
            row = self.thing_ids.index(thing_id)
        except ValueError:
            return NOTHING
        return Usage(self.data_bytes[row], self.sms_mt[row], self.sms_mo[row])

    def __iter__(self) -> Iterator[LedgerLine]:
        columns = (self.thing_ids, self.group_ids, self.free)
        counts = zip(self.data_bytes, self.sms_mt, self.sms_mo, strict=True)
        for thing_id, group_id, free, usage in zip(*columns, counts, strict=True):
            yield LedgerLine(thing_id, group_id, free, Usage(*usage))


def ledger_of(world: World, cycle: Cycle, now: datetime) -> Ledger:
    """The books of a cycle that has begun; those of a closed one never change again."""
    closed = world.ledgers.get(cycle.cycle_id)
    if closed is not None:
        return closed
    if now >= cycle.end:
        return _keep(world, _from_the_past(world, cycle))
    return _as_counted(world, cycle, now)


def close_ledger(world: World, cycle: Cycle) -> None:
    """Write down for good what was counted in a cycle, at the moment of its end."""
    _keep(world, _as_counted(world, cycle, cycle.end))


def _keep(world: World, ledger: Ledger) -> Ledger:
    world.ledgers[ledger.cycle.cycle_id] = ledger
    return ledger


def _as_counted(world: World, cycle: Cycle, now: datetime) -> Ledger:
    """The books from the counters of the Things themselves."""
    ledger = Ledger(cycle, now)
    for thing in world.things.values():
        free = why_free(thing, cycle.start, cycle.end)
        if free is not None:
            ledger.add(thing, free, Usage(thing.data_bytes, thing.sms_mt, thing.sms_mo))
    return ledger


def _from_the_past(world: World, cycle: Cycle) -> Ledger:
    """The books of a cycle that was over before the sandbox was started."""
    ledger = Ledger(cycle, cycle.end)
    for thing in world.things.values():
        free = why_free(thing, cycle.start, cycle.end)
        if free is not None:
            ledger.add(thing, free, past_usage(thing, cycle))
    return ledger
