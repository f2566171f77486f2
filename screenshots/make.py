"""Makes the pictures of the README from the demo fleet: ``make screenshots``.

The world stands still at one moment, so the same code always makes the same pictures.
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from textual.pilot import Pilot

from simtui.api.client import Client
from simtui.api.endpoint import Endpoint
from simtui.api.in_process import client_in_process
from simtui.config.settings import Config
from simtui.paths import Paths
from simtui.sandbox.app import create_app
from simtui.sandbox.clock import WorldClock
from simtui.sandbox.fleet.build import build_world
from simtui.sandbox.openapi import BASE_PATH, TOKEN_PATH
from simtui.sandbox.token import Credentials
from simtui.store.store import Store
from simtui.ui.app import SimtuiApp
from simtui.ui.launcher import Launcher
from simtui.ui.workspace import Workspace

FOLDER = Path(__file__).parent
NOW = datetime(2026, 11, 22, 3, 12, 5, tzinfo=UTC)
HOST = "http://sandbox.invalid"
THINGS = 4812


@dataclass(frozen=True)
class Picture:
    """A file name, a terminal and the keys that lead to what it shows."""

    name: str
    size: tuple[int, int]
    keys: Sequence[str] = ()


PICTURES = (
    Picture("things-80x24", (80, 24)),
    Picture("things-120x40", (120, 40)),
    Picture("faulty-120x40", (120, 40), ("ctrl+z", "L")),
    Picture("filter-80x24", (80, 24), ("slash", *"group:depot-7 online:n")),
    Picture("thing-80x24", (80, 24), ("ctrl+z", "enter")),
    Picture("thing-120x40", (120, 40), ("ctrl+z", "enter")),
)


class StillClock:
    """The moment of the pictures."""

    def now(self) -> datetime:
        """Always the same."""
        return NOW

    def monotonic(self) -> float:
        """Always the same."""
        return 0.0


def still_app(folder: Path) -> SimtuiApp:
    """The app on the demo fleet of one moment."""
    clock = StillClock()
    world = build_world(things=THINGS, seed=1, fresh=False, clock=WorldClock(NOW, rate=0))
    credentials = Credentials(world)
    admin = credentials.of("ADMINISTRATOR")
    endpoint = Endpoint(HOST + BASE_PATH, HOST + TOKEN_PATH, admin.client_id, admin.client_secret)

    async def open_client() -> Client:
        return client_in_process(create_app(world, credentials=credentials), endpoint, clock)

    paths = Paths(folder, folder, folder)
    launcher = Launcher(paths, Config(paths.config_file), clock)
    return SimtuiApp(launcher, Workspace("demo", Store(clock=clock), clock, open_client))


async def make(picture: Picture) -> None:
    """Run the app to what the picture shows, and keep it as an SVG file."""
    with tempfile.TemporaryDirectory() as folder:
        app = still_app(Path(folder))
        async with app.run_test(size=picture.size) as pilot:
            await _loaded(app, pilot)
            for key in picture.keys:
                await pilot.press(key)
            for _ in range(20):
                await pilot.pause()
            (FOLDER / f"{picture.name}.svg").write_text(app.export_screenshot(), encoding="utf-8")


async def _loaded(app: SimtuiApp, pilot: Pilot[None]) -> None:
    while app.feed is None or app.feed.entry.value is None or app.feed.entry.loading:
        await pilot.pause()
    await pilot.pause()


def main() -> int:
    """Make every picture."""
    for picture in PICTURES:
        asyncio.run(make(picture))
        sys.stdout.write(f"{picture.name}.svg\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
