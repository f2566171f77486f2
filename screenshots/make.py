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
from typing import TypeAlias

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
from simtui.sandbox.world import World
from simtui.store.store import Store
from simtui.ui.app import SimtuiApp
from simtui.ui.history import ThingsPlace
from simtui.ui.launcher import Launcher
from simtui.ui.workspace import Workspace

FOLDER = Path(__file__).parent
NOW = datetime(2026, 11, 22, 3, 12, 5, tzinfo=UTC)
HOST = "http://sandbox.invalid"
THINGS = 4812
FAILING = 3
"""Things of a job that the platform cannot reach."""
SHORTLY = 0.05
"""Seconds after which the screen is looked at again."""


@dataclass(frozen=True)
class Shows:
    """Wait until a text is on the screen."""

    text: str


@dataclass(frozen=True)
class Pass:
    """Let the world go on by so many seconds, in which some Things of a job fail."""

    seconds: float
    failing: int = 0


Step: TypeAlias = str | Shows | Pass
"""A key, or what happens between two keys."""


@dataclass(frozen=True)
class Picture:
    """A file name, a terminal and the steps that lead to what it shows."""

    name: str
    size: tuple[int, int]
    steps: Sequence[Step] = ()


_PLAN: tuple[Step, ...] = (
    *("colon", *"suspend on tag:depot-7", "enter"),
    *(Shows("Asking the API what would happen … 0/"), Pass(60), Shows("as the API sees it")),
)
_JOB: tuple[Step, ...] = (*_PLAN, "enter", Shows("✓ 0 done"), Pass(60, FAILING), Shows("✗ failed"))
_RENAME: tuple[Step, ...] = (
    *("2", Shows("CYCLE"), "e", "end", *"-north", "tab", "tab", "enter"),
    *(Shows("as it is known here"), "enter", Shows("✓")),
)

_SCADA: tuple[Step, ...] = ("5", Shows("scada"), *"jjjjj", "enter", Shows("INBOUND towards"))
_RULE: tuple[Step, ...] = (
    *(*_SCADA, "n", Shows("New rule"), *"drop", "enter", *"tcp", "tab", *"10.200.16.7"),
    *("tab", "tab", "tab", *"502", "tab", "tab", *"the old PLC", "ctrl+s", Shows("unsaved")),
)
_PACKET: tuple[Step, ...] = (
    *(*_RULE, "K", "p", Shows("What becomes"), "tab", "tab", "tab", *"10.200.16.7"),
    *("tab", "tab", *"10.16.0.9", "tab", *"502", "ctrl+s", Shows("not saved yet")),
)

_SMS: tuple[Step, ...] = (
    *("slash", *"pump-1 online:yes", "enter", "s", Shows("SMS to")),
    *(*"SET NAME façade-7", "shift+tab", "tab", Shows("ctrl+r")),
)
_CONVERSATION: tuple[Step, ...] = (
    *("slash", *"pump-1 online:yes", "enter", "s", Shows("SMS to"), *"STATUS", "ctrl+s"),
    *(Shows("enter: send"), "enter", Shows("queued"), Pass(6), "r", Shows("delivered")),
    *(Pass(10), "r", Shows("received")),
)
_BILL: tuple[Step, ...] = ("7", Shows("so far"), "tab", Shows("SHARE"))
_PULSE: tuple[Step, ...] = ("1", Shows("Silent beyond habit"), Shows("Spend"), Shows("Tunnels"))
_WHY: tuple[Step, ...] = ("slash", *"group:north-yard online:no", "enter", "w", Shows("Likely"))
_BLAST: tuple[Step, ...] = ("o", Shows("north-yard"))

PICTURES = (
    Picture("things-80x24", (80, 24)),
    Picture("things-120x40", (120, 40)),
    Picture("faulty-120x40", (120, 40), ("ctrl+z", "L")),
    Picture("filter-80x24", (80, 24), ("slash", *"group:depot-7 online:n")),
    Picture("thing-80x24", (80, 24), ("ctrl+z", "enter")),
    Picture("thing-120x40", (120, 40), ("ctrl+z", "enter")),
    Picture("plan-80x24", (80, 24), _PLAN),
    Picture("job-80x24", (80, 24), _JOB),
    Picture("journal-80x24", (80, 24), (*_JOB, *_RENAME, "0")),
    Picture("firewall-120x40", (120, 40), _RULE),
    Picture("save-80x24", (80, 24), (*_RULE, "ctrl+s", Shows("enter: save it"))),
    Picture("packet-80x24", (80, 24), _PACKET),
    Picture("sms-80x24", (80, 24), _SMS),
    Picture("conversation-80x24", (80, 24), _CONVERSATION),
    Picture("billing-80x24", (80, 24), _BILL),
    Picture("pulse-80x24", (80, 24), _PULSE),
    Picture("why-120x40", (120, 40), _WHY),
    Picture("blast-80x24", (80, 24), _BLAST),
    Picture(
        "network-80x24", (80, 24), ("4", Shows("depots"), "j", "j", "j", "enter", Shows("POOL"))
    ),
)


class StillClock:
    """The clock of the world, which goes on when a step says so."""

    def __init__(self, world: World) -> None:
        self._world = world

    def now(self) -> datetime:
        """The same until the world goes on."""
        return self._world.clock.now()

    def monotonic(self) -> float:
        """Always the same."""
        return 0.0


def still_world() -> World:
    """The demo fleet of one moment."""
    return build_world(things=THINGS, seed=1, fresh=False, clock=WorldClock(NOW, rate=0))


def still_app(world: World, folder: Path) -> SimtuiApp:
    """The app on that world."""
    clock = StillClock(world)
    credentials = Credentials(world)
    admin = credentials.of("ADMINISTRATOR")
    endpoint = Endpoint(HOST + BASE_PATH, HOST + TOKEN_PATH, admin.client_id, admin.client_secret)

    async def open_client() -> Client:
        return client_in_process(create_app(world, credentials=credentials), endpoint, clock)

    paths = Paths(folder, folder, folder)
    launcher = Launcher(paths, Config(paths.config_file), clock)
    workspace = Workspace("demo", Store(clock=clock), clock, open_client)
    return SimtuiApp(launcher, workspace, ThingsPlace())


async def make(picture: Picture) -> None:
    """Run the app to what the picture shows, and keep it as an SVG file."""
    with tempfile.TemporaryDirectory() as folder:
        world = still_world()
        app = still_app(world, Path(folder))
        async with app.run_test(size=picture.size) as pilot:
            await _loaded(app, pilot)
            for step in picture.steps:
                await _take(step, world, app, pilot)
            for _ in range(20):
                await pilot.pause()
            (FOLDER / f"{picture.name}.svg").write_text(app.export_screenshot(), encoding="utf-8")


async def _loaded(app: SimtuiApp, pilot: Pilot[None]) -> None:
    while app.feed is None or app.feed.entry.value is None or app.feed.entry.loading:
        await pilot.pause()
    await pilot.pause()


async def _take(step: Step, world: World, app: SimtuiApp, pilot: Pilot[None]) -> None:
    if isinstance(step, Pass):
        world.failing_targets = step.failing
        world.clock.advance(step.seconds)
    elif isinstance(step, Shows):
        while step.text not in _text_of(app):
            await pilot.pause(SHORTLY)
    else:
        await pilot.press(step)


def _text_of(app: SimtuiApp) -> str:
    return "\n".join(strip.text for strip in app.screen._compositor.render_strips())


def main() -> int:
    """Make every picture."""
    for picture in PICTURES:
        asyncio.run(make(picture))
        sys.stdout.write(f"{picture.name}.svg\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
