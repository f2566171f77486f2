"""What a Thing costs in memory: as a model in the store, and in the index that is searched."""

from __future__ import annotations

import asyncio
import ctypes
import gc
import resource
import sys
from contextlib import suppress
from pathlib import Path

from benchmarks.job import Job
from benchmarks.load_bench import NEAR_MS
from benchmarks.replay import endpoint
from benchmarks.report import Figure
from simtui.api.client import Client
from simtui.api.things_query import ThingsQuery
from simtui.clock import SystemClock
from simtui.store.fleet import Fleet
from simtui.ui.screens.things import FIRST_SORT
from simtui.views.fleet_context import FleetContext
from simtui.views.fleet_index import FleetIndex
from simtui.views.listing import Listing

SECTION = "memory, resident"


def resident_bytes() -> int:
    """What the process occupies now, without what it has already given up."""
    gc.collect()
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).malloc_trim(0)
    try:
        pages = int(Path("/proc/self/statm").read_text().split()[1])
    except OSError:
        return _peak_bytes()
    return pages * resource.getpagesize()


def _peak_bytes() -> int:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024


async def _load(job: Job, fleet: Fleet) -> int:
    """Load all Things; what the process occupied when its client had been used once."""
    client = Client(endpoint(job.port, NEAR_MS), clock=SystemClock())
    try:
        await client.things(ThingsQuery(limit=1))
        start = resident_bytes()
        async for chunk in client.all_things():
            fleet.merge(chunk.things, asked=0)
    finally:
        await client.close()
    return start


def measure(job: Job) -> list[Figure]:
    """Bytes a Thing for each layer, as the growth of the process divided by the Things."""
    fleet = Fleet()
    start = asyncio.run(_load(job, fleet))
    with_models = resident_bytes()
    index = FleetIndex(fleet.things.values())
    with_index = resident_bytes()
    listing = Listing(index, FleetContext(SystemClock().now()), column=FIRST_SORT)
    listing.refresh()
    with_list = resident_bytes()
    each = 1 / len(fleet)
    return [
        Figure(SECTION, "model and store", (with_models - start) * each, "B/Thing"),
        Figure(SECTION, "index", (with_index - with_models) * each, "B/Thing"),
        Figure(SECTION, "one sorted list", (with_list - with_index) * each, "B/Thing"),
        Figure(SECTION, "whole process", with_list / 2**20, "MiB"),
        Figure(SECTION, "whole process, peak of the load", _peak_bytes() / 2**20, "MiB"),
    ]
