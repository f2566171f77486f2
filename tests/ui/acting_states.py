"""The states of acting, each brought about on a frozen world."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import httpx
from textual.pilot import Pilot

from simtui.models.action import SetState
from simtui.sandbox.jobs import start_job
from simtui.store.running import Running
from simtui.ui.app import SimtuiApp
from simtui.ui.history import EntryPlace, ImeiPlace, JobPlace, JournalPlace
from simtui.ui.screens.action_menu import ActionMenu
from simtui.ui.screens.conflict_dialog import ConflictDialog
from simtui.ui.screens.paste_dialog import PasteDialog
from simtui.ui.screens.plan_dialog import PlanDialog
from tests.ui.acting_bench import first, planned, to
from tests.ui.app_bench import Bench, bench_in, screen_text, until
from tests.ui.pages_bench import PagesBench, accepted, active, pages_bench, start
from tests.ui.states import State, loaded

QUOTA = frozenset({"quota-limit", "quota-used", "quota-available", "quota-reset-utc"})
LONG_ENOUGH = 20.0
"""Seconds in which the world ends every job of these states."""


def acting_bench(folder: Path) -> PagesBench:
    """Its quota is not told: how often a job is asked for depends on the machine."""
    bench = pages_bench(folder)
    bench.cable.without = QUOTA
    return bench


async def looked(bench: Bench, pilot: Pilot[None], is_so: Callable[[], bool]) -> None:
    """The app looks until something holds. Its moment stays the same, so that no age
    depends on how often it had to look."""
    for _ in range(50):
        if is_so():
            return
        bench.clock.wake(1)
        for _ in range(5):
            await pilot.pause()
    raise AssertionError("it never came to be")


async def worked(bench: Bench, pilot: Pilot[None], is_done: Callable[[], bool]) -> None:
    """The world ends its jobs at once; the app looks until it has seen that."""
    bench.world.clock.advance(LONG_ENOUGH)
    bench.clock.moment += timedelta(seconds=LONG_ENOUGH)
    await looked(bench, pilot, is_done)


async def done(bench: Bench, pilot: Pilot[None], running: Running) -> None:
    """What was started has ended."""
    await accepted(pilot.app, pilot)
    await worked(bench, pilot, lambda: running.done)


def bench_of_an_operator(folder: Path) -> Bench:
    bench = bench_in(folder)
    bench.credentials.of("ADMINISTRATOR").user.permission_level = "OPERATOR"
    return bench


async def menu(bench: Bench, app: SimtuiApp, pilot: Pilot[None]) -> None:
    await loaded(bench, app, pilot)
    await until(pilot, lambda: app.visit.acting.level is not None)
    await pilot.press("a")
    await until(pilot, lambda: isinstance(app.screen, ActionMenu))


async def menu_of_several(bench: Bench, app: SimtuiApp, pilot: Pilot[None]) -> None:
    await loaded(bench, app, pilot)
    await until(pilot, lambda: app.visit.acting.level is not None)
    await pilot.press("space", "space", "a")
    await until(pilot, lambda: isinstance(app.screen, ActionMenu))


async def form(bench: Bench, app: SimtuiApp, pilot: Pilot[None]) -> None:
    """Refused, so that what was wrong stands under what was typed."""
    await loaded(bench, app, pilot)
    await pilot.press("a", "plus", *"b!d", "enter")
    await until(pilot, lambda: "✗" in screen_text(app))


async def form_with_offers(bench: Bench, app: SimtuiApp, pilot: Pilot[None]) -> None:
    await loaded(bench, app, pilot)
    await pilot.press("a", "m")
    await until(pilot, lambda: "Things Group" in screen_text(app))


async def picking(bench: Bench, app: SimtuiApp, pilot: Pilot[None]) -> None:
    await loaded(bench, app, pilot)
    await pilot.press("a", "tab")
    await until(pilot, lambda: "pasted ICCIDs" in screen_text(app))


async def plan_of_one(bench: Bench, app: SimtuiApp, pilot: Pilot[None]) -> None:
    await loaded(bench, app, pilot)
    to(app, first(app, "ACTIVE"))
    await pilot.press("t")
    await planned(app, pilot)


async def plan_of_many(bench: Bench, app: SimtuiApp, pilot: Pilot[None]) -> None:
    """As the API sees it, with something in each group, and one of them open."""
    await loaded(bench, app, pilot)
    states = Counter[str]()
    most = {"ACTIVE": 12, "SUSPENDED": 2, "PROVISIONED": 3, "RETIRED": 1}
    marked = []
    for thing in app.feed.index:
        states[thing.state] += 1
        if states[thing.state] <= most[thing.state]:
            marked.append(thing.thing_id)
    app.visit.things.table.marked = marked
    app.page.open_bar(":", "suspend --end-session")
    await pilot.press("enter")
    await until(pilot, lambda: isinstance(app.screen, PlanDialog))
    dialog = app.screen
    await worked(bench, pilot, lambda: not dialog.asking)
    await pilot.press("j", "j", "space")


async def retiring(bench: Bench, app: SimtuiApp, pilot: Pilot[None]) -> None:
    await loaded(bench, app, pilot)
    to(app, first(app, "ACTIVE"))
    await pilot.press("ctrl+d")
    await planned(app, pilot)
    await pilot.press(*"8931", "enter")
    await until(pilot, lambda: "is not" in screen_text(app))


async def conflict(bench: Bench, app: SimtuiApp, pilot: Pilot[None]) -> None:
    bench.faults.switch_on("second-writer")
    await plan_of_one(bench, app, pilot)
    await pilot.press("enter")
    await until(pilot, lambda: isinstance(app.screen, ConflictDialog))


async def pasting(bench: Bench, app: SimtuiApp, pilot: Pilot[None]) -> None:
    await loaded(bench, app, pilot)
    known = [one.iccid for one in active(app, 2)]
    await pilot.press("a", "tab", "up", "enter")
    await until(pilot, lambda: isinstance(app.screen, PasteDialog))
    pasted = "\n".join([known[0], "8931x", known[1], "8931086200000000019"])
    app.screen.query_one("TextArea").text = pasted
    await pilot.press("ctrl+s")
    await until(pilot, lambda: "line 4" in screen_text(app))


async def outcome(bench: Bench, app: SimtuiApp, pilot: Pilot[None]) -> None:
    await plan_of_one(bench, app, pilot)
    await pilot.press("enter")
    await until(pilot, lambda: "✓" in screen_text(app).splitlines()[-1])


async def no_jobs(bench: PagesBench, app: SimtuiApp, pilot: Pilot[None]) -> None:
    await loaded(bench, app, pilot)
    await pilot.press("8")
    await until(pilot, lambda: "There are no jobs." in screen_text(app))


async def jobs(bench: PagesBench, app: SimtuiApp, pilot: Pilot[None]) -> None:
    """One that runs, one with errors, and one of a colleague."""
    now = bench.world.clock.now()
    start_job(bench.world, kind="ADD_TAGS", by="dan@example.com", now=now, total=0)
    await loaded(bench, app, pilot)
    bench.world.failing_targets = 2
    await done(bench, pilot, start(app, active(app, 12)))
    bench.world.failing_targets = 0
    start(app, active(app, 31))
    await accepted(app, pilot)
    bench.world.clock.advance(0.6)
    await pilot.press("8")
    await until(pilot, lambda: "25/31" in screen_text(app))


async def job_begun(bench: PagesBench, app: SimtuiApp, pilot: Pilot[None]) -> None:
    await loaded(bench, app, pilot)
    start(app, active(app, 45))
    await app.go(JobPlace(await accepted(app, pilot)))
    await until(pilot, lambda: "0/45" in screen_text(app))


async def job_running(bench: PagesBench, app: SimtuiApp, pilot: Pilot[None]) -> None:
    await job_begun(bench, app, pilot)
    bench.world.clock.advance(0.6)
    await looked(bench, pilot, lambda: "25/45" in screen_text(app))


async def job_with_failures(bench: PagesBench, app: SimtuiApp, pilot: Pilot[None]) -> None:
    await loaded(bench, app, pilot)
    bench.world.failing_targets = 2
    await done(bench, pilot, start(app, active(app, 12)))
    await app.go(JobPlace(app.feed.store.journal.entries[0].job_id))
    await until(pilot, lambda: "✗ failed" in screen_text(app))


async def empty_journal(bench: PagesBench, app: SimtuiApp, pilot: Pilot[None]) -> None:
    await loaded(bench, app, pilot)
    await app.go(JournalPlace())
    await until(pilot, lambda: "Nothing was written from here yet." in screen_text(app))


def _lost(request: httpx.Request) -> httpx.Response | None:
    """It gets lost, and nobody can tell on which of the two ways."""
    if request.method != "PUT" or not request.url.path.endswith("/state"):
        return None
    raise httpx.ReadError("connection reset")


async def journal(bench: PagesBench, app: SimtuiApp, pilot: Pilot[None]) -> None:
    """One write of each outcome; of the last the answer was lost."""
    await job_with_failures(bench, app, pilot)
    bench.pass_time(120)
    confirmed = start(app, active(app, 1))
    await until(pilot, lambda: confirmed.done)
    (*_, last) = active(app, 9)
    bench.world.things[last.thing_id].state = "RETIRED"
    running = start(app, (last,), SetState("ACTIVE"))
    await until(pilot, lambda: running.done)
    bench.cable.instead = _lost
    bench.pass_time(30)
    running = start(app, active(app, 3)[-1:])
    await until(pilot, lambda: running.progress.unknown)
    await app.go(JournalPlace())
    await until(pilot, lambda: "? unknown" in screen_text(app))


async def entry(bench: PagesBench, app: SimtuiApp, pilot: Pilot[None]) -> None:
    await job_with_failures(bench, app, pilot)
    await app.go(EntryPlace(app.feed.store.journal.entries[0].entry_id))
    await until(pilot, lambda: "Traces" in screen_text(app) or "Things" in screen_text(app))


async def imei(bench: PagesBench, app: SimtuiApp, pilot: Pilot[None]) -> None:
    await loaded(bench, app, pilot)
    await app.go(ImeiPlace())
    await until(pilot, lambda: "NEW DEVICE" in screen_text(app))


DIALOGS = {
    "menu": State(bench_in, menu),
    "menu-of-several": State(bench_in, menu_of_several),
    "menu-of-an-operator": State(bench_of_an_operator, menu),
    "form": State(bench_in, form),
    "form-with-offers": State(bench_in, form_with_offers),
    "picking": State(bench_in, picking),
    "plan-of-one": State(bench_in, plan_of_one),
    "plan-of-many": State(acting_bench, plan_of_many),
    "retiring": State(bench_in, retiring),
    "conflict": State(bench_in, conflict),
    "pasting": State(bench_in, pasting),
    "outcome": State(bench_in, outcome),
}
PAGES = {
    "no-jobs": State(acting_bench, no_jobs),
    "jobs": State(acting_bench, jobs),
    "job-running": State(acting_bench, job_running),
    "job-with-failures": State(acting_bench, job_with_failures),
    "empty-journal": State(acting_bench, empty_journal),
    "journal": State(acting_bench, journal),
    "entry": State(acting_bench, entry),
    "imei": State(acting_bench, imei),
}
