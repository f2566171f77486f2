"""The snapshot on disk: complete and private, or set aside."""

from __future__ import annotations

import asyncio
import os
import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from simtui.models import (
    Account,
    BillingCycle,
    CycleUsage,
    ImeiLock,
    IpLease,
    IpPool,
    IpProfile,
    Location,
    Network,
    Rule,
    SessionSummary,
    Thing,
    ThingsGroup,
)
from simtui.store.snapshot import SnapshotFile, SnapshotIdentity, SnapshotSetAside
from simtui.store.snapshot_format import Dated, SmallLists
from simtui.store.snapshot_write import ABANDONED_AFTER, Picture, write_snapshot

NOW = datetime(2026, 11, 22, 3, 0, 0, 123000, tzinfo=UTC)
IDENTITY = SnapshotIdentity("prod", "https://api.example/iot", "client-4711")
LISTS = SmallLists(
    Dated(Account("a_1", "Demo", "EUR", BillingCycle("2026-11", NOW), limits={"things": 9}), NOW),
    Dated((ThingsGroup("g_1", "north", counts_by_state={"ACTIVE": 2}),), NOW),
    Dated((Network("n_1", "net", ip_pools=(IpPool("p_1", "10.0.4.0/24"),)),), NOW),
    Dated((IpProfile("i_1", "open", inbound=(Rule("r_1", "INBOUND", "DROP", "TCP"),)),), NOW),
)


def full_thing(number: int) -> Thing:
    return Thing(
        f"t_{number}",
        f"89{number:018d}",
        "ACTIVE",
        version=17,
        name='Pumpe \u2028 \x1b[2J 🚰 \\ " \n',
        state_changed_at=NOW,
        tags=("depot-7", "nl"),
        allowed_services=(),
        ip=IpLease("10.0.4.17", "p_1", "LOCKED"),
        imei_lock=ImeiLock(True, tac="49015420"),
        session=SessionSummary("ONLINE", NOW, NOW),
        usage_cycle=CycleUsage("2026-11", 2**40, 3, None, NOW),
        last_location=Location(lat=52.1, lon=-4.5),
    )


def write(path: Path, things: tuple[Thing, ...], identity=IDENTITY, now=NOW) -> SnapshotFile:
    snapshot = SnapshotFile(path, identity)
    fetched_at = now - timedelta(seconds=30)
    asyncio.run(write_snapshot(snapshot, Picture(things, LISTS, fetched_at, now)))
    return snapshot


def read_all(snapshot: SnapshotFile) -> tuple[Thing, ...]:
    first = snapshot.read_first()
    assert first is not None
    return first.things + tuple(thing for part in snapshot.read_rest() for thing in part)


def names_in(directory: Path) -> list[str]:
    return [file.name for file in directory.iterdir()]


@pytest.fixture
def path(tmp_path):
    return tmp_path / "cache" / "prod.snapshot"


@pytest.mark.parametrize("count", [0, 1, 499, 500, 501, 1700])
def test_what_was_written_is_read_again(path, count):
    things = tuple(full_thing(number) for number in range(count))
    snapshot = write(path, things)
    assert read_all(snapshot) == things
    assert snapshot.read_to_end


def test_the_first_part_tells_whose_it_is_and_has_the_small_lists(path):
    first = write(path, tuple(full_thing(number) for number in range(600))).read_first()
    assert len(first.things) == 500
    assert first.lists == LISTS
    assert first.header.profile == "prod"
    assert first.header.base_url == "https://api.example/iot"
    assert first.header.fetched_at == NOW - timedelta(seconds=30)
    assert first.header.saved_at == NOW
    assert first.header.count == 600


def test_without_a_file_there_is_no_snapshot(path):
    snapshot = SnapshotFile(path, IDENTITY)
    assert snapshot.read_first() is None
    assert list(snapshot.read_rest()) == []


def test_it_is_for_its_owner_alone(path):
    old = os.umask(0)
    try:
        write(path, (full_thing(1),))
    finally:
        os.umask(old)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_the_client_id_is_not_in_it(path):
    write(path, (full_thing(1),))
    assert b"client-4711" not in path.read_bytes()


def test_a_write_that_fails_leaves_the_old_one_and_nothing_else(path, monkeypatch):
    write(path, (full_thing(1),))

    def refuse(_descriptor):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", refuse)
    with pytest.raises(OSError, match="No space"):
        write(path, (full_thing(2),))
    assert read_all(SnapshotFile(path, IDENTITY)) == (full_thing(1),)
    assert names_in(path.parent) == [path.name]


def test_a_write_that_is_cancelled_leaves_nothing(path):
    async def cancelled():
        things = tuple(full_thing(number) for number in range(5000))
        picture = Picture(things, LISTS, NOW, NOW)
        writing = asyncio.create_task(write_snapshot(SnapshotFile(path, IDENTITY), picture))
        await asyncio.sleep(0)
        assert names_in(path.parent) != []
        writing.cancel()
        with pytest.raises(asyncio.CancelledError):
            await writing

    asyncio.run(cancelled())
    assert names_in(path.parent) == []


def test_half_written_files_of_killed_runs_are_removed_in_time(path):
    path.parent.mkdir()
    old, young = path.with_name(f"{path.name}.a.tmp"), path.with_name(f"{path.name}.b.tmp")
    for file, age in ((old, ABANDONED_AFTER + 1), (young, ABANDONED_AFTER - 1)):
        file.touch()
        os.utime(file, (NOW.timestamp() - age,) * 2)
    write(path, ())
    assert not old.exists()
    assert young.exists()


def test_a_writer_does_not_disturb_a_reader(path):
    snapshot = write(path, tuple(full_thing(number) for number in range(1200)))
    first = snapshot.read_first()
    write(path, ())
    rest = [thing for part in snapshot.read_rest() for thing in part]
    assert len(first.things) + len(rest) == 1200


@pytest.mark.parametrize(
    "other",
    [
        SnapshotIdentity("test", IDENTITY.base_url, IDENTITY.client_id),
        SnapshotIdentity("prod", "https://api.example/other", IDENTITY.client_id),
        SnapshotIdentity("prod", IDENTITY.base_url, "client-0815"),
    ],
)
def test_a_foreign_snapshot_is_set_aside(path, other):
    write(path, (full_thing(1),), identity=other)
    with pytest.raises(SnapshotSetAside) as caught:
        SnapshotFile(path, IDENTITY).read_first()
    assert "another account" in str(caught.value)
    assert not path.exists()
    assert path.with_name(f"{path.name}.set-aside-1").exists()


def test_another_format_is_set_aside(path, monkeypatch):
    monkeypatch.setattr("simtui.store.snapshot_write.FORMAT", 2)
    write(path, (full_thing(1),))
    with pytest.raises(SnapshotSetAside, match="cannot be used"):
        SnapshotFile(path, IDENTITY).read_first()


def test_only_a_few_are_kept_and_the_oldest_gives_way(path):
    path.parent.mkdir()
    for number in range(5):
        path.write_text(f"nonsense {number}")
        os.utime(path, (number, number))
        with pytest.raises(SnapshotSetAside):
            SnapshotFile(path, IDENTITY).read_first()
    kept = sorted(file.read_text() for file in path.parent.iterdir())
    assert kept == ["nonsense 2", "nonsense 3", "nonsense 4"]


def test_a_file_that_cannot_be_moved_away_is_said(path, monkeypatch):
    def refuse(_self, _target):
        raise PermissionError(13, "Permission denied")

    write(path, (full_thing(1),), identity=SnapshotIdentity("x", "y", "z"))
    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(SnapshotSetAside) as caught:
        SnapshotFile(path, IDENTITY).read_first()
    assert "could not be moved away: Permission denied" in caught.value.hint


THINGS = tuple(full_thing(number) for number in range(1100))


@pytest.fixture(scope="module")
def sound(tmp_path_factory) -> bytes:
    path = tmp_path_factory.mktemp("sound") / "snapshot"
    write(path, THINGS)
    return path.read_bytes()


def read_damaged(path: Path, data: bytes) -> tuple[Thing, ...] | None:
    """All of the Things, or None when it was set aside; never part of them unsaid."""
    path.write_bytes(data)
    snapshot = SnapshotFile(path, IDENTITY)
    got: list[Thing] = []
    try:
        first = snapshot.read_first()
        got.extend(first.things)
        for part in snapshot.read_rest():
            got.extend(part)
    except SnapshotSetAside:
        assert not path.exists()
        assert tuple(got) == THINGS[: len(got)]
        return None
    return tuple(got)


FUZZ = settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@FUZZ
@given(st.data())
def test_a_truncated_snapshot_is_set_aside_before_a_row_is_shown(tmp_path, sound, data):
    length = data.draw(st.integers(0, len(sound) - 1))
    path = tmp_path / "snapshot"
    path.write_bytes(sound[:length])
    with pytest.raises(SnapshotSetAside):
        SnapshotFile(path, IDENTITY).read_first()


@FUZZ
@given(st.data())
def test_flipped_bits_are_never_read_as_things(tmp_path, sound, data):
    damaged = bytearray(sound)
    for _ in range(data.draw(st.integers(1, 3))):
        place = data.draw(st.integers(0, len(sound) - 1))
        damaged[place] ^= 1 << data.draw(st.integers(0, 7))
    if damaged != sound:
        assert read_damaged(tmp_path / "snapshot", bytes(damaged)) is None


@FUZZ
@given(st.lists(st.integers(0, 4), max_size=8))
def test_lines_that_are_missing_or_doubled_are_noticed(tmp_path, sound, order):
    lines = sound.splitlines(keepends=True)
    shuffled = b"".join(lines[number] for number in order)
    whole = THINGS if order[:5] == [0, 1, 2, 3, 4] else None
    assert read_damaged(tmp_path / "snapshot", shuffled + lines[-1]) == whole


@FUZZ
@given(st.binary(max_size=300))
def test_nonsense_is_set_aside(tmp_path, data):
    path = tmp_path / "snapshot"
    path.write_bytes(data)
    with pytest.raises(SnapshotSetAside):
        SnapshotFile(path, IDENTITY).read_first()
