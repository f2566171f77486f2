"""A month of a fleet of 100,000 Things: the history stays bounded, and right."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from simtui.models import State, Thing
from simtui.models.change import ChangeKind, ChangesWanted
from simtui.store.cells import Cells
from simtui.store.fleet_queries import FleetQuery
from simtui.store.fleet_sync import FleetSync
from simtui.store.history import file as file_module
from simtui.store.history.bounds import Bounds
from simtui.store.history.history import History
from simtui.store.history.recorder import recording
from simtui.store.journal.author import Author
from simtui.store.journal.journal import Journal

THINGS = 100_000
A_LOOK = 2_000
"""Things that have changed between two looks."""
DAYS = 31
BOUNDS = Bounds(rows=20_000, restless=15_000, bytes=10_000_000)
STATES = (State.ACTIVE, State.SUSPENDED)
GROUPS = ("g1", "g2", "g3")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "prod.history"


@pytest.fixture
def sync(clock) -> FleetSync:
    return FleetSync(Cells().open(FleetQuery()), clock, lambda: 1.0)


@pytest.fixture
def history(sync, clock, path: Path, monkeypatch: pytest.MonkeyPatch) -> History:
    monkeypatch.setattr(file_module, "USUAL", BOUNDS)
    journal = Journal(None, Author("me@here", 1, "prod", "account"), clock)
    return recording(path, journal, Cells(), sync, clock, _fail).history


def _fail(error: Exception) -> None:
    raise error


def content(path: Path) -> bytes:
    return path.read_bytes()


def moved(thing: Thing, dice: random.Random) -> Thing:
    """The same Thing in another state, and every other one in another group."""
    state = STATES[thing.state == State.ACTIVE]
    group = dice.choice([one for one in GROUPS if one != thing.things_group_id])
    things_group_id = group if dice.random() < 0.5 else thing.things_group_id
    return replace(thing, state=state, things_group_id=things_group_id, version=thing.version + 1)


async def test_a_month_stays_within_bounds_and_has_all_of_the_latest(
    sync, history, thing, clock, path: Path
) -> None:
    dice = random.Random(7)
    sync.fill([thing(n, things_group_id="g1") for n in range(THINGS)])
    sync.note_filled_all()
    expected: list[tuple[str, str, str, str]] = []
    for _ in range(DAYS):
        clock.seconds += 86_400
        picked = dice.sample(range(THINGS), A_LOOK)
        before = [sync.fleet.things[f"t_{n}"] for n in picked]
        after = [moved(one, dice) for one in before]
        sync.absorb(after, sync.fleet.revision)
        for old, new in zip(before, after, strict=True):
            expected.append((new.thing_id, ChangeKind.STATE, old.state, new.state))
            if old.things_group_id != new.things_group_id:
                ids = old.things_group_id, new.things_group_id
                expected.append((new.thing_id, ChangeKind.GROUP, *ids))
        await history.settled()
        assert (await history.find(ChangesWanted(), 1)).total <= BOUNDS.rows
    assert len(expected) > 4 * BOUNDS.rows
    assert len(content(path)) < BOUNDS.bytes

    kept = (await history.find(ChangesWanted(), BOUNDS.rows)).changes
    rows = sorted(kept, key=lambda change: change.change_id)
    assert len(rows) > 0.9 * BOUNDS.rows, "the bound is used, too"
    told = [(one.object_id, one.kind, one.before, one.after) for one in rows]
    assert told == expected[-len(rows) :], "all of the latest, and each of them right"

    last_day = await history.changes_between(clock.now() - timedelta(hours=1), most=100_000)
    of_it = [one for one in rows if one.seen_at >= clock.now() - timedelta(hours=1)]
    assert len(last_day) == len(of_it) > A_LOOK

    written = content(path)
    everything = tuple(replace(one) for one in sync.fleet.things.values())
    for start in range(0, THINGS, 500):
        sync.absorb(everything[start : start + 500], sync.fleet.revision)
    await history.settled()
    assert content(path) == written, "nothing is written when nothing changed"
    await history.close()
