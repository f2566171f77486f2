"""The fleet on disk: how long it takes to write, to show its first rows, to read whole.

The yardstick reads and writes the same bytes.
"""

from __future__ import annotations

import asyncio
import os
import time
from pathlib import Path

from benchmarks.job import Job
from benchmarks.loading import pages
from benchmarks.report import Figure
from benchmarks.stall import StallWatch
from simtui.clock import SystemClock
from simtui.store.snapshot import SnapshotFile
from simtui.store.snapshot_format import SmallLists
from simtui.store.snapshot_write import Picture, write_snapshot

SECTION = "snapshot"


def _bare_read(path: Path) -> float:
    start = time.perf_counter()
    path.read_bytes()
    return time.perf_counter() - start


def _bare_write(path: Path, beside: Path) -> float:
    data = path.read_bytes()
    start = time.perf_counter()
    with beside.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    seconds = time.perf_counter() - start
    beside.unlink()
    return seconds


async def _read(job: Job) -> tuple[list[Figure], Picture]:
    """Restore as the app does; the figures, and what there is to write again."""
    async with pages(job.snapshot) as restored, StallWatch() as stalls:
        start = time.perf_counter()
        restored.store.restore_first()
        first = time.perf_counter() - start
        await restored.store.restore_rest()
        await restored.settled(job.things)
        whole = time.perf_counter() - start
        things = tuple(restored.feed.index)
    now = SystemClock().now()
    bare = _bare_read(job.snapshot.path)
    figures = [
        Figure(SECTION, "first rows", first * 1000, "ms"),
        Figure(SECTION, "all rows, in the lists", whole * 1000, "ms", bare * 1000, "the bytes"),
        Figure(SECTION, "all rows: longest stall", stalls.longest * 1000, "ms"),
    ]
    return figures, Picture(things, SmallLists(), now, now)


async def _write(job: Job, picture: Picture) -> list[Figure]:
    copy = SnapshotFile(job.folder / "copy.snapshot", job.snapshot.identity)
    async with StallWatch() as stalls:
        start = time.perf_counter()
        await write_snapshot(copy, picture)
        seconds = time.perf_counter() - start
    size = copy.path.stat().st_size
    bare = _bare_write(copy.path, job.folder / "copy.bytes")
    copy.path.unlink()
    return [
        Figure(SECTION, "write", seconds * 1000, "ms", bare * 1000, "the bytes"),
        Figure(SECTION, "write: longest stall", stalls.longest * 1000, "ms"),
        Figure(SECTION, "size", size / len(picture.things), "B/Thing"),
    ]


async def _measure(job: Job) -> list[Figure]:
    figures, picture = await _read(job)
    return figures + await _write(job, picture)


def measure(job: Job) -> list[Figure]:
    """Read the snapshot that the load has left, and write it again beside it."""
    return asyncio.run(_measure(job))
