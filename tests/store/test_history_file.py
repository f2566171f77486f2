"""The history on a real disk: bounded, shared, and not lost."""

from __future__ import annotations

import sqlite3
import stat
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simtui.errors import SimtuiError
from simtui.models.change import By, Change, ChangeKind, ChangesWanted
from simtui.paths import Paths
from simtui.store.history import file as file_module
from simtui.store.history.add import FEW
from simtui.store.history.bounds import Bounds
from simtui.store.history.file import HistoryFile, HistorySetAside, HistoryUnusable
from simtui.store.history.history import History, history_file
from simtui.store.history.schema import APPLICATION

NOW = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
ALL = ChangesWanted()
K = ChangeKind


def change(number: int = 1, **fields: object) -> Change:
    usual = Change(
        K.STATE,
        f"t_{number}",
        NOW,
        name=f"pump-{number}",
        iccid=f"8931086{number:013d}",
        before="ACTIVE",
        after="SUSPENDED",
    )
    return replace(usual, **fields)


def take(file: HistoryFile, changes: Sequence[Change], now: datetime = NOW) -> int:
    return file.take(changes, (), lambda found: found, now)


def found(file: HistoryFile, **wanted: object) -> tuple[Change, ...]:
    """Oldest row first, without what names the row."""
    rows = file.find(ChangesWanted(**wanted), 1_000_000).changes
    return tuple(replace(one, change_id=0) for one in sorted(rows, key=lambda one: one.change_id))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "state" / "prod.history"


@pytest.fixture
def file(path: Path) -> HistoryFile:
    return HistoryFile(path, "account")


def test_a_profile_has_a_file_of_its_own_in_the_state_directory(tmp_path: Path) -> None:
    paths = Paths(tmp_path / "config", tmp_path / "cache", tmp_path / "state")
    assert history_file(paths, "prod") == tmp_path / "state" / "prod.history"


def test_reading_makes_no_file(file: HistoryFile, path: Path) -> None:
    assert file.find(ALL, 10).total == 0
    assert not path.parent.exists()


def test_the_file_is_its_owners_alone(file: HistoryFile, path: Path) -> None:
    take(file, [change()])
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    path.chmod(0o644)
    take(file, [change(2)])
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert list(path.parent.iterdir()) == [path], "nothing else is left beside it"


texts = st.text(st.characters(), max_size=20)
moments = st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC)).map(
    lambda moment: moment.replace(microsecond=moment.microsecond // 1000 * 1000)
)
changes = st.builds(
    Change,
    kind=st.sampled_from((K.STATE, K.CHAIN, "of-a-later-version")),
    object_id=st.text("abc_-1", min_size=1, max_size=8),
    seen_at=moments,
    parent_id=st.text("abc", max_size=3),
    name=texts.filter(lambda text: not any("\ud800" <= one <= "\udfff" for one in text)),
    before=st.none() | st.text("xyz", max_size=5),
    after=st.none() | st.text("xyz", max_size=5),
    detail=st.text("xyz", max_size=5),
    at=st.none() | moments,
    last_looked=st.none() | moments,
    by=st.sampled_from((By.HERE, By.ELSEWHERE, By.NOBODY)),
    entry_id=st.text("abc", max_size=3),
)


@given(changes)
def test_any_change_comes_back_as_it_was(one: Change) -> None:
    file = HistoryFile(None, "account", Bounds(age=timedelta(days=100_000)))
    take(file, [one], one.seen_at)
    assert found(file) == (one,)


def test_text_that_has_no_place_in_a_file_is_made_to_fit(file: HistoryFile) -> None:
    take(file, [change(name="\ud800x" + "y" * 10_000)])
    (one,) = found(file)
    assert one.name.startswith("\\ud800x")
    assert len(one.name) < 400


def test_another_account_is_not_mixed_in(file: HistoryFile, path: Path) -> None:
    take(file, [change(1)])
    other = HistoryFile(path, "another account")
    assert other.find(ALL, 10).total == 0
    take(other, [change(1), change(2)])
    assert other.find(ALL, 10).total == 2
    assert file.find(ALL, 10).total == 1


def test_they_are_found_by_time_kind_thing_and_words(file: HistoryFile) -> None:
    hour = timedelta(hours=1)
    take(
        file,
        [
            change(1),
            change(2, kind=K.SESSION, before="ONLINE", after="OFFLINE", seen_at=NOW + hour),
            change(3, name="Übergang 100%", by=By.HERE, seen_at=NOW + 2 * hour),
            change(4, kind=K.THING, before=None, after="gone", seen_at=NOW + 3 * hour),
        ],
    )

    def numbers(**wanted: object) -> list[str]:
        return [one.object_id for one in found(file, **wanted)]

    assert numbers(start=NOW + hour, end=NOW + 3 * hour) == ["t_2", "t_3"]
    assert numbers(kinds=frozenset({K.SESSION, K.THING})) == ["t_2", "t_4"]
    assert numbers(thing_id="t_3") == ["t_3"]
    assert numbers(iccid="89310860000000000002") == ["t_2"]
    assert numbers(words="session OFFLINE pump-2") == ["t_2"]
    assert numbers(words="übergang") == ["t_3"]
    assert numbers(words="100%") == ["t_3"]
    assert numbers(words="1_0") == []
    assert numbers(words="from here") == ["t_3"]
    assert numbers(words="deleted") == ["t_4"]
    assert numbers(words="pump-2\nsession") == ["t_2"], "any blank parts words"
    assert numbers(words="suspended nothing") == []
    assert numbers(words="!session !übergang") == ["t_1", "t_4"]
    assert numbers(words="suspended !from !") == ["t_1"], "a bare ! says nothing yet"


def test_the_latest_come_first_by_when_they_happened(file: HistoryFile) -> None:
    take(file, [change(1, at=NOW - timedelta(hours=2)), change(2), change(3, at=NOW)])
    answer = file.find(ALL, 2)
    assert [one.object_id for one in answer.changes] == ["t_3", "t_2"]
    assert answer.total == 3


# To and fro


def flip(minute: int, **fields: object) -> Change:
    states = ("ONLINE", "OFFLINE") if minute % 2 else ("OFFLINE", "ONLINE")
    moment = NOW + timedelta(minutes=minute)
    usual = {"kind": K.SESSION, "before": states[0], "after": states[1], "seen_at": moment}
    return change(1, **(usual | {"at": moment} | fields))


def test_what_flaps_is_counted_and_does_not_fill_the_history(file: HistoryFile) -> None:
    for minute in range(20):
        take(file, [flip(minute)])
    rows = found(file)
    assert len(rows) == FEW
    assert rows[:-1] == tuple(flip(minute) for minute in range(FEW - 1))
    last = rows[-1]
    assert last.count == 20 - (FEW - 1)
    assert last.first_seen_at == NOW + timedelta(minutes=FEW - 1)
    assert (last.seen_at, last.after) == (NOW + timedelta(minutes=19), "OFFLINE")


def test_a_device_that_flaps_for_a_month_has_a_few_rows_a_day(file: HistoryFile) -> None:
    take(file, [flip(minute) for minute in range(30 * 24 * 60)])
    rows = found(file)
    assert len(rows) <= 30 * FEW + FEW
    assert sum(one.count for one in rows) == 30 * 24 * 60


def test_what_people_do_is_never_counted_together(file: HistoryFile) -> None:
    states = ("ACTIVE", "SUSPENDED")
    changed = [
        change(1, before=states[n % 2], after=states[(n + 1) % 2], seen_at=NOW + timedelta(n))
        for n in range(20)
    ]
    take(file, changed)
    assert found(file) == tuple(changed)


# Bounds


def test_what_is_too_old_goes(path: Path) -> None:
    file = HistoryFile(path, "account", Bounds(age=timedelta(days=35)))
    take(file, [change(n, seen_at=NOW + timedelta(days=n)) for n in range(40)])
    take(file, [change(99)], NOW + timedelta(days=40))
    assert [one.object_id for one in found(file)] == [f"t_{n}" for n in range(5, 40)]


def test_what_is_too_much_goes_the_oldest_first(path: Path) -> None:
    file = HistoryFile(path, "account", Bounds(rows=1000))
    for start in range(0, 5000, 100):
        take(
            file, [change(n, seen_at=NOW + timedelta(seconds=n)) for n in range(start, start + 100)]
        )
        assert file.find(ALL, 0).total <= 1000
    rows = [one.object_id for one in found(file)]
    assert rows == [f"t_{n}" for n in range(5000 - len(rows), 5000)]
    assert len(rows) > 900


def test_sensors_that_wake_and_sleep_do_not_push_out_what_people_did(path: Path) -> None:
    file = HistoryFile(path, "account", Bounds(rows=1000, restless=600))
    take(file, [change(n) for n in range(300)])
    for start in range(0, 20_000, 1000):
        moment = NOW + timedelta(seconds=start)
        take(file, [change(n, kind=K.SESSION, seen_at=moment) for n in range(start, start + 1000)])
    assert len(found(file, kinds=frozenset({K.STATE}))) == 300
    sessions = found(file, kinds=frozenset({K.SESSION}))
    assert 500 < len(sessions) <= 600
    assert sessions[-1].object_id == "t_19999"


def test_the_file_itself_stays_small_and_gives_back_what_it_had(path: Path) -> None:
    file = HistoryFile(path, "account", Bounds(bytes=400_000))
    for start in range(0, 10_000, 500):
        moment = NOW + timedelta(seconds=start)
        news = [change(n, seen_at=moment, detail="x" * 200) for n in range(start, start + 500)]
        take(file, news)
        assert path.stat().st_size < 700_000, "one batch more than the bound, at most"
    assert found(file)[-1].object_id == "t_9999"
    tight = HistoryFile(path, "account", Bounds(rows=10))
    take(tight, [change(1, seen_at=NOW + timedelta(days=1))], NOW + timedelta(days=1))
    assert path.stat().st_size < 100_000


# What may happen to a file


def test_a_damaged_file_is_set_aside_and_another_begun(file: HistoryFile, path: Path) -> None:
    take(file, [change(1)])
    path.write_bytes(b"SQLite format 3\0" + b"\xff" * 5000)
    with pytest.raises(HistorySetAside, match="set-aside-1"):
        take(file, [change(2)])
    assert path.with_name("prod.history.set-aside-1").read_bytes().endswith(b"\xff")
    take(file, [change(2)])
    assert [one.object_id for one in found(file)] == ["t_2"]


def test_pages_that_were_overwritten_are_damage_too(file: HistoryFile, path: Path) -> None:
    take(file, [change(n) for n in range(2000)])
    content = bytearray(path.read_bytes())
    content[4096:-4096] = b"\xaa" * (len(content) - 8192)
    path.write_bytes(content)
    with pytest.raises(HistorySetAside):
        file.find(ALL, 10_000)
    assert file.find(ALL, 10).total == 0


def test_a_database_of_something_else_is_not_touched_but_set_aside(
    file: HistoryFile, path: Path
) -> None:
    path.parent.mkdir()
    other = sqlite3.connect(path)
    other.execute("CREATE TABLE bookmarks (url TEXT)")
    other.commit()
    other.close()
    before = path.read_bytes()
    with pytest.raises(HistorySetAside, match="not a history"):
        take(file, [change()])
    assert path.with_name("prod.history.set-aside-1").read_bytes() == before


def test_what_a_later_version_wrote_is_left_as_it_is(file: HistoryFile, path: Path) -> None:
    take(file, [change()])
    later = sqlite3.connect(path)
    later.execute("PRAGMA user_version = 99")
    later.commit()
    later.close()
    before = path.read_bytes()
    for use in (lambda: take(file, [change(2)]), lambda: file.find(ALL, 1)):
        with pytest.raises(HistoryUnusable, match="format 99") as caught:
            use()
        assert caught.value.exit_code == 3
    assert path.read_bytes() == before
    assert APPLICATION == 0x51B7, "files of every version have it"


def test_a_place_that_cannot_be_used_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "in-the-way").write_text("", encoding="utf-8")
    file = HistoryFile(tmp_path / "in-the-way" / "prod.history", "account")
    with pytest.raises(HistoryUnusable, match="in-the-way"):
        take(file, [change()])


def test_a_disk_that_refuses_keeps_none_of_a_batch(
    file: HistoryFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    take(file, [change(1)])
    real = file_module.add_changes

    def fills_up(*arguments: object) -> int:
        real(*arguments)
        raise sqlite3.OperationalError("database or disk is full")

    with monkeypatch.context() as broken:
        broken.setattr(file_module, "add_changes", fills_up)
        with pytest.raises(HistoryUnusable, match="disk is full"):
            take(file, [change(2)])
    assert [one.object_id for one in found(file)] == ["t_1"]


_ADDS = """
import os, sys
sys.path.insert(0, sys.argv[3])
from datetime import timedelta
from pathlib import Path
from tests.store.test_history_file import HistoryFile, NOW, change, take
file, start, killed = HistoryFile(Path(sys.argv[1]), "account"), int(sys.argv[2]), len(sys.argv) > 4
for number in range(start, start + 40):
    take(file, [change(number)])
if killed:
    def finish(found):
        os.kill(os.getpid(), 9)
    file.take([change(7777)], (), finish, NOW)
"""


def program(path: Path, start: int, *more: str) -> subprocess.Popen[bytes]:
    root = str(Path(__file__).parents[2])
    return subprocess.Popen([sys.executable, "-c", _ADDS, str(path), str(start), root, *more])


def test_programs_that_write_at_once_and_one_that_is_killed_lose_nothing(
    file: HistoryFile, path: Path
) -> None:
    programs = [program(path, 100), program(path, 200), program(path, 300, "killed")]
    assert [one.wait(60) for one in programs] == [0, 0, -9]
    names = {one.object_id for one in found(file)}
    assert names == {f"t_{start + n}" for start in (100, 200, 300) for n in range(40)}


# In the app


class Hands:
    """A clock that stands still."""

    def now(self) -> datetime:
        return NOW

    def monotonic(self) -> float:
        return 0.0


async def test_a_person_hears_once_of_a_disk_that_refuses_and_nothing_is_lost(
    path: Path,
) -> None:
    said: list[SimtuiError] = []
    path.parent.parent.mkdir(exist_ok=True)
    path.parent.write_text("in the way", encoding="utf-8")
    history = History(path, "account", Hands(), notice=said.append)
    for number in range(3):
        history.add([change(number)])
        await history.settled()
    assert [type(one) for one in said] == [HistoryUnusable]
    path.parent.unlink()
    history.add([change(3)])
    await history.settled()
    changes = await history.changes_between(None)
    assert {one.object_id for one in changes} == {"t_0", "t_1", "t_2", "t_3"}
    await history.close()


@pytest.fixture
def damaged(path: Path) -> Path:
    path.parent.mkdir()
    path.write_bytes(b"no database at all, not even a small one" * 100)
    return path


async def test_after_a_damaged_file_it_goes_on_with_a_new_one(damaged: Path) -> None:
    said: list[SimtuiError] = []
    path = damaged
    history = History(path, "account", Hands(), notice=said.append)
    history.add([change(1)])
    await history.settled()
    assert [one.object_id for one in await history.changes_of("t_1")] == ["t_1"]
    assert [type(one) for one in said] == [HistorySetAside]
    await history.close()


async def test_who_listens_hears_of_what_is_new_only(path: Path) -> None:
    heard: list[int] = []
    history = History(path, "account", Hands())
    unlisten = history.listen(lambda: heard.append(1))
    for _ in range(2):
        history.add([change(1)])
        await history.settled()
    assert heard == [1], "the second was known"
    unlisten()
    history.add([change(2)])
    await history.close()
    assert heard == [1]
    assert HistoryFile(path, "account").find(ALL, 5).total == 2, "closing writes what waits"


async def test_others_ask_by_time_and_kind_and_thing() -> None:
    history = History(None, "account", Hands())
    later = NOW + timedelta(hours=1)
    history.add([change(1), change(2, kind=K.IMEI, seen_at=later)])
    await history.settled()
    assert [one.object_id for one in await history.changes_between(NOW, later)] == ["t_1"]
    assert [one.object_id for one in await history.changes_between(NOW, kinds={K.IMEI})] == ["t_2"]
    assert [one.object_id for one in await history.changes_of("t_2", 5)] == ["t_2"]
    await history.close()
