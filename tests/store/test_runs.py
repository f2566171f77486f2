"""Runs of runbooks on a real disk: there after a crash, for their owner alone, and what cannot
be read is left alone."""

from __future__ import annotations

import asyncio
import os
import signal
import stat
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simtui.errors import SimtuiError
from simtui.models.runbook import (
    Fact,
    Revival,
    ReviveSettings,
    ReviveStep,
    Run,
    RunKind,
    RunThing,
    Step,
    StepState,
    StolenStep,
    operation_of,
    run_of_operation,
)
from simtui.paths import Paths
from simtui.store import runs as runs_module
from simtui.store.journal.author import Author
from simtui.store.run_files import runs_folder
from simtui.store.runs import LONGEST_SILENCE, LONGEST_WATCH, Runs, in_memory

AT = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
NOBODY = 2**22 + 7
"""A process id that the system does not give."""
STOLEN = Run(
    "a1",
    RunKind.STOLEN_SIM,
    AT,
    AT,
    "me@here",
    NOBODY,
    (RunThing("t_1", "8931", "pump-12", "ONLINE"),),
    tuple(Step(name) for name in StolenStep.ALL),
    evidence=(Fact("Device", "IMEI now", "3591"),),
    looked_at=AT,
)
REVIVE = Run(
    "b2",
    RunKind.REVIVE,
    AT + timedelta(minutes=1),
    AT,
    "me@here",
    NOBODY,
    (RunThing("t_1", "8931"), RunThing("t_2", "8932", revival=Revival.RESET, said="offline")),
    tuple(Step(name, operations=(operation_of("b2", name),)) for name in ReviveStep.ALL),
    settings=ReviveSettings(3, "REBOOT {name}", 7),
)


class Clock:
    def __init__(self) -> None:
        self.at = AT

    def now(self) -> datetime:
        return self.at

    def monotonic(self) -> float:
        return 0.0


class Desk:
    """A folder for runs, and what was said about it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.notices: list[SimtuiError] = []
        self.clock = Clock()

    def open(self, endpoint: str = "prod", who: str = "me@here", process: int = 1) -> Runs:
        author = Author(who, process, "prod", endpoint)
        return Runs(self.folder, author, self.clock, self.notices.append)

    async def loaded(self, endpoint: str = "prod") -> Runs:
        """As the next start finds them."""
        runs = self.open(endpoint)
        await runs.load()
        return runs

    @property
    def files(self) -> list[Path]:
        return sorted(self.folder.iterdir()) if self.folder.exists() else []


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path / "state" / "prod.runs")


def test_a_profile_has_a_folder_of_its_own(tmp_path: Path) -> None:
    paths = Paths(tmp_path / "config", tmp_path / "cache", tmp_path / "state")
    assert runs_folder(paths, "prod") == tmp_path / "state" / "prod.runs"


async def test_what_was_kept_is_there_at_the_next_start_the_latest_first(desk: Desk) -> None:
    runs = desk.open()
    runs.keep(STOLEN)
    runs.keep(REVIVE)
    await runs.close()
    again = await desk.loaded()
    assert again.all == (REVIVE, STOLEN)
    assert again.find("a1") == STOLEN
    assert again.find("zz") is None
    assert desk.notices == []


async def test_files_and_folder_are_their_owners_alone(desk: Desk) -> None:
    runs = desk.open()
    runs.keep(STOLEN)
    await runs.close()
    (file,) = desk.files
    assert file.name == "a1.run.json"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(desk.folder.stat().st_mode) == 0o700


async def test_it_is_on_the_disk_when_keep_now_returns(desk: Desk) -> None:
    runs = desk.open()
    runs.keep(STOLEN)
    later = await runs.keep_now(STOLEN.with_step(StolenStep.TAG, state=StepState.SKIPPED))
    assert (await desk.loaded()).find("a1") == later


async def test_without_a_folder_nothing_is_kept() -> None:
    runs = in_memory()
    await runs.load()
    runs.keep(STOLEN)
    assert runs.find("a1") is not None
    assert not runs.outlive
    await runs.close()


async def test_runs_of_another_account_are_left_alone(desk: Desk) -> None:
    runs = desk.open("prod")
    runs.keep(STOLEN)
    await runs.close()
    other = await desk.loaded("test")
    assert (other.all, desk.notices) == ((), [])
    assert len(desk.files) == 1


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b'{"format": 1, "endpoint": "prod", "run": {}}',
        b"[" * 100_000,
        b"\xff\xfe",
    ],
)
async def test_a_damaged_file_is_left_alone_and_told_of(desk: Desk, content: bytes) -> None:
    runs = desk.open()
    runs.keep(STOLEN)
    await runs.close()
    damaged = desk.folder / "b2.run.json"
    damaged.write_bytes(content)
    assert (await desk.loaded()).all == (STOLEN,)
    assert damaged.read_bytes() == content
    (notice,) = desk.notices
    assert "b2.run.json" in notice.detail


@pytest.mark.parametrize("spoiled", ["later-format", "other-name", "naive-time", "no-things"])
async def test_what_is_not_a_run_of_this_version_is_not_taken_for_one(
    desk: Desk, spoiled: str
) -> None:
    runs = desk.open()
    runs.keep(STOLEN)
    await runs.close()
    (file,) = desk.files
    text = file.read_text()
    if spoiled == "later-format":
        file.write_text(text.replace('"format":1', '"format":2'))
    elif spoiled == "other-name":
        file.rename(file.with_name("zz.run.json"))
    elif spoiled == "naive-time":
        assert '"looked_at":"2026-11-22T03:00:00Z"' in text
        file.write_text(text.replace('"looked_at":"2026-11-22T03:00:00Z"', _NAIVE))
    else:
        desk.open().keep(replace(STOLEN, things=()))
        runs = desk.open()
        runs.keep(replace(STOLEN, things=()))
        await runs.close()
    assert (await desk.loaded()).all == ()
    assert len(desk.notices) == 1


_NAIVE = '"looked_at":"2026-11-22T03:00:00"'


async def test_a_disk_that_refuses_is_told_of_once_and_the_run_goes_on(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("no folder")
    desk = Desk(blocked / "prod.runs")
    runs = desk.open()
    await runs.keep_now(STOLEN)
    await runs.keep_now(REVIVE)
    assert len(desk.notices) == 1
    assert not runs.outlive
    assert len(runs.all) == 2


async def test_the_oldest_that_have_ended_give_way(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(runs_module, "MOST_KEPT", 2)
    runs = desk.open()
    runs.keep(replace(STOLEN, run_id="open", begun=AT - timedelta(days=9)))
    steps = tuple(Step(name, StepState.DONE) for name in StolenStep.ALL)
    for number in range(4):
        begun = AT + timedelta(hours=number)
        runs.keep(replace(STOLEN, run_id=f"{number}", begun=begun, steps=steps))
    await runs.close()
    assert [run.run_id for run in runs.all] == ["3", "2", "open"]
    assert [run.run_id for run in (await desk.loaded()).all] == ["3", "2", "open"]


async def test_listeners_hear_of_every_change_until_they_stop(desk: Desk) -> None:
    heard: list[int] = []
    runs = desk.open()
    stop = runs.listen(lambda: heard.append(len(runs.all)))
    runs.keep(STOLEN)
    runs.keep(REVIVE)
    stop()
    stop()
    runs.keep(REVIVE)
    await runs.close()
    assert heard == [1, 2]


async def test_when_it_was_changed_is_noted(desk: Desk) -> None:
    runs = desk.open()
    desk.clock.at = AT + timedelta(hours=3)
    assert runs.keep(STOLEN).changed == AT + timedelta(hours=3)
    await runs.close()


def test_another_program_is_at_it_as_far_as_can_be_told(desk: Desk) -> None:
    runs = desk.open(process=1234)
    ours = replace(STOLEN, process=1234)
    assert not runs.is_elsewhere(ours)
    alive = replace(STOLEN, process=os.getpid())
    assert runs.is_elsewhere(alive)
    assert not runs.is_elsewhere(replace(alive, changed=AT - LONGEST_WATCH - timedelta(seconds=1)))
    assert not runs.is_elsewhere(STOLEN)  # its process is not there any more
    far = replace(STOLEN, who="me@there", changed=AT)
    assert runs.is_elsewhere(far)
    desk.clock.at = AT + LONGEST_SILENCE + timedelta(seconds=1)
    assert not runs.is_elsewhere(far)


def test_an_operation_names_its_run_and_fits_into_a_reference() -> None:
    run_id = "0123456789abcdef0123456789abcdef"
    for step in (*StolenStep.ALL, *ReviveStep.ALL):
        operation = operation_of(run_id, step, 99)
        assert len(operation) <= 64
        assert run_of_operation(operation) == run_id
    assert run_of_operation(run_id) == ""
    assert operation_of("a", "sms", 1) != operation_of("a", "sms", 2)


def test_a_run_knows_what_is_next() -> None:
    assert STOLEN.next_step == STOLEN.step(StolenStep.EVIDENCE)
    run = STOLEN
    for name in StolenStep.ALL:
        assert run.next_step is not None
        assert run.next_step.name == name
        run = run.with_step(name, state=StepState.DONE)
    assert run.ended
    failed = run.with_step(StolenStep.TAG, state=StepState.FAILED)
    assert failed.next_step == failed.step(StolenStep.TAG)
    with pytest.raises(KeyError):
        run.step("nothing")


moments = st.datetimes(
    min_value=datetime(2000, 1, 1), max_value=datetime(2100, 1, 1), timezones=st.just(UTC)
)
texts = st.text(st.characters(exclude_categories=("Cs",)), max_size=20)
steps = st.builds(
    Step,
    texts,
    texts,
    st.none() | moments,
    st.none() | moments,
    st.none() | moments,
    st.lists(texts, max_size=3).map(tuple),
    texts,
)
things = st.builds(RunThing, texts, texts, texts, texts, texts, texts, texts)
any_run = st.builds(
    Run,
    st.just("a1"),
    texts,
    moments,
    st.just(AT),
    texts,
    st.integers(0, 2**22),
    st.lists(things, min_size=1, max_size=4).map(tuple),
    st.lists(steps, min_size=1, max_size=4).map(tuple),
    texts,
    st.lists(st.builds(Fact, texts, texts, texts), max_size=3).map(tuple),
    st.none() | moments,
    st.builds(ReviveSettings, st.integers(), texts, st.integers()),
)


@settings(deadline=None, max_examples=50)
@given(run=any_run)
def test_any_run_comes_back_as_it_was(tmp_path_factory: pytest.TempPathFactory, run: Run) -> None:
    async def there_and_back() -> tuple[Run, ...]:
        desk = Desk(tmp_path_factory.mktemp("runs") / "x")
        await desk.open().keep_now(run)
        assert desk.notices == []
        return (await desk.loaded()).all

    assert asyncio.run(there_and_back()) == (run,)


# Killed in the middle of a run


_RUNS = """
import asyncio, os, signal, sys
from pathlib import Path
sys.path.insert(0, sys.argv[2])
from dataclasses import replace
from simtui.clock import SystemClock
from simtui.models.runbook import *
from simtui.store.journal.author import Author
from simtui.store.runs import Runs

async def work():
    now = SystemClock().now()
    author = Author("me@here", os.getpid(), "prod", "prod")
    runs = Runs(Path(sys.argv[1]), author, SystemClock(), print)
    things = tuple(RunThing(f"t_{n}", f"8931{n}") for n in range(50))
    steps = tuple(Step(name) for name in ReviveStep.ALL)
    run = Run("b2", RunKind.REVIVE, now, now, author.who, author.process, things, steps)
    for n in range(50):
        changed = list(run.things)
        changed[n] = replace(changed[n], revival=Revival.RESET)
        run = runs.keep(replace(run, things=tuple(changed)))
        if n == 20:
            await asyncio.sleep(0)
    await runs.keep_now(run.with_step("reset", state=StepState.OFFERED, begun=now))
    print("kept", flush=True)
    runs.keep(run.with_step("sms", state=StepState.DONE))
    os.kill(os.getpid(), signal.SIGKILL)

asyncio.run(work())
"""


def killed(folder: Path) -> subprocess.CompletedProcess[bytes]:
    root = str(Path(__file__).parents[2])
    command = [sys.executable, "-c", _RUNS, str(folder), root]
    return subprocess.run(command, capture_output=True, timeout=60, check=False)


async def test_killed_in_the_middle_of_a_run_it_is_offered_as_far_as_it_was(desk: Desk) -> None:
    ended = killed(desk.folder)
    assert (ended.returncode, ended.stdout) == (-signal.SIGKILL, b"kept\n"), ended.stderr
    runs = await desk.loaded()
    run = runs.find("b2")
    assert run is not None
    assert run.next_step is not None
    assert (run.next_step.name, run.next_step.state) == ("reset", StepState.OFFERED)
    assert [one.revival for one in run.things] == [Revival.RESET] * 50
    assert run.step("sms").state == StepState.WAITING
    assert not runs.is_elsewhere(run)
    assert {stat.S_IMODE(file.stat().st_mode) for file in desk.files} == {0o600}
