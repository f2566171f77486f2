"""Loading in the real app: how soon there are rows, and how long a key may have to wait."""

from __future__ import annotations

import asyncio
import time

from benchmarks.job import Job
from benchmarks.load_bench import DISTANT_MS
from benchmarks.real_app import has_rows, is_loaded, running, until
from benchmarks.replay import endpoint
from benchmarks.report import Figure
from benchmarks.stall import StallWatch
from benchmarks.terminal import terminal_of
from simtui.api.client import Client
from simtui.clock import SystemClock

SECTION = f"load in the real app at 80x24, answers take {DISTANT_MS} ms"


async def _measure(job: Job) -> list[Figure]:
    connected = asyncio.Event()
    there = endpoint(job.port, DISTANT_MS)

    async def open_client() -> Client:
        await connected.wait()
        return await asyncio.to_thread(Client, there, clock=SystemClock())

    async with running(job, open_client) as app:
        terminal = terminal_of(app)
        async with StallWatch() as stalls:
            terminal.reset()
            start = time.perf_counter()
            connected.set()
            await until(lambda: has_rows(app))
            first = time.perf_counter() - start
            await until(lambda: is_loaded(app, job.things))
            seconds = time.perf_counter() - start
    return [
        Figure(SECTION, "first rows after connecting", first * 1000, "ms"),
        Figure(SECTION, "rate", job.things / seconds, "Things/s"),
        Figure(SECTION, "longest stall of the event loop", stalls.longest * 1000, "ms"),
        Figure(SECTION, "stalls over 50 ms", stalls.noticed),
        Figure(SECTION, "written to the terminal", terminal.bytes / 1024, "KiB"),
    ]


def measure(job: Job) -> list[Figure]:
    """The whole way from an empty screen to the last Thing."""
    return asyncio.run(_measure(job))
