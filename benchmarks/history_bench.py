"""What it costs to notice changes: of a load in which nothing changed, and of one that did.

The yardsticks: taking in the same Things without anybody who compares, and the same rows
written by SQLite with nothing looked up.
"""

from __future__ import annotations

import asyncio
import sqlite3
import statistics
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from benchmarks.job import Job
from benchmarks.loading import pages
from benchmarks.report import Figure
from benchmarks.stall import StallWatch
from simtui.clock import SystemClock
from simtui.models import SessionSummary, State, Thing
from simtui.models.change import Change, ChangesWanted
from simtui.store.fleet import Fleet, Observer
from simtui.store.history.compare import differs, thing_changes
from simtui.store.history.file import HistoryFile
from simtui.store.history.history import History
from simtui.store.history.rows import COLUMNS, INSERT, row_of

SECTION = "noticing what changed"
PAGE = 500
MOST_CHANGES = 20_000
SHOWN = 2_000


class Comparing:
    """Looks for changes as the store does, and keeps none."""

    def came(self, new: Thing) -> None:
        """Nothing to compare with."""

    def changed(self, old: Thing, new: Thing) -> None:
        """Look."""
        differs(old, new)

    def went(self, old: Thing) -> None:
        """Nothing to compare with."""


def aged(things: Sequence[Thing]) -> tuple[Thing, ...]:
    """The same Things as a later load has them: only their sessions were looked at anew."""
    now = SystemClock().now()
    seen = [one.session or SessionSummary() for one in things]
    return tuple(
        replace(one, session=replace(session, as_of=now))
        for one, session in zip(things, seen, strict=True)
    )


def taking_in(things: Sequence[Thing], observer: Observer | None) -> tuple[float, float]:
    """Milliseconds to take in a load in pages, all of them and the longest."""
    fleet = Fleet()
    fleet.merge(things)
    fleet.observer = observer
    again = aged(things)
    took = []
    for start in range(0, len(again), PAGE):
        page = again[start : start + PAGE]
        begun = time.perf_counter()
        fleet.merge(page, asked=fleet.revision)
        took.append(time.perf_counter() - begun)
    return sum(took) * 1000, max(took) * 1000


def unchanged(things: Sequence[Thing], repeats: int) -> list[Figure]:
    """A load of Things that are as they were."""
    pairs = [(taking_in(things, Comparing()), taking_in(things, None)) for _ in range(repeats)]
    whole = statistics.median(with_it[0] for with_it, _ in pairs)
    bare = statistics.median(without[0] for _, without in pairs)
    longest = statistics.median(with_it[1] for with_it, _ in pairs)
    return [
        Figure(SECTION, "a load without changes", whole, "ms", bare, "without comparing"),
        Figure(SECTION, "its longest page", longest, "ms"),
    ]


def changes_of(things: Sequence[Thing]) -> list[Change]:
    """Every one of them in another state."""
    now = SystemClock().now()
    found: list[Change] = []
    for one in things[:MOST_CHANGES]:
        state = State.SUSPENDED if one.state == State.ACTIVE else State.ACTIVE
        found += thing_changes(one, replace(one, state=state), now, None)
    return found


async def kept(things: Sequence[Thing], folder: Path) -> list[Figure]:
    """Many changes at once on the disk, and read again for the page."""
    path = folder / "bench.history"
    path.unlink(missing_ok=True)
    changes = changes_of(things)
    history = History(path, "bench", SystemClock())
    async with StallWatch() as stalls:
        begun = time.perf_counter()
        history.add(changes)
        await history.settled()
        written = time.perf_counter() - begun
    begun = time.perf_counter()
    await history.find(ChangesWanted(), SHOWN)
    read = time.perf_counter() - begun
    begun = time.perf_counter()
    await history.find(ChangesWanted(words="suspended no-such-word"), SHOWN)
    searched = time.perf_counter() - begun
    await history.close()
    each = 1_000_000 / len(changes)
    return [
        Figure(SECTION, "a change kept", written * each, "us", bare_rows(changes) * each, "SQLite"),
        Figure(SECTION, "longest stall meanwhile", stalls.longest * 1000, "ms"),
        Figure(SECTION, "the page read", read * 1000, "ms"),
        Figure(SECTION, "all searched", searched * 1000, "ms"),
        Figure(SECTION, "size", path.stat().st_size / len(changes), "B/change"),
    ]


def bare_rows(changes: Sequence[Change]) -> float:
    """Seconds for the same rows in memory, without indexes."""
    db = sqlite3.connect(":memory:")
    db.execute(f"CREATE TABLE change (account, {', '.join(COLUMNS)})")
    begun = time.perf_counter()
    db.executemany(INSERT, (row_of(1, change) for change in changes))
    seconds = time.perf_counter() - begun
    db.close()
    return seconds


async def _measure(job: Job) -> list[Figure]:
    async with pages(job.snapshot) as restored:
        restored.store.restore_first()
        await restored.store.restore_rest()
        await restored.settled(job.things)
        things = tuple(restored.feed.index)
    HistoryFile(None, "bench").close()  # imports what the first one needs
    return [*unchanged(things, job.repeats), *await kept(things, job.folder)]


def measure(job: Job) -> list[Figure]:
    """Everything, with the fleet of the snapshot."""
    return asyncio.run(_measure(job))
