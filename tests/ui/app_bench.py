"""The app on a frozen world: the whole path from key to server and back, in one process."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
from textual import events
from textual.driver import Driver
from textual.keys import _character_to_key
from textual.pilot import Pilot

from simtui.api.client import Client
from simtui.api.endpoint import Endpoint
from simtui.config.settings import Config
from simtui.config.sms_templates import SmsTemplates
from simtui.paths import Paths
from simtui.sandbox.app import create_app
from simtui.sandbox.clock import WorldClock
from simtui.sandbox.faults.switchboard import Faults
from simtui.sandbox.fleet.build import build_world
from simtui.sandbox.openapi import BASE_PATH, TOKEN_PATH
from simtui.sandbox.token import Credentials
from simtui.sandbox.world import World
from simtui.secret import Secret
from simtui.store.drafts import Drafts, in_memory
from simtui.store.snapshot import SnapshotFile, SnapshotIdentity
from simtui.store.store import Store
from simtui.ui.app import SimtuiApp
from simtui.ui.history import ThingsPlace
from simtui.ui.launcher import Launcher
from simtui.ui.workspace import Workspace
from tests.ui.cable import Cable

NOW = datetime(2026, 11, 22, 3, 12, 5, tzinfo=UTC)
HOST = "http://sandbox.invalid"


class FrozenClock:
    """A clock that only moves when it is told to, and wakes who sleeps on it then."""

    def __init__(self) -> None:
        self.moment = NOW
        self.seconds = 1000.0
        self._sleepers: list[tuple[float, asyncio.Future[None]]] = []

    def now(self) -> datetime:
        return self.moment

    def monotonic(self) -> float:
        return self.seconds

    async def sleep(self, seconds: float) -> None:
        """Sleep until `advance` has gone that far."""
        woken: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._sleepers.append((self.seconds + seconds, woken))
        await woken

    def advance(self, seconds: float) -> None:
        """Let that much time pass at once."""
        self.moment += timedelta(seconds=seconds)
        self.wake(seconds)

    def wake(self, seconds: float) -> None:
        """Let who sleeps think that much time has passed; no age grows."""
        self.seconds += seconds
        for sleeper in [one for one in self._sleepers if one[0] <= self.seconds]:
            self._sleepers.remove(sleeper)
            if not sleeper[1].done():
                sleeper[1].set_result(None)


@dataclass
class Bench:
    """A world, an app on it, and the handles to disturb both."""

    world: World
    faults: Faults
    clock: FrozenClock
    paths: Paths
    credentials: Credentials
    read_only: bool = False
    profile: str = "prod"
    start: str = ""
    snapshot: SnapshotFile | None = None
    gate: asyncio.Event | None = None
    secret: Secret | None = None
    templates: Mapping[str, str] = field(default_factory=dict)
    drafts: Drafts | None = None
    cable: Cable = field(init=False)

    def __post_init__(self) -> None:
        app = create_app(self.world, faults=self.faults, credentials=self.credentials)
        self.cable = Cable(httpx.ASGITransport(app=app, raise_app_exceptions=False))

    async def open_client(self) -> Client:
        """A client on the world; with a ``gate`` it is not had before that opens."""
        if self.gate is not None:
            await self.gate.wait()
        admin = self.credentials.of("ADMINISTRATOR")
        secret = self.secret or admin.client_secret
        endpoint = Endpoint(HOST + BASE_PATH, HOST + TOKEN_PATH, admin.client_id, secret)
        return Client(endpoint, transport=self.cable, clock=self.clock, sleep=self._no_sleep)

    async def _no_sleep(self, seconds: float) -> None:
        """Pauses between tries take no time here."""
        await asyncio.sleep(0)

    def keep_snapshot(self) -> SnapshotFile:
        """Let the fleet be saved at the end and shown again at the next start."""
        admin = self.credentials.of("ADMINISTRATOR")
        identity = SnapshotIdentity(self.profile, HOST + BASE_PATH, admin.client_id)
        file = self.paths.cache_dir / f"{self.profile}.snapshot"
        self.snapshot = SnapshotFile(file, identity)
        return self.snapshot

    def workspace(self, launcher: Launcher | None = None) -> Workspace:
        """The account; what its store has to say is heard by ``launcher``."""
        store = Store(
            clock=self.clock,
            snapshot=self.snapshot,
            read_only=self.read_only,
            notice=lambda error: launcher.notice(error) if launcher is not None else None,
            sleep=self.clock.sleep,
        )
        return Workspace(
            self.profile,
            store,
            self.clock,
            self.open_client,
            self.read_only,
            drafts=self.drafts or in_memory(),
            sms_templates=SmsTemplates(built_in=self.templates),
        )

    def launcher(self) -> Launcher:
        return Launcher(self.paths, Config(self.paths.config_file), self.clock)

    def app(self, driver_class: type[Driver] | None = None) -> SimtuiApp:
        """The app, not yet running."""
        launcher = self.launcher()
        workspace = self.workspace(launcher)
        app = SimtuiApp(launcher, workspace, ThingsPlace(self.start))
        app.driver_class = driver_class or app.driver_class
        return app

    @asynccontextmanager
    async def running(
        self, size: tuple[int, int] = (80, 24), *, loaded: bool = True
    ) -> AsyncIterator[tuple[SimtuiApp, Pilot[None]]]:
        """The app on a terminal of that size, by default with the fleet loaded."""
        app = self.app()
        async with app.run_test(size=size) as pilot:
            if loaded:
                await until(pilot, lambda: is_loaded(app))
            yield app, pilot


def is_loaded(app: SimtuiApp) -> bool:
    """Whether the fleet is there and nothing is on its way."""
    entry = app.feed.entry if app.feed else None
    return entry is not None and entry.value is not None and not entry.loading and not entry.stale


async def until(pilot: Pilot[None], condition: Callable[[], bool]) -> None:
    """Let the app work until something holds; what never holds is an error."""
    for _ in range(2000):
        if condition():
            await pilot.pause()
            return
        await pilot._wait_for_screen()
        await asyncio.sleep(0)
    raise AssertionError("it never came to be:\n" + screen_text(pilot.app))


def type_at_once(app: SimtuiApp, text: str) -> None:
    """As a slow line delivers it: all is there before the first key is looked at."""
    for character in text:
        key = "enter" if character == "\r" else _character_to_key(character)
        app.post_message(events.Key(key, character))


def lines(app: SimtuiApp) -> list[str]:
    """The screen as text, a line each, dialogs included."""
    return [strip.text.rstrip() for strip in app.screen._compositor.render_strips()]


def screen_text(app: SimtuiApp) -> str:
    """The screen as one text."""
    return "\n".join(lines(app))


def bench_in(folder: Path, *, things: int = 60, fresh: bool = False) -> Bench:
    """A small fleet in a frozen world."""
    world = build_world(things=things, seed=7, fresh=fresh, clock=WorldClock(NOW, rate=0))
    paths = Paths(folder / "config", folder / "cache", folder / "state")
    return Bench(world, Faults(), FrozenClock(), paths, Credentials(world))
