"""The journal stays small over months, and what matters stays in it."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from simtui.models.journal import Before, Intent, JournalEntry, Outcome, Result
from simtui.store.journal import rotate as rotate_module
from simtui.store.journal.author import Author
from simtui.store.journal.codec import encode
from simtui.store.journal.file import JournalFile
from simtui.store.journal.journal import ARCHIVED_AFTER, Journal
from simtui.store.journal.rotate import Limits, archives_of

AT = datetime(2026, 11, 1, 3, 0, tzinfo=UTC)
SMALL = Limits(most=60_000, kept=30_000, archives=2)
THINGS = tuple(Before(f"t{n}", f"8931086{n:013d}", f"pump-{n}", n) for n in range(10))


def intent(number: int, *, operation: str = "", at: datetime = AT) -> Intent:
    return Intent(
        entry_id=f"e{number}",
        at=at,
        who="anna@jump-1",
        process=4242,
        profile="prod",
        endpoint="account",
        kind="set-state",
        parameters={"state": "SUSPENDED"},
        summary=f"Suspend {number}",
        target="10 Things",
        things=THINGS,
        request_id=f"r{number}",
        operation=operation or f"o{number}",
    )


def result(number: int, outcome: str = Outcome.CONFIRMED, at: datetime = AT) -> Result:
    return Result(f"e{number}", at + timedelta(seconds=1), outcome)


def ids(entries: tuple[JournalEntry, ...]) -> list[str]:
    return [one.entry_id for one in entries]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "state" / "prod.journal"


@pytest.fixture
def file(path: Path) -> JournalFile:
    return JournalFile(path, SMALL)


def do(file: JournalFile, number: int, outcome: str = Outcome.CONFIRMED, **more: object) -> None:
    at = AT + timedelta(minutes=number)
    file.append(intent(number, at=at, **more))
    file.append(result(number, outcome, at))


def size_of_all(path: Path) -> int:
    return sum(one.stat().st_size for one in path.parent.iterdir())


def test_a_month_of_writes_stays_within_bounds(file: JournalFile, path: Path) -> None:
    """A hundred operations a day; one whose answer was lost on the first of them."""
    file.append(intent(0))
    line = len(encode(intent(1)))
    largest = 0
    for number in range(1, 3100):
        at = AT + timedelta(days=number / 100)
        file.append(intent(number, at=at))
        file.append(result(number, at=at))
        largest = max(largest, path.stat().st_size)
    assert largest <= SMALL.most + 2 * line
    assert size_of_all(path) <= 3 * SMALL.most
    entries = file.load()
    assert ids(entries)[0] == "e0", "what has no outcome is still to be looked up"
    latest = ids(entries)[1:]
    assert latest == [f"e{n}" for n in range(3100 - len(latest), 3100)], "and all of the latest"
    assert len(latest) * line > 0.9 * SMALL.kept - line
    every = ids(file.load_all())
    assert len(every) > len(entries)
    assert every[-len(latest) :] == latest
    assert sorted(path.parent.iterdir()) == sorted((path, *archives_of(path, SMALL)))
    assert all(stat.S_IMODE(one.stat().st_mode) == 0o600 for one in path.parent.iterdir())


def test_what_went_is_in_the_archive_until_that_is_full_too(file: JournalFile, path: Path) -> None:
    number = 0
    while not archives_of(path, SMALL)[0].exists():
        number += 1
        do(file, number)
    assert ids(file.load_all()) == [f"e{n}" for n in range(1, number + 1)]
    assert all(entry.outcome == Outcome.CONFIRMED for entry in file.load_all())
    assert len(file.load()) < number


def test_an_operation_of_many_requests_stays_whole(file: JournalFile) -> None:
    """Half of it could not be undone."""
    for number in range(100):
        do(file, number, operation="one")
    assert ids(file.load()) == [f"e{n}" for n in range(100)], "the last one, whatever its size"
    for number in range(100, 200):
        do(file, number)
    left = ids(file.load())
    assert not any(f"e{n}" in left for n in range(100)), "then all of it goes"


def test_a_job_that_runs_keeps_its_write(file: JournalFile) -> None:
    do(file, 1, Outcome.ACCEPTED)
    file.append(Result("e1", AT + timedelta(minutes=1), Outcome.ACCEPTED, job_id="j1"))
    for number in range(2, 200):
        do(file, number)
    assert file.load()[0].job_id == "j1"
    file.append(result(1, at=AT + timedelta(minutes=300)))
    for number in range(301, 500):
        do(file, number)
    assert "e1" not in ids(file.load())


def test_of_what_is_open_for_months_nothing_more_is_to_be_learnt(file: JournalFile) -> None:
    file.append(intent(0))
    for number in range(1, 100):
        do(file, number)
    assert "e0" in ids(file.load())
    late = 60 * 24 * 60  # minutes
    for number in range(late, late + 100):
        do(file, number)
    assert "e0" not in ids(file.load())


def test_lines_of_a_later_version_are_not_lost(file: JournalFile, path: Path) -> None:
    do(file, 1)
    strange = b'{"version":2,"type":"remark","record":{"text":"hello"}}'
    with path.open("ab") as later:
        later.write(strange + b"\n")
    for number in range(2, 60):
        do(file, number)
    assert strange in archives_of(path, SMALL)[0].read_bytes()


@pytest.mark.parametrize("step", range(1, 6))
def test_a_crash_in_the_middle_loses_nothing(
    file: JournalFile, path: Path, monkeypatch: pytest.MonkeyPatch, step: int
) -> None:
    """Each of what it does to the disk may be the last that it does."""
    number, steps = 0, 0
    real = Path.replace

    class Crash(BaseException):
        """Nothing after this happens."""

    def replace_or_crash(one: Path, target: Path) -> Path:
        nonlocal steps
        steps += 1
        if steps == step:
            raise Crash
        return real(one, target)

    monkeypatch.setattr(rotate_module.Path, "replace", replace_or_crash)
    crashed = False
    while not crashed and number < 500:
        number += 1
        try:
            do(file, number)
        except Crash:
            crashed = True
    assert crashed
    monkeypatch.undo()
    again = JournalFile(path, SMALL)
    dropped = max(0, number - len(again.load_all()))
    every = ids(again.load_all())
    assert every == [f"e{n}" for n in range(dropped + 1, number + 1)]
    assert dropped == 0 or step > 4, "only the oldest archive is ever dropped"
    for more in range(number + 1, number + 100):
        do(again, more)
    assert ids(again.load())[-1] == f"e{number + 99}"


def test_a_disk_that_refuses_to_rotate_takes_writes_all_the_same(
    file: JournalFile, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tries = 0

    def full(*_: object, **__: object) -> None:
        nonlocal tries
        tries += 1
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as broken:
        broken.setattr(rotate_module.tempfile, "mkstemp", full)
        for number in range(100):
            do(file, number)
    assert ids(file.load()) == [f"e{n}" for n in range(100)]
    assert 0 < tries < 10, "not with every write"
    for number in range(100, 200):
        do(file, number)
    assert path.stat().st_size < 2 * SMALL.most


def test_what_a_killed_one_left_half_written_is_swept(file: JournalFile, path: Path) -> None:
    do(file, 1)
    half = path.with_name(f".{path.name}.abc")
    half.write_bytes(b"half")
    for number in range(2, 60):
        do(file, number)
    assert not half.exists()


def test_a_link_stays_one(tmp_path: Path) -> None:
    real = tmp_path / "elsewhere" / "kept.journal"
    real.parent.mkdir()
    link = tmp_path / "prod.journal"
    link.symlink_to(real)
    file = JournalFile(link, SMALL)
    for number in range(100):
        do(file, number)
    assert link.is_symlink()
    assert real.stat().st_size < SMALL.most
    assert (real.parent / "kept.journal.1").exists()


def test_others_see_that_it_is_another_file(path: Path) -> None:
    file, other = JournalFile(path, SMALL), JournalFile(path, SMALL)
    do(file, 1)
    other.load()
    for number in range(2, 100):
        do(file, number)
    assert other.changed()
    assert ids(other.load()) == ids(file.load())


_APPENDS = """
import sys
sys.path.insert(0, sys.argv[2])
from pathlib import Path
from tests.store.test_journal_rotation import JournalFile, SMALL, do
from dataclasses import replace
file, start = JournalFile(Path(sys.argv[1]), replace(SMALL, archives=50)), int(sys.argv[3])
for number in range(start, start + 150):
    do(file, number)
"""


def test_programs_that_write_while_others_rotate_lose_nothing(path: Path) -> None:
    root = str(Path(__file__).parents[2])
    programs = [
        subprocess.Popen([sys.executable, "-c", _APPENDS, str(path), root, str(start)])
        for start in (1000, 2000, 3000)
    ]
    assert [one.wait(60) for one in programs] == [0, 0, 0]
    file = JournalFile(path, replace(SMALL, archives=50))
    entries = file.load_all()
    starts = (1000, 2000, 3000)
    assert sorted(ids(entries)) == sorted(f"e{start + n}" for start in starts for n in range(150))
    assert {one.outcome for one in entries} == {Outcome.CONFIRMED}
    assert sum(one.exists() for one in archives_of(path, replace(SMALL, archives=50))) > 2


class Hands:
    """A clock that is moved by hand."""

    moment = AT

    def now(self) -> datetime:
        return self.moment

    def monotonic(self) -> float:
        return 0.0


async def test_a_run_of_months_does_not_keep_it_all_in_memory(path: Path) -> None:
    clock = Hands()
    author = Author("anna@jump-1", os.getpid(), "prod", "account")
    journal = Journal(JournalFile(path, SMALL), author, clock)
    for number in range(400):
        clock.moment = AT + timedelta(hours=number)
        await journal.begin(replace(intent(number), at=clock.moment))
        await journal.note(result(number, at=clock.moment))
        await journal.reload_if_changed()
    entries = journal.entries
    assert entries[-1].entry_id == "e399"
    assert len(entries) < 120
    assert timedelta(hours=2) > ARCHIVED_AFTER
