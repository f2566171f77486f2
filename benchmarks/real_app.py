"""The real app on a terminal that nobody sees, with the client that a section wants."""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import AsyncGenerator, AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

from benchmarks.job import Job
from benchmarks.terminal import ENVIRONMENT, CountingDriver, terminal_of
from simtui.clock import SystemClock
from simtui.config.settings import Config
from simtui.models import Thing
from simtui.paths import Paths
from simtui.store.snapshot import SnapshotFile
from simtui.store.store import Store
from simtui.ui.app import SimtuiApp
from simtui.ui.history import ThingsPlace
from simtui.ui.launcher import Launcher
from simtui.ui.screens.things import ThingsPage
from simtui.ui.workspace import OpenClient, Workspace

SIZE = (80, 24)
GLANCE_SECONDS = 0.005
QUIET_SECONDS = 0.5
"""Nothing written for so long means that the app has nothing left to do."""


class CountedApp(SimtuiApp):
    """The app, on a terminal that counts."""

    def get_driver_class(self) -> type[CountingDriver]:
        """The driver of that terminal."""
        return CountingDriver


@asynccontextmanager
async def running(
    job: Job, open_client: OpenClient, snapshot: SnapshotFile | None = None
) -> AsyncIterator[SimtuiApp]:
    """The app at its Thing list, whatever of it is there yet."""
    os.environ.update(ENVIRONMENT)
    paths = Paths(job.folder / "config", job.folder / "other-cache", job.folder / "state")
    clock = SystemClock()
    launcher = Launcher(paths, Config(paths.config_file), clock)
    workspace = Workspace("bench", Store(clock=clock, snapshot=snapshot), clock, open_client)
    app = CountedApp(launcher, workspace, ThingsPlace())
    async with app.run_test(headless=False, size=SIZE):
        yield app


async def until(condition: Callable[[], bool]) -> None:
    """Let the app work until something holds; there is no event for most of what may."""
    while not condition():  # noqa: ASYNC110
        await asyncio.sleep(GLANCE_SECONDS)


def has_rows(app: SimtuiApp) -> bool:
    """Whether any Thing is in the list."""
    return isinstance(app.page, ThingsPage) and app.page.table.cursor_key is not None


def has_all(app: SimtuiApp, things: int) -> bool:
    """Whether so many Things are in the list, in order, with nothing left to work on."""
    page, feed = app.page, app.feed
    if not isinstance(page, ThingsPage) or feed is None or len(feed.index) < things:
        return False
    return not (page._list.busy or page._faulty.busy)


def is_loaded(app: SimtuiApp, things: int) -> bool:
    """Whether all Things have come from the API and are in the list."""
    return app.feed is not None and not app.feed.entry.loading and has_all(app, things)


async def quiet(app: SimtuiApp) -> None:
    """Wait until the app has written nothing for a while."""
    terminal = terminal_of(app)
    await until(lambda: time.perf_counter() - terminal.written_at > QUIET_SECONDS)


class Silent:
    """A client that never gets an answer, except about single Things that it is given."""

    on_quota: Callable[[Any], None] | None = None

    def __init__(self) -> None:
        self.things: dict[str, Thing] = {}

    def __getattr__(self, name: str) -> Callable[..., Any]:
        async def never(*arguments: object, **options: object) -> None:
            await asyncio.Event().wait()

        return never

    async def all_things(self) -> AsyncGenerator[Any, None]:
        """No page ever comes."""
        await asyncio.Event().wait()
        yield None

    async def thing(self, thing_id: str) -> Thing:
        """The Thing as it is now."""
        return self.things[thing_id]

    async def close(self) -> None:
        """There is nothing to close."""
