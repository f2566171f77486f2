"""A bench that keeps a journal and notes visits, and ways to have work done on it."""

from __future__ import annotations

from pathlib import Path

from textual.pilot import Pilot

from simtui.models import State, Thing
from simtui.models.action import Action, SetState
from simtui.models.bulk import Target
from simtui.store.journal.author import Author
from simtui.store.journal.file import JournalFile, journal_file
from simtui.store.journal.journal import Journal
from simtui.store.last_visit import LastVisit, visit_file
from simtui.store.operation import Assignment
from simtui.store.running import Running
from simtui.store.store import Store
from simtui.ui.app import SimtuiApp
from simtui.ui.launcher import Launcher
from simtui.ui.workspace import Workspace
from tests.ui.app_bench import Bench, bench_in, until

ENDPOINT = "http://sandbox.invalid me"


class PagesBench(Bench):
    """Its state directory outlives the app, as on a real machine."""

    process = 9_000_001
    """Of which process the writes are; another one is another run."""

    def journal(self) -> Journal:
        author = Author("me@here", self.process, self.profile, ENDPOINT)
        return Journal(JournalFile(journal_file(self.paths, self.profile)), author, self.clock)

    def workspace(self, launcher: Launcher | None = None) -> Workspace:
        store = Store(
            clock=self.clock,
            journal=self.journal(),
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
            last_visit=LastVisit(visit_file(self.paths, self.profile), self.clock),
        )

    def pass_time(self, seconds: float) -> None:
        """In the world and here."""
        self.world.clock.advance(seconds)
        self.clock.advance(seconds)


def pages_bench(folder: Path, things: int = 60) -> PagesBench:
    plain = bench_in(folder, things=things)
    return PagesBench(plain.world, plain.faults, plain.clock, plain.paths, plain.credentials)


def active(app: SimtuiApp, count: int) -> tuple[Thing, ...]:
    """Some Things that can be suspended."""
    found = [thing for thing in app.feed.index if thing.state == State.ACTIVE]
    return tuple(found[:count])


def start(app: SimtuiApp, things: tuple[Thing, ...], action: Action | None = None) -> Running:
    """As if a person had confirmed it."""
    target = Target(tuple(thing.thing_id for thing in things))
    summary = f"Suspend {len(things)} Things" if len(things) > 1 else f"Suspend {things[0].name}"
    assignment = Assignment(
        action or SetState(State.SUSPENDED, "test"), things, target, len(things), summary, "test"
    )
    return app.feed.store.operations.start(assignment)


async def accepted(app: SimtuiApp, pilot: Pilot[None]) -> str:
    """The job of the last write, as soon as the server has made one of it."""
    journal = app.feed.store.journal
    await until(pilot, lambda: bool(journal.entries and journal.entries[-1].job_id))
    return journal.entries[-1].job_id


async def ended(bench: PagesBench, pilot: Pilot[None], running: Running) -> None:
    """Let the world and the app work until it is done."""

    def is_done() -> bool:
        if not running.done:
            bench.pass_time(1)
        return running.done

    await until(pilot, is_done)
