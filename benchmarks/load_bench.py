"""How fast a fleet loads, and how long the event loop is kept from keys meanwhile.

The yardstick asks for the same pages of the same server with the same HTTP client, as many
at once, and only counts the bytes.
"""

from __future__ import annotations

import asyncio
import time

import httpx

from benchmarks.job import Job
from benchmarks.loading import pages
from benchmarks.replay import endpoint
from benchmarks.report import Figure
from benchmarks.stall import StallWatch
from simtui.api.client import Client
from simtui.api.full_load import AT_ONCE
from simtui.api.paging import LARGEST_PAGE
from simtui.clock import SystemClock

DISTANT_MS, NEAR_MS = 50, 0
LIMITS = httpx.Limits(max_connections=10, max_keepalive_connections=10)


async def bytes_only(job: Job, latency_ms: int) -> tuple[float, StallWatch]:
    """Seconds for the bytes of all pages, with no page before the first one is there."""
    url = f"{endpoint(job.port, latency_ms).base_url}/things"
    step = LARGEST_PAGE - 1
    offsets = iter(range(step, max(job.things - 1, step), step))

    async def fetch(client: httpx.AsyncClient, offset: int) -> None:
        place = {"sort": "createdAt", "offset": str(offset), "limit": str(LARGEST_PAGE)}
        answer = await client.get(url, params=place)
        answer.raise_for_status()
        assert answer.content

    async def fetch_some(client: httpx.AsyncClient) -> None:
        for offset in offsets:
            await fetch(client, offset)

    async with httpx.AsyncClient(limits=LIMITS) as client, StallWatch() as stalls:
        start = time.perf_counter()
        await fetch(client, 0)
        await asyncio.gather(*(fetch_some(client) for _ in range(AT_ONCE)))
        return time.perf_counter() - start, stalls


async def whole_load(job: Job, latency_ms: int) -> tuple[float, StallWatch]:
    """Seconds until the app's store and lists have every Thing."""
    client = Client(endpoint(job.port, latency_ms), clock=SystemClock())
    async with pages(job.snapshot) as loading, StallWatch() as stalls:
        start = time.perf_counter()
        loading.store.connect(client)
        await loading.settled(job.things)
        return time.perf_counter() - start, stalls


def measure(job: Job, latency_ms: int) -> list[Figure]:
    """The rate as a share of the bytes' own, and the stalls, at one latency."""
    section = f"load, answers take {latency_ms} ms"
    bare_seconds, bare_stalls = asyncio.run(bytes_only(job, latency_ms))
    seconds, stalls = asyncio.run(whole_load(job, latency_ms))
    rate, bare_rate = job.things / seconds, job.things / bare_seconds
    return [
        Figure(section, "rate", rate, "Things/s", bare_rate, "bytes only"),
        Figure(section, "time until all is in the lists", seconds, "s", bare_seconds),
        Figure(
            section,
            "longest stall of the event loop",
            stalls.longest * 1000,
            "ms",
            bare_stalls.longest * 1000,
            "bytes only",
        ),
        Figure(section, "stalls over 50 ms", stalls.noticed, "", bare_stalls.noticed),
    ]


def distant(job: Job) -> list[Figure]:
    """An API on the other side of the country. Leaves the snapshot for other sections."""
    return measure(job, DISTANT_MS)


def near(job: Job) -> list[Figure]:
    """An API that answers at once, so that only the client's own work counts."""
    return measure(job, NEAR_MS)
