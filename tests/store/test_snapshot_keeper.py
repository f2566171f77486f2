"""A second start: the last known fleet at once, with its age, and with the API down."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from simtui.errors import Unreachable
from simtui.models import ThingsGroup
from simtui.store import snapshot_keeper
from simtui.store.queries import AccountQuery, FleetQuery, GroupsQuery
from simtui.store.snapshot import SnapshotFile, SnapshotIdentity, SnapshotSetAside
from simtui.store.snapshot_keeper import WRITE_EVERY
from simtui.store.snapshot_write import write_snapshot
from simtui.store.store import Store

IDENTITY = SnapshotIdentity("prod", "https://api.example/iot", "client-4711")
COUNT = 1200


@pytest.fixture
def path(tmp_path):
    return tmp_path / "prod.snapshot"


@pytest.fixture
def written(monkeypatch):
    """One item for every snapshot that was written to its end."""
    queue = asyncio.Queue()

    async def write_and_tell(snapshot, picture):
        await write_snapshot(snapshot, picture)
        queue.put_nowait(picture)

    monkeypatch.setattr(snapshot_keeper, "write_snapshot", write_and_tell)
    return queue


@pytest.fixture
def notices():
    return []


@pytest.fixture
async def start(clock, path, notices):
    """Starts the program again and again, on one cache directory."""
    stores = []

    def start_store():
        snapshot = SnapshotFile(path, IDENTITY)
        store = Store(clock=clock, sleep=clock.sleep, snapshot=snapshot, notice=notices.append)
        stores.append(store)
        return store

    yield start_store
    for store in stores:
        await store.close()


@pytest.fixture
async def saved(start, source, thing, clock):
    """A run that loaded the fleet and ended properly; what it had."""
    source.pages = [tuple(thing(number) for number in range(COUNT))]
    source.answers["groups"] = (ThingsGroup("g_1", "north"),)
    store = start()
    store.connect(source)
    await store.fetch(FleetQuery())
    await store.fetch(GroupsQuery())
    await store.fetch(AccountQuery())
    await store.close()
    source.calls.clear()
    clock.seconds += 3600
    return dict(store.entry(FleetQuery()).value.things)


async def test_the_second_start_shows_rows_before_it_asks_for_anything(
    saved, start, source, seen, clock
):
    store = start()
    told = seen()
    store.watch(FleetQuery(), told)
    store.restore_first()
    assert len(told.last.value) == 500
    assert told.last.stale
    assert not told.last.loading
    assert told.last.age(clock.now()) == timedelta(hours=1)
    assert store.entry(GroupsQuery()).value == (ThingsGroup("g_1", "north"),)
    assert store.entry(GroupsQuery()).stale
    await store.restore_rest()
    assert dict(told.last.value.things) == saved
    assert source.calls == []


async def test_with_the_api_down_the_fleet_is_there_with_its_age(saved, start, source, seen, clock):
    source.pages = [Unreachable("No answer")]
    store = start()
    store.restore_first()
    await store.restore_rest()
    told = seen()
    store.watch(FleetQuery(), told)
    store.connect(source)
    await clock.advance(30)
    assert len(told.last.value) == COUNT
    assert told.last.age(clock.now()) == timedelta(hours=1, seconds=30)
    assert told.last.error.title == "No answer"


async def test_what_the_server_has_replaces_what_the_snapshot_had(saved, start, source, thing):
    source.pages = [(thing(1, name="new", version=2),)]
    store = start()
    store.restore_first()
    await store.restore_rest()
    store.connect(source)
    fleet = await store.fetch(FleetQuery())
    assert [row.name for row in fleet.things.values()] == ["new"]
    assert not store.entry(FleetQuery()).stale


async def test_restoring_after_the_load_brings_nothing_back(saved, start, source, thing):
    source.pages = [(thing(1, name="new"),)]
    store = start()
    store.restore_first()
    store.connect(source)
    fleet = await store.fetch(FleetQuery())
    await store.restore_rest()
    assert [row.name for row in fleet.things.values()] == ["new"]


async def test_restoring_during_the_load_brings_nothing_back(saved, start, source, thing, settle):
    gate = asyncio.get_running_loop().create_future()
    source.pages = [(thing(COUNT - 1, name="new"),), lambda: gate]
    store = start()
    store.restore_first()
    store.connect(source)
    loading = asyncio.create_task(store.fetch(FleetQuery()))
    await settle()
    await store.restore_rest()
    assert len(store.entry(FleetQuery()).value) == COUNT
    gate.set_result(None)
    fleet = await loading
    assert [row.name for row in fleet.things.values()] == ["new"]


async def test_a_newer_small_list_is_not_replaced_by_the_snapshot(saved, start, source):
    source.answers["groups"] = (ThingsGroup("g_2", "south"),)
    store = start()
    store.connect(source)
    await store.fetch(GroupsQuery())
    store.restore_first()
    assert store.entry(GroupsQuery()).value == (ThingsGroup("g_2", "south"),)


async def test_the_age_that_is_saved_is_that_of_the_last_answer(saved, start, source, seen, clock):
    store = start()
    store.restore_first()
    await store.restore_rest()
    store.connect(source)
    await store.fetch(FleetQuery())
    await store.close()
    clock.seconds += 60
    third = start()
    third.restore_first()
    assert third.entry(FleetQuery()).age(clock.now()) == timedelta(seconds=60)


async def test_a_start_that_learns_nothing_writes_nothing(saved, start, path):
    before = path.stat()
    store = start()
    store.restore_first()
    await store.restore_rest()
    await store.close()
    assert (path.stat().st_ino, path.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


async def test_a_fleet_that_is_not_whole_is_not_written(saved, start, source, path, thing, clock):
    before = path.stat().st_ino
    source.pages = [(thing(1, name="new"),), Unreachable("No answer")]
    store = start()
    store.restore_first()
    store.connect(source)
    with pytest.raises(Unreachable):
        await store.fetch(FleetQuery())
    await store.close()
    assert path.stat().st_ino == before


async def test_a_run_that_was_cut_off_while_restoring_writes_nothing(saved, start, path):
    before = path.stat().st_ino
    store = start()
    store.restore_first()
    restoring = asyncio.create_task(store.restore_rest())
    await asyncio.sleep(0)
    await store.close()
    await restoring
    assert path.stat().st_ino == before


async def test_a_run_that_gets_killed_has_saved_its_first_load(start, source, seen, thing, written):
    source.pages = [(thing(1),)]
    store = start()
    store.connect(source)
    store.watch(FleetQuery(), seen())
    await asyncio.wait_for(written.get(), 10)
    second = start()
    second.restore_first()
    assert list(second.entry(FleetQuery()).value.things) == ["t_1"]


async def test_it_is_not_written_at_every_change(start, source, seen, thing, clock, written):
    source.pages = [(thing(1),)]
    store = start()
    store.connect(source)
    store.watch(FleetQuery(), seen())
    await asyncio.wait_for(written.get(), 10)
    source.pages = [(thing(1, version=2),)]
    await clock.advance(WRITE_EVERY - 10)
    assert written.empty()
    await clock.advance(40)
    picture = await asyncio.wait_for(written.get(), 10)
    assert picture.things == (thing(1, version=2),)


async def test_a_damaged_snapshot_is_a_notice_and_not_a_crash(saved, start, source, path, notices):
    path.write_bytes(path.read_bytes()[:-1])
    store = start()
    store.restore_first()
    await store.restore_rest()
    assert [type(notice) for notice in notices] == [SnapshotSetAside]
    assert store.entry(FleetQuery()).value is None
    store.connect(source)
    assert len(await store.fetch(FleetQuery())) == COUNT


async def test_damage_further_down_keeps_the_sound_rows(saved, start, path, notices):
    data = bytearray(path.read_bytes())
    data[-200] ^= 1
    path.write_bytes(bytes(data))
    store = start()
    store.restore_first()
    await store.restore_rest()
    assert len(notices) == 1
    assert len(store.entry(FleetQuery()).value) == 1000
    await store.close()
    assert not path.exists()


async def test_a_directory_that_cannot_be_written_is_a_notice(start, source, thing, path, notices):
    path.parent.joinpath("prod.snapshot").mkdir()
    source.pages = [(thing(1),)]
    store = start()
    store.connect(source)
    await store.fetch(FleetQuery())
    await store.close()
    assert "could not be saved" in notices[0].title
    assert str(path) in notices[0].detail


async def test_a_store_without_a_snapshot_restores_nothing(store):
    store.restore_first()
    await store.restore_rest()
    assert store.entry(FleetQuery()).value is None
