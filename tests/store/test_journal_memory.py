"""The journal as the rest of the store sees it."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import threading
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from simtui.errors import SimtuiError
from simtui.models.journal import Intent, Outcome, Result
from simtui.store.journal import author as author_module
from simtui.store.journal.author import Author, is_alive
from simtui.store.journal.file import JournalFile
from simtui.store.journal.journal import Journal, JournalError

NOW = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
AUTHOR = Author("anna@jump-1", 4242, "prod", "https://api.example (c1)")
GONE = 2**22 + 1  # beyond the largest process id of Linux


class StillClock:
    def now(self) -> datetime:
        return NOW

    def monotonic(self) -> float:
        return 0.0


def intent(entry_id: str = "e1", **fields: object) -> Intent:
    usual = Intent(
        entry_id=entry_id,
        at=NOW - timedelta(minutes=1),
        who=AUTHOR.who,
        process=AUTHOR.process,
        profile=AUTHOR.profile,
        endpoint=AUTHOR.endpoint,
        kind="add-tags",
        parameters={"tags": ["spare"]},
        summary="Add the tag spare to 2 Things",
        target="2 Things",
        things=(),
        request_id=f"r-{entry_id}",
        operation="o-1",
    )
    return replace(usual, **fields)


def result(entry_id: str = "e1", outcome: str = Outcome.CONFIRMED, **fields: object) -> Result:
    return replace(Result(entry_id, NOW, outcome), **fields)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "state" / "prod.journal"


@pytest.fixture
def journal(path: Path) -> Journal:
    return Journal(JournalFile(path), AUTHOR, StillClock())


def another(path: Path, author: Author = AUTHOR) -> Journal:
    """The journal as a simtui that starts now finds it."""
    journal = Journal(JournalFile(path), author, StillClock())
    journal.load()
    return journal


async def test_a_write_and_what_became_of_it_are_found_again(journal: Journal, path: Path) -> None:
    await journal.begin(intent("e1"))
    await journal.begin(intent("e2", operation="o-2"))
    await journal.note(result("e1", Outcome.ACCEPTED, job_id="j-7"))
    await journal.note(result("e1", Outcome.PARTLY, failed=1))
    for seen in (journal, another(path)):
        assert [one.entry_id for one in seen.entries] == ["e1", "e2"]
        assert seen.entry("e1") == seen.of_job("j-7") == seen.of_operation("o-1")[0]
        assert seen.entry("e1").outcome == Outcome.PARTLY
        assert seen.entry("e2").outcome == Outcome.UNKNOWN
        assert seen.entry("e3") is None
        assert seen.of_job("j-8") is None
        assert seen.of_operation("o-3") == ()


async def test_the_write_of_a_job_is_found_before_and_after_reading_the_file(
    journal: Journal, path: Path
) -> None:
    """Of a job that is there twice, because the server began anew, it is the latest."""
    for number, job_id in (("1", "j-1"), ("2", "j-2"), ("3", "j-1")):
        await journal.begin(intent(f"e{number}"))
        await journal.note(replace(result(f"e{number}"), job_id=job_id))
    for seen in (journal, another(path)):
        found = [seen.of_job(job) for job in ("j-1", "j-2", "j-3", "")]
        assert [one and one.entry_id for one in found] == ["e3", "e2", None, None]


async def test_a_job_of_another_account_is_not_taken_for_ours(path: Path) -> None:
    other = intent("e1", endpoint="https://other.example (c2)")
    await written(path, other, result("e1", Outcome.ACCEPTED, job_id="j-1"))
    assert another(path).of_job("j-1") is None


async def test_without_a_file_it_is_kept_in_memory() -> None:
    journal = Journal(None, AUTHOR, StillClock())
    journal.load()
    await journal.begin(intent())
    await journal.note(result())
    assert journal.entry("e1").settled
    assert not await journal.reload_if_changed()


async def test_listeners_hear_of_every_change_until_they_leave(journal: Journal) -> None:
    heard: list[str] = []
    leave = journal.listen(lambda: heard.append(journal.entry("e1").outcome))
    await journal.begin(intent())
    await journal.note(result())
    leave()
    await journal.note(result(outcome=Outcome.PARTLY))
    assert heard == [Outcome.UNKNOWN, Outcome.CONFIRMED]


async def test_what_cannot_be_written_is_not_begun(path: Path, journal: Journal) -> None:
    path.parent.write_text("in the way", encoding="utf-8")
    with pytest.raises(JournalError) as caught:
        await journal.begin(intent())
    assert caught.value.title == "The journal cannot be written, so nothing was sent"
    assert caught.value.detail == f"{path.parent}: File exists"
    assert "SIMTUI_STATE_DIR" in caught.value.hint
    assert journal.entries == ()


async def test_a_full_disk_says_so(journal: Journal, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_handle: int, _data: bytes) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("simtui.store.journal.file.os.write", full)
    with pytest.raises(SimtuiError, match=r"nothing was sent\. No space left on device\. Make"):
        await journal.begin(intent())


async def test_what_became_of_a_write_is_known_though_the_disk_refuses_it(
    journal: Journal, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await journal.begin(intent())

    def full(_handle: int, _data: bytes) -> int:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as broken:
        broken.setattr("simtui.store.journal.file.os.write", full)
        with pytest.raises(JournalError, match="No space"):
            await journal.note(result())
    assert journal.entry("e1").outcome == Outcome.CONFIRMED
    await another(path).begin(intent("e2"))
    assert await journal.reload_if_changed()
    assert journal.entry("e1").outcome == Outcome.CONFIRMED
    assert [one.entry_id for one in journal.entries] == ["e1", "e2"]


def test_a_file_that_cannot_be_read_says_so(path: Path, journal: Journal) -> None:
    path.mkdir(parents=True)
    with pytest.raises(JournalError, match="The journal cannot be read"):
        journal.load()


async def test_what_another_program_wrote_comes_in_once(journal: Journal, path: Path) -> None:
    heard: list[int] = []
    await journal.begin(intent("e1"))
    other = another(path)
    await other.begin(intent("e2"))
    await other.note(result("e1"))
    await journal.note(result("e1", Outcome.PARTLY))
    journal.listen(lambda: heard.append(len(journal.entries)))
    assert await journal.reload_if_changed()
    assert not await journal.reload_if_changed()
    assert [one.outcome for one in journal.entry("e1").results] == ["confirmed", "partly"]
    assert heard == [2]


async def test_a_result_of_a_write_that_is_not_known_changes_nothing_here(
    journal: Journal,
) -> None:
    heard: list[str] = []
    journal.listen(lambda: heard.append("changed"))
    await journal.note(result("elsewhere"))
    assert journal.entries == ()
    assert heard == []


async def test_the_loop_goes_on_while_the_disk_is_slow(
    journal: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow = threading.Event()
    real = os.fsync

    def fsync(handle: int) -> None:
        assert slow.wait(20)
        real(handle)

    monkeypatch.setattr("simtui.store.journal.file.os.fsync", fsync)
    writing = asyncio.create_task(journal.begin(intent()))
    await asyncio.sleep(0)
    assert journal.entries == ()
    assert not writing.done()
    slow.set()
    await writing
    assert journal.entry("e1") is not None


async def test_memory_and_disk_agree_after_a_cancelled_begin(
    journal: Journal, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow = threading.Event()
    there = asyncio.Event()
    real = os.fsync

    def fsync(handle: int) -> None:
        assert slow.wait(20)
        real(handle)

    monkeypatch.setattr("simtui.store.journal.file.os.fsync", fsync)
    journal.listen(there.set)
    writing = asyncio.create_task(journal.begin(intent()))
    await asyncio.sleep(0)
    writing.cancel()
    with pytest.raises(asyncio.CancelledError):
        await writing
    slow.set()
    await there.wait()
    assert journal.entries == another(path).entries
    assert len(journal.entries) == 1


_KILLED = """
import asyncio, os, signal, sys
sys.path.insert(0, sys.argv[2])
from pathlib import Path
from simtui.clock import SystemClock
from simtui.models.journal import Before, Intent
from simtui.store.journal.author import Author
from simtui.store.journal.file import JournalFile
from simtui.store.journal.journal import Journal

async def main():
    clock = SystemClock()
    author = Author.of_this_process("prod", "https://api.example (c1)")
    journal = Journal(JournalFile(Path(sys.argv[1])), author, clock)
    things = (Before("t1", "8931086200000000019", "pump-12", 17, {"state": "ACTIVE"}),)
    await journal.begin(Intent("e1", clock.now(), author.who, author.process, author.profile,
        author.endpoint, "set-state", {"state": "SUSPENDED"}, "Suspend pump-12", "pump-12",
        things, "r-1", "o-1"))
    os.kill(os.getpid(), signal.SIGKILL)

asyncio.run(main())
"""


def test_a_write_that_began_is_there_after_sigkill(path: Path) -> None:
    root = str(Path(__file__).parents[2])
    killed = subprocess.run(
        [sys.executable, "-c", _KILLED, str(path), root], capture_output=True, timeout=60
    )
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    journal = another(path, Author.of_this_process("prod", "https://api.example (c1)"))
    (entry,) = journal.abandoned()
    assert entry.outcome == Outcome.UNKNOWN
    assert entry.intent.things[0].fields == {"state": "ACTIVE"}
    assert entry.intent.process != os.getpid()


async def written(path: Path, *records: Intent | Result) -> Journal:
    file = JournalFile(path)
    for record in records:
        file.append(record)
    return another(path)


async def test_what_this_journal_began_is_not_abandoned(journal: Journal) -> None:
    await journal.begin(intent())
    journal.load()
    assert journal.abandoned() == ()


async def test_what_an_earlier_process_with_our_id_began_is_abandoned(path: Path) -> None:
    journal = await written(path, intent())
    assert [one.entry_id for one in journal.abandoned()] == ["e1"]


@pytest.mark.parametrize("outcome", sorted(Outcome.SETTLED))
async def test_what_is_settled_is_not_abandoned(path: Path, outcome: str) -> None:
    assert (await written(path, intent(), result(outcome=outcome))).abandoned() == ()


@pytest.mark.parametrize("outcome", [Outcome.ACCEPTED, Outcome.UNKNOWN])
async def test_what_still_has_to_be_followed_is_abandoned(path: Path, outcome: str) -> None:
    journal = await written(path, intent(process=GONE), result(outcome=outcome, job_id="j"))
    assert [one.entry_id for one in journal.abandoned()] == ["e1"]


async def test_another_account_is_left_alone(path: Path) -> None:
    assert (await written(path, intent(endpoint="https://other (c1)"))).abandoned() == ()


async def test_a_living_process_of_this_host_keeps_what_it_began(path: Path) -> None:
    alive = intent(process=os.getppid(), who="bert@jump-1")
    assert (await written(path, alive)).abandoned() == ()


async def test_a_process_id_of_yesterday_is_another_process_today(path: Path) -> None:
    old = intent(process=os.getppid(), at=NOW - timedelta(days=1, seconds=1))
    assert len((await written(path, old)).abandoned()) == 1


@pytest.mark.parametrize(("minutes", "abandoned"), [(1, 0), (20, 0), (21, 1), (-5, 0)])
async def test_another_host_has_time_to_go_on(path: Path, minutes: int, abandoned: int) -> None:
    at = NOW - timedelta(minutes=minutes)
    elsewhere = intent(who="anna@jump-2", process=GONE, at=at)
    assert len((await written(path, elsewhere)).abandoned()) == abandoned


async def test_news_from_another_host_give_it_time_again(path: Path) -> None:
    elsewhere = intent(who="anna@jump-2", at=NOW - timedelta(hours=2))
    accepted = result(outcome=Outcome.ACCEPTED)
    assert (await written(path, elsewhere, accepted)).abandoned() == ()


def test_a_process_of_somebody_else_is_alive(monkeypatch: pytest.MonkeyPatch) -> None:
    def kill(_process: int, _signal: int) -> None:
        raise PermissionError

    monkeypatch.setattr(author_module.os, "kill", kill)
    assert is_alive(1)


@pytest.mark.parametrize("process", [GONE, 2**70, 0, -1])
def test_ids_that_no_process_has(process: int) -> None:
    assert not is_alive(process)


def test_an_author_without_a_name_has_a_number(monkeypatch: pytest.MonkeyPatch) -> None:
    def getuser() -> str:
        raise KeyError("getpwuid(): uid not found")

    monkeypatch.setattr(author_module.getpass, "getuser", getuser)
    author = Author.of_this_process("prod", "x")
    assert author.who == f"{os.getuid()}@{os.uname().nodename}"
    assert author.process == os.getpid()
