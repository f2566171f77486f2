"""How long a look at the blast radius takes, of a fleet in which a part of a group has failed.

The yardstick is one bare pass over the same Things that reads the same attributes.
"""

from __future__ import annotations

import asyncio
import statistics
import time
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import timedelta
from typing import Final

from benchmarks.job import Job
from benchmarks.loading import pages
from benchmarks.report import Figure
from simtui.models import IpLease, SessionSummary, Thing
from simtui.views.blast.look import Look
from simtui.views.blast.question import Question
from simtui.views.fleet_context import FleetContext
from simtui.views.fleet_index import FleetIndex

SECTION = "blast radius"
TARGET: Final = "target: below 500 ms at 100,000 Things"
_OUT_FOR: Final = timedelta(hours=3)
_EVERY: Final = 25
"""Each such Thing that is online is struck: more than fail by themselves in this fleet."""


def with_outage(things: Iterable[Thing], context: FleetContext) -> tuple[list[Thing], str]:
    """Some Things that were online are out since one moment and carry a tag of their own."""
    since = context.now - _OUT_FOR
    gone = SessionSummary("OFFLINE", since, context.now)
    fleet, online = [], 0
    for thing in things:
        is_online = thing.session is not None and thing.session.state == "ONLINE"
        online += is_online
        if is_online and thing.state == "ACTIVE" and online % _EVERY == 0:
            tags = (*thing.tags, "outage")
            thing = replace(thing, session=gone, last_seen_at=since, ip=IpLease(), tags=tags)
        fleet.append(thing)
    return fleet, "outage"


def bare(things: Iterable[Thing]) -> int:
    """Read what a look reads of each Thing, and do nothing with it."""
    read = 0
    for thing in things:
        session, place, ip = thing.session, thing.last_location, thing.ip
        seen = (thing.state, thing.allowed_services, thing.last_seen_at, thing.imei, thing.tags)
        at = (place.mcc, place.mnc, place.lac, place.tac) if place is not None else ()
        on = (session.state, session.since) if session is not None else ()
        read += len(seen) + len(at) + len(on) + (ip is not None and ip.pool_id is not None)
    return read


def _timed(act: Callable[[], object], repeats: int) -> float:
    seconds = []
    for _ in range(repeats):
        start = time.perf_counter()
        act()
        seconds.append(time.perf_counter() - start)
    return statistics.median(seconds) * 1000


def _longest_step(look: Look) -> float:
    longest = 0.0
    while look.result is None:
        start = time.perf_counter()
        look.step()
        longest = max(longest, time.perf_counter() - start)
    return longest * 1000


async def _measure(job: Job) -> list[Figure]:
    async with pages(job.snapshot) as restored:
        restored.store.restore_first()
        await restored.store.restore_rest()
        await restored.settled(job.things)
        heard = (thing.last_seen_at for thing in restored.feed.index)
        now = max(moment for moment in heard if moment is not None)
        context = replace(restored.feed.context, now=now)
        things, tag = with_outage(restored.feed.index, context)
        index = FleetIndex(things)
        question = Question()
        whole = _timed(lambda: Look(index, context, question).finish(), job.repeats)
        yardstick = _timed(lambda: bare(things), job.repeats)
        found = Look(index, context, question).finish().findings
        rank = next((at for at, one in enumerate(found, 1) if one.value.key == tag), 0)
        return [
            Figure(SECTION, "a look at all Things", whole, "ms", yardstick, TARGET),
            Figure(SECTION, "longest step", _longest_step(Look(index, context, question)), "ms"),
            Figure(SECTION, "rank of the real factor", rank, note="1 is right"),
        ]


def measure(job: Job) -> list[Figure]:
    """A look at a fleet that comes from the snapshot."""
    return asyncio.run(_measure(job))
