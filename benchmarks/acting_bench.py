"""What it takes to act on the whole fleet: the plan, its dialog, and the journal on the disk.

The yardsticks: one pass over the Things, the same bytes written and read with nothing made
of them, and a Textual dialog of one line.
"""

from __future__ import annotations

import asyncio
import functools
import json
import os
import statistics
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from textual.app import ComposeResult
from textual.screen import ModalScreen
from textual.widgets import Static

from benchmarks.job import Job
from benchmarks.keys_bench import cost, press
from benchmarks.loading import pages
from benchmarks.real_app import Silent, has_all, quiet, running, until
from benchmarks.report import Figure
from benchmarks.stall import StallWatch
from simtui.clock import SystemClock
from simtui.models import State, Thing
from simtui.models.action import SetState
from simtui.models.bulk import MOST_THING_IDS
from simtui.models.effect import before_of
from simtui.models.journal import Intent
from simtui.store.journal.author import Author
from simtui.store.journal.codec import encode
from simtui.store.journal.file import JournalFile
from simtui.store.journal.journal import Journal
from simtui.ui.app import SimtuiApp
from simtui.views.fleet_context import FleetContext
from simtui.views.plan.make import make_plan
from simtui.views.plan.selection import Selection

SECTION = "acting on every Thing"
ACTION = SetState(State.SUSPENDED)


def median_ms(act: Callable[[], object], repeats: int) -> float:
    """The median of the milliseconds that ``act`` takes."""
    seconds = []
    for _ in range(repeats):
        start = time.perf_counter()
        act()
        seconds.append(time.perf_counter() - start)
    return statistics.median(seconds) * 1000


# The plan


def planning(things: tuple[Thing, ...], context: FleetContext, repeats: int) -> list[Figure]:
    """A verdict for each Thing, and the words for it."""
    selection = Selection("all", things)
    took = median_ms(lambda: make_plan(ACTION, selection, context), repeats)
    bare = median_ms(lambda: [(thing, thing.state) for thing in things], repeats)
    return [Figure(SECTION, "plan", took, "ms", bare, "a pass over the Things")]


# The journal


def intents(things: tuple[Thing, ...], author: Author) -> list[Intent]:
    """One for each request that suspends all of them."""
    starts = range(0, len(things), MOST_THING_IDS)
    return [
        Intent(
            entry_id=f"entry-{number}",
            at=SystemClock().now(),
            who=author.who,
            process=author.process,
            profile=author.profile,
            endpoint=author.endpoint,
            kind=ACTION.kind,
            parameters={"state": ACTION.state},
            summary="suspend",
            target="all",
            things=tuple(before_of(ACTION, thing) for thing in things[at : at + MOST_THING_IDS]),
            request_id=f"request-{number}",
            operation="operation",
            batch=number,
            batches=len(starts),
        )
        for number, at in enumerate(starts, 1)
    ]


async def journalling(things: tuple[Thing, ...], folder: Path) -> list[Figure]:
    """All requests of one operation written down, each on the disk, and read again."""
    author = Author.of_this_process("bench", "bench")
    file = JournalFile(folder / "acting.journal")
    file.path.unlink(missing_ok=True)
    every = intents(things, author)
    journal = Journal(file, author, SystemClock())
    async with StallWatch() as stalls:
        start = time.perf_counter()
        for intent in every:
            await journal.begin(intent)
        written = time.perf_counter() - start
        start = time.perf_counter()
        await Journal(file, author, SystemClock()).load_aside()
        read = time.perf_counter() - start
    lines = [encode(intent) for intent in every]
    bare_written = _bare_appends(lines, folder / "acting.bytes") / len(every)
    bare_read = median_ms(lambda: [json.loads(line) for line in lines], 1)
    return [
        Figure(SECTION, "journal: a request", written / len(every) * 1000, "ms", bare_written),
        Figure(SECTION, "journal: read all", read * 1000, "ms", bare_read, "its JSON"),
        Figure(SECTION, "journal: longest stall", stalls.longest * 1000, "ms"),
        Figure(SECTION, "journal: size", file.path.stat().st_size / len(things), "B/Thing"),
    ]


def _bare_appends(lines: list[bytes], path: Path) -> float:
    """Milliseconds for the same lines, each of them on the disk before the next."""
    start = time.perf_counter()
    with path.open("wb", buffering=0) as file:
        for line in lines:
            file.write(line)
            os.fsync(file.fileno())
    seconds = time.perf_counter() - start
    path.unlink()
    return seconds * 1000


# The dialog


class BareDialog(ModalScreen[None]):
    """One line."""

    def compose(self) -> ComposeResult:
        """The line."""
        yield Static("plan")


async def _opening(app: SimtuiApp, open_it: Callable[[], object], repeats: int) -> float:
    """The median of the milliseconds to its first frame."""
    found = []
    for _ in range(repeats):
        found.append((await cost(app, _soon(open_it), 1)).ms)
        app.screen.dismiss()
        await quiet(app)
    return statistics.median(found)


def _soon(act: Callable[[], object]) -> Callable[[], Awaitable[Any]]:
    async def run() -> None:
        act()

    return run


async def dialog(job: Job) -> list[Figure]:
    """The plan of all Things on the screen, beside a dialog of one line, and a group opened."""
    api = Silent()

    async def open_client() -> Any:
        return api

    async with running(job, open_client, job.snapshot) as app:
        await until(lambda: has_all(app, job.things))
        await quiet(app)
        assert app.feed is not None and app.visit is not None
        acting, selection = app.visit.acting, Selection("all", tuple(app.feed.index))
        acting.plan(ACTION, selection)  # imports what the first one needs
        await quiet(app)
        opened = await cost(app, functools.partial(press, app, "space"), 1)
        app.screen.dismiss()
        await quiet(app)
        took = await _opening(app, lambda: acting.plan(ACTION, selection), job.repeats)
        bare = await _opening(app, lambda: app.push_screen(BareDialog()), job.repeats)
    return [
        Figure(SECTION, "plan on the screen", took, "ms", bare, "a dialog of one line"),
        Figure(SECTION, "its first group opened", opened.ms, "ms"),
    ]


async def _measure(job: Job) -> list[Figure]:
    async with pages(job.snapshot) as restored:
        restored.store.restore_first()
        await restored.store.restore_rest()
        await restored.settled(job.things)
        things, context = tuple(restored.feed.index), restored.feed.context
        figures = planning(things, context, job.repeats)
        figures += await journalling(things, job.folder)
    return figures + await dialog(job)


def measure(job: Job) -> list[Figure]:
    """Everything, with the fleet of the snapshot."""
    return asyncio.run(_measure(job))
