"""A world with silent Things, and runbooks on it that outlive the program."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import httpx
import pytest

from simtui.models import Thing
from simtui.models.runbook import ReviveSettings, Run, RunThing
from simtui.sandbox.life.thing_trouble import go_silent, hang_device, hang_session
from simtui.sandbox.records import ThingRecord
from simtui.store.journal.author import Author
from simtui.store.queries import FleetQuery
from simtui.store.run_files import runs_folder
from simtui.store.runs import Runs
from simtui.store.store import Store
from simtui.ui.launcher import Launcher
from simtui.ui.runbook.reviving import Reviving
from simtui.ui.workspace import Workspace
from simtui.views.runbook.revive_plan import new_run
from tests.ui.acting_bench import writes
from tests.ui.app_bench import bench_in
from tests.ui.pages_bench import ENDPOINT, PagesBench

RUN = "0123456789abcdef0123456789abcdef"


class RunbookBench(PagesBench):
    """Runs are on its disk too."""

    def runs(self, launcher: Launcher | None = None) -> Runs:
        author = Author("me@here", self.process, self.profile, ENDPOINT)

        def notice(error: Exception) -> None:
            if launcher is not None:
                launcher.notice(error)  # type: ignore[arg-type]

        return Runs(runs_folder(self.paths, self.profile), author, self.clock, notice)

    def workspace(self, launcher: Launcher | None = None) -> Workspace:
        workspace = super().workspace(launcher)
        workspace.runs = self.runs(launcher)
        return workspace

    def talking(self) -> list[ThingRecord]:
        """Things that are online, may use both services, and are not struck yet."""
        return [
            thing
            for thing in self.world.things.values()
            if thing.state == "ACTIVE"
            and not thing.silent
            and thing.session is not None
            and thing.session.state == "ONLINE"
            and thing.allowed_services == ("DATA", "SMS")
            and not thing.imei_lock_enabled
        ]

    def strike(self, how: str) -> ThingRecord:
        """One more Thing that has fallen silent, an hour ago."""
        thing = self.talking()[0]
        now = self.world.clock.now()
        if how == "unseen":
            go_silent(self.world, thing, now)
            thing.session = None
        else:
            {"session": hang_session, "device": hang_device, "dead": go_silent}[how](
                self.world, thing, now
            )
        return thing

    @property
    def sent(self) -> list[httpx.Request]:
        """What was sent that changes something."""
        return writes(self)


def runbook_bench(folder: Path, things: int = 60) -> RunbookBench:
    plain = bench_in(folder, things=things)
    return RunbookBench(plain.world, plain.faults, plain.clock, plain.paths, plain.credentials)


def nothing_is_left_to_chance(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every message arrives, and what is done in another thread is done at once: how far the
    clock is driven meanwhile must not depend on the machine."""

    async def at_once(work: Callable[..., Any], *arguments: Any, **options: Any) -> Any:
        return work(*arguments, **options)

    monkeypatch.setattr("simtui.sandbox.life.sms_delivery.FAILING", 0.0)
    monkeypatch.setattr(asyncio, "to_thread", at_once)


async def turns(condition: Callable[[], bool] = lambda: False, most: int = 400) -> None:
    """Let everything run that can run without time passing."""
    for _ in range(most):
        if condition():
            return
        await asyncio.sleep(0)


class Program:
    """One run of the program, as far as a revive needs it."""

    def __init__(self, bench: RunbookBench) -> None:
        self.bench = bench
        self.store = Store(clock=bench.clock, journal=bench.journal(), sleep=bench.clock.sleep)
        self.runs = bench.runs()
        self.engine: Reviving | None = None

    async def start(self) -> None:
        """Load what earlier ones have left, and open the network."""
        self.store.journal.load()
        await self.runs.load()
        self.store.connect(await self.bench.open_client())
        self.store.outbox.take_up()
        await self.store.fetch(FleetQuery())

    def thing(self, record: ThingRecord) -> Thing:
        fleet = self.store.entry(FleetQuery()).value
        assert fleet is not None
        return fleet.things[record.thing_id]

    def revive(self, records: list[ThingRecord], settings: ReviveSettings | None = None) -> None:
        """As if a person had confirmed it."""
        things = tuple(map(self.thing, records))
        author = self.runs.author
        run = new_run(
            RUN, things, settings or ReviveSettings(), author.who, author.process,
            self.bench.clock.now(),
        )  # fmt: skip
        self.runs.keep(run)
        self.go_on()

    def go_on(self) -> None:
        self.engine = Reviving(self.store, self.runs, RUN, lambda: None)

    @property
    def run(self) -> Run:
        run = self.runs.find(RUN)
        assert run is not None
        return run

    def of(self, record: ThingRecord) -> RunThing:
        return next(one for one in self.run.things if one.thing_id == record.thing_id)

    async def until(self, condition: Callable[[], bool], step: float = 5.0) -> None:
        """Let time pass, in the world and here, until something holds."""
        for _ in range(300):
            await turns(condition, 300)
            if condition():
                return
            self.bench.pass_time(step)
            if self.engine is not None:
                self.engine.look()
        raise AssertionError(f"it never came to be: {self.run}")

    async def to_its_end(self) -> Run:
        engine = self.engine
        assert engine is not None
        await self.until(lambda: engine.done)
        return self.run

    async def kill(self) -> None:
        """As SIGKILL does: nothing is told to anybody, nothing more is written."""
        engine, self.engine = self.engine, None
        if engine is not None:
            engine._task.cancel()
            with suppress(asyncio.CancelledError):
                await engine._task
        self.runs._folder = None
        self.store.journal._file = None
        await self.store.close()

    async def close(self) -> None:
        if self.engine is not None:
            await self.engine.close()
        await self.runs.close()
        await self.store.close()
