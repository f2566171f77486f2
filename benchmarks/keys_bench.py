"""From a key to the last byte of its frame in the real app, beside the least of Textual.

The yardstick is `table_bench.BareLines`: lines of one colour that are painted again.
"""

from __future__ import annotations

import asyncio
import functools
import statistics
import time
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

from benchmarks.job import Job
from benchmarks.real_app import SIZE, Silent, has_all, quiet, running, until
from benchmarks.report import Figure
from benchmarks.table_bench import SETTLE_SECONDS, bare_costs
from benchmarks.table_bench import Figure as Cost
from benchmarks.terminal import terminal_of
from simtui.clock import SystemClock
from simtui.models import SessionSummary, Thing
from simtui.store.queries import ThingQuery
from simtui.ui.app import SimtuiApp
from simtui.ui.screens.things import ThingsPage

SECTION = "key to frame in the real app at 80x24"
IDLE_SECONDS = 1.0
ROW = 3
"""Which of the rows in view changes."""

Act = Callable[[], Awaitable[Any]]


async def cost(app: SimtuiApp, act: Act, repeats: int) -> Cost:
    """The medians of the time from ``act`` to its frame and of the bytes written for it."""
    terminal = terminal_of(app)
    seconds: list[float] = []
    written: list[int] = []
    for _ in range(repeats):
        await asyncio.sleep(SETTLE_SECONDS)
        terminal.reset()
        start = time.perf_counter()
        await act()
        end = await terminal.frame()
        await asyncio.sleep(SETTLE_SECONDS)
        seconds.append(end - start)
        written.append(terminal.bytes)
    return Cost(statistics.median(seconds) * 1000, int(statistics.median(written)))


async def press(app: SimtuiApp, key: str) -> None:
    """Press a key."""
    terminal_of(app).press(key)


class OneRow:
    """News of one Thing in view: its session ends, or begins again."""

    def __init__(self, app: SimtuiApp, api: Silent) -> None:
        self._app = app
        self._api = api

    async def __call__(self) -> None:
        """Let an answer about it arrive."""
        page, feed = self._app.page, self._app.feed
        assert isinstance(page, ThingsPage) and feed is not None
        thing_id = page.table.visible_keys()[ROW]
        thing = feed.thing(thing_id)
        assert thing is not None
        self._api.things[thing_id] = _turned(thing, SystemClock().now())
        await feed.store.fetch(ThingQuery(thing_id))


def _turned(thing: Thing, now: datetime) -> Thing:
    online = thing.session is not None and thing.session.state == "ONLINE"
    session = SessionSummary("OFFLINE" if online else "ONLINE", now, now)
    return replace(thing, session=session, version=thing.version + 1)


async def _idle_bytes(app: SimtuiApp) -> int:
    terminal = terminal_of(app)
    await quiet(app)
    terminal.reset()
    await asyncio.sleep(IDLE_SECONDS)
    return terminal.bytes


async def app_costs(job: Job) -> tuple[dict[str, Cost], int]:
    """What the actions cost, and the bytes of an idle second."""
    api = Silent()

    async def open_client() -> Any:
        return api

    async with running(job, open_client, job.snapshot) as app:
        await until(lambda: has_all(app, job.things))
        await quiet(app)
        acts: dict[str, Act] = {
            "down": functools.partial(press, app, "down"),
            "page down": functools.partial(press, app, "pagedown"),
            "one row": OneRow(app, api),
        }
        costs = {name: await cost(app, act, job.repeats) for name, act in acts.items()}
        return costs, await _idle_bytes(app)


def measure(job: Job) -> list[Figure]:
    """The actions in the app with the fleet of the snapshot, and on bare lines."""
    costs, idle = asyncio.run(app_costs(job))
    bare = asyncio.run(bare_costs(SIZE))
    figures = []
    for name, found in costs.items():
        figures += [
            Figure(SECTION, name, found.ms, "ms", bare[name].ms, "bare Textual"),
            Figure(SECTION, f"{name}: written", found.bytes, "B", bare[name].bytes),
        ]
    return [*figures, Figure(SECTION, "idle for a second: written", idle, "B")]
