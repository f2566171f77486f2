"""A bench that keeps a history, and changes for it to show."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from pathlib import Path

from textual.pilot import Pilot

from simtui.models.change import By, Change, ChangeKind
from simtui.store.history.history import history_file
from simtui.store.store import Store
from simtui.ui.app import SimtuiApp
from simtui.ui.launcher import Launcher
from simtui.ui.workspace import Workspace
from tests.ui.app_bench import NOW
from tests.ui.config_states import quiet_bench
from tests.ui.pages_bench import PagesBench

K = ChangeKind
HOUR = timedelta(hours=1)


class ChangesBench(PagesBench):
    """Its history outlives the app, as on a real machine."""

    def workspace(self, launcher: Launcher | None = None) -> Workspace:
        usual = super().workspace(launcher)
        usual.store = Store(
            clock=self.clock,
            snapshot=self.snapshot,
            journal=self.journal(),
            history=history_file(self.paths, self.profile),
            read_only=self.read_only,
            notice=lambda error: launcher.notice(error) if launcher is not None else None,
            sleep=self.clock.sleep,
        )
        return usual


def changes_bench(folder: Path) -> ChangesBench:
    plain = quiet_bench(folder)
    bench = ChangesBench(plain.world, plain.faults, plain.clock, plain.paths, plain.credentials)
    bench.cable.without = plain.cable.without
    return bench


def night(app: SimtuiApp) -> list[Change]:
    """What may have happened in a night, oldest first."""
    first, second, third = sorted(app.feed.index, key=lambda thing: thing.iccid)[:3]

    def of(thing, kind: str, hours: float, **fields: object) -> Change:
        usual = {"name": thing.name, "iccid": thing.iccid, "seen_at": NOW - hours * HOUR}
        return Change(kind, thing.thing_id, **(usual | fields))

    inside = {"parent_id": "n1", "inside": "depots"}
    return [
        of(first, K.STATE, 30, before="ACTIVE", after="SUSPENDED", by=By.ELSEWHERE),
        of(first, K.GROUP, 7, before="g1", after="g2", before_name="North yard",
           after_name="Spare parts", by=By.ELSEWHERE, last_looked=NOW - 9 * HOUR),
        of(second, K.IMEI, 6, before="490154203237518", after="352099001761481",
           at=NOW - 8 * HOUR),
        of(third, K.SESSION, 0.5, before="ONLINE", after="OFFLINE", at=NOW - 0.5 * HOUR),
        Change(K.TUNNEL_STATE, "t1", NOW - 5 * HOUR, name="hq", before="UP", after="DOWN",
               detail="DPD_TIMEOUT", at=NOW - 5 * HOUR, **inside),
        Change(K.CHAIN, "INBOUND", NOW - 2 * HOUR, "f1", "meters", inside="meters", before="v7",
               after="v8", detail="1 rule added, 1 moved", by=By.HERE, entry_id="e1"),
        Change(K.THING, "t_gone", NOW - HOUR, name="well-3", iccid=third.iccid, after="gone"),
    ]  # fmt: skip


async def seed(app: SimtuiApp, changes: list[Change] | None = None) -> None:
    history = app.feed.store.history
    history.add(night(app) if changes is None else changes)
    await history.settled()


async def come(pilot: Pilot[None], condition) -> None:
    """As `until`, for what comes out of a thread: waits for that, not for a time."""
    for _ in range(3000):
        if condition():
            await pilot.pause()
            return
        await asyncio.to_thread(int)
        await pilot._wait_for_screen()
    raise AssertionError("it never came to be")
