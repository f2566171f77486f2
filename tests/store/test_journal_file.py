"""The journal on a real disk: whole lines, or none; for its owner alone."""

from __future__ import annotations

import json
import os
import resource
import signal
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simtui.models import IpLease
from simtui.models.journal import Before, Intent, JournalEntry, Outcome, Result
from simtui.paths import Paths
from simtui.store.journal import file as journal_file_module
from simtui.store.journal.codec import decode, encode
from simtui.store.journal.file import JournalFile, journal_file

AT = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)


def intent(entry_id: str = "e1", **fields: object) -> Intent:
    usual = Intent(
        entry_id=entry_id,
        at=AT,
        who="anna@jump-1",
        process=4242,
        profile="prod",
        endpoint="https://api.example (simtui-1)",
        kind="set-state",
        parameters={"state": "SUSPENDED"},
        summary="Suspend pump-12",
        target="pump-12",
        things=(Before("t1", "8931086200000000019", "pump-12", 17, {"state": "ACTIVE"}),),
        request_id="r-1",
        operation="o-1",
    )
    return replace(usual, **fields)


def result(entry_id: str = "e1", outcome: str = Outcome.CONFIRMED, **fields: object) -> Result:
    return replace(Result(entry_id, AT + timedelta(seconds=1), outcome), **fields)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "state" / "prod.journal"


@pytest.fixture
def file(path: Path) -> JournalFile:
    return JournalFile(path)


def test_a_profile_has_a_file_of_its_own_in_the_state_directory(tmp_path: Path) -> None:
    paths = Paths(tmp_path / "config", tmp_path / "cache", tmp_path / "state")
    assert journal_file(paths, "prod") == tmp_path / "state" / "prod.journal"


def test_without_a_file_there_is_nothing_and_none_is_made(file: JournalFile, path: Path) -> None:
    assert file.load() == ()
    assert not file.changed()
    assert not path.parent.exists()


def test_what_was_written_is_there_oldest_first(file: JournalFile, path: Path) -> None:
    records = (intent("e1"), intent("e2"), result("e1", Outcome.ACCEPTED, job_id="j"), result("e1"))
    for record in records:
        file.append(record)
    assert JournalFile(path).load() == (
        JournalEntry(intent("e1"), (result("e1", Outcome.ACCEPTED, job_id="j"), result("e1"))),
        JournalEntry(intent("e2")),
    )


def test_the_file_and_its_directory_are_their_owners_alone(file: JournalFile, path: Path) -> None:
    file.append(intent())
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_a_file_that_others_may_read_is_closed_to_them(file: JournalFile, path: Path) -> None:
    file.append(intent())
    path.chmod(0o644)
    file.append(result())
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_line_that_a_crash_tore_costs_only_itself(file: JournalFile, path: Path) -> None:
    file.append(intent("e1"))
    with path.open("ab") as torn:
        torn.write(encode(intent("e2"))[:-40])
    assert [one.entry_id for one in file.load()] == ["e1"]
    file.append(intent("e3"))
    assert [one.entry_id for one in file.load()] == ["e1", "e3"]
    assert path.read_bytes().endswith(b"\n")


@pytest.mark.parametrize("cut", [1, 2, 30])
def test_no_part_of_a_line_is_taken_for_a_whole_one(cut: int) -> None:
    line = encode(intent()).rstrip(b"\n")
    assert decode(line) == intent()
    assert decode(line[:-cut]) is None
    assert decode(line[cut:]) is None


@pytest.mark.parametrize(
    "line",
    [
        b"",
        b"null",
        b"[1]",
        b"\xff\xfe",
        pytest.param(b"[" * 100_000, id="deep"),
        b'{"version":2,"type":"intent","record":{}}',
        b'{"version":1,"type":"remark","record":{}}',
        b'{"version":1,"type":["intent"],"record":{}}',
        b'{"version":1,"type":"intent","record":{"entry_id":"e9"}}',
        b'{"version":1,"type":"result","record":{"entry_id":"e1","at":"yesterday","outcome":"x"}}',
        b'{"version":1,"type":"result","record":'
        b'{"entry_id":"e1","at":"2026-11-22T03:00:00","outcome":"no-time-zone"}}',
    ],
)
def test_a_line_that_is_not_understood_costs_only_itself(
    file: JournalFile, path: Path, line: bytes
) -> None:
    file.append(intent())
    with path.open("ab") as other:
        other.write(line + b"\n")
    file.append(result())
    assert file.load() == (JournalEntry(intent(), (result(),)),)


def test_a_field_of_a_later_version_is_left_out() -> None:
    document = json.loads(encode(intent()))
    document["record"]["mood"] = "hopeful"
    document["record"]["things"][0]["colour"] = "grey"
    document["signature"] = "abc"
    assert decode(json.dumps(document).encode()) == intent()


def test_a_result_of_a_write_that_is_not_there_is_left_out(file: JournalFile) -> None:
    file.append(result("lost"))
    file.append(intent("e1"))
    file.append(intent("e1", summary="a second one of this name"))
    assert file.load() == (JournalEntry(intent("e1")),)


def test_values_of_the_models_become_plain_ones() -> None:
    fields = {"ip": IpLease("10.0.0.4"), "tags": ("a", "b"), "imei_lock": None}
    before = Before("t1", "89", fields=MappingProxyType(fields))
    read = decode(encode(intent(things=(before,), parameters=MappingProxyType({"tags": ("a",)}))))
    assert isinstance(read, Intent)
    assert read.parameters == {"tags": ["a"]}
    assert read.things[0].fields["tags"] == ["a", "b"]
    assert read.things[0].fields["ip"]["address"] == "10.0.0.4"


def test_what_has_no_place_in_a_journal_is_refused_before_it_is_written() -> None:
    with pytest.raises(NotImplementedError, match="object has no place"):
        encode(intent(parameters={"secret": object()}))


texts = st.text(alphabet=st.characters())  # surrogates, controls and all
values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=6,
)
befores = st.builds(
    Before, texts, texts, texts, st.integers(0, 2**40), st.dictionaries(texts, values, max_size=3)
)
times = st.datetimes(timezones=st.just(UTC))
intents = st.builds(
    Intent,
    entry_id=texts,
    at=times,
    who=texts,
    process=st.integers(0, 2**31),
    profile=texts,
    endpoint=texts,
    kind=texts,
    parameters=st.dictionaries(texts, values, max_size=3),
    summary=texts,
    target=texts,
    things=st.lists(befores, max_size=3).map(tuple),
    request_id=texts,
    operation=texts,
    reference=st.none() | texts,
    undoes=st.none() | texts,
)
counts = st.none() | st.integers(0, 10_000)
results = st.builds(
    Result, texts, times, texts, texts, st.none() | texts, counts, counts, counts, st.booleans()
)


@given(intents | results)
def test_any_record_comes_back_as_it_was(record: Intent | Result) -> None:
    line = encode(record)
    assert line.isascii()
    assert line.count(b"\n") == 1
    assert b"\x1b" not in line
    assert decode(line) == record


@given(st.binary())
def test_any_bytes_are_a_record_or_nothing(line: bytes) -> None:
    assert decode(line) is None


@contextmanager
def largest_file(size: int) -> Iterator[None]:
    """The system writes as far as this and then says EFBIG, as a full disk says ENOSPC."""
    usual = resource.getrlimit(resource.RLIMIT_FSIZE)
    ignored = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, usual[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, usual)
        signal.signal(signal.SIGXFSZ, ignored)


def test_a_disk_that_fills_in_the_middle_of_a_line_keeps_none_of_it(
    file: JournalFile, path: Path
) -> None:
    file.append(intent("e1"))
    whole = path.read_bytes()
    with largest_file(len(whole) + 100), pytest.raises(OSError):
        file.append(intent("e2"))
    assert path.read_bytes() == whole
    file.append(intent("e3"))
    assert [one.entry_id for one in file.load()] == ["e1", "e3"]


def test_a_line_that_may_not_be_on_the_disk_is_taken_back(
    file: JournalFile, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file.append(intent("e1"))

    def fsync(_handle: int) -> None:
        raise OSError(5, "Input/output error")

    with monkeypatch.context() as broken:
        broken.setattr(journal_file_module.os, "fsync", fsync)
        with pytest.raises(OSError, match="Input/output"):
            file.append(intent("e2"))
    assert [one.entry_id for one in JournalFile(path).load()] == ["e1"]


def test_every_record_and_the_name_of_a_new_file_are_put_on_the_disk(
    file: JournalFile, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[str] = []
    real = os.fsync

    def fsync(handle: int) -> None:
        synced.append("directory" if stat.S_ISDIR(os.fstat(handle).st_mode) else "file")
        real(handle)

    monkeypatch.setattr(journal_file_module.os, "fsync", fsync)
    file.append(intent())
    file.append(result())
    assert synced == ["directory", "file", "file"]


def test_a_place_that_cannot_be_used_is_an_error_of_the_system(tmp_path: Path) -> None:
    (tmp_path / "in-the-way").write_text("", encoding="utf-8")
    with pytest.raises(NotADirectoryError):
        JournalFile(tmp_path / "in-the-way" / "below" / "prod.journal").append(intent())
    with pytest.raises(IsADirectoryError):
        JournalFile(tmp_path).append(intent())
    with pytest.raises(IsADirectoryError):
        JournalFile(tmp_path).load()


def test_changed_means_by_somebody_else(file: JournalFile, path: Path) -> None:
    file.append(intent("e1"))
    file.append(result("e1"))
    assert not file.changed()
    other = JournalFile(path)
    assert other.changed()
    other.append(intent("e2"))
    assert other.changed()  # it has not read what was there before
    file.append(result("e1", Outcome.PARTLY))
    assert file.changed()
    file.load()
    other.load()
    assert not file.changed()
    assert not other.changed()


_APPENDS = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[3])
from dataclasses import replace
from simtui.store.journal.codec import decode
from simtui.store.journal.file import JournalFile
line, file, name = sys.stdin.buffer.read(), JournalFile(Path(sys.argv[1])), sys.argv[2]
for number in range(40):
    file.append(replace(decode(line), entry_id=f"{name}{number}"))
"""


def test_two_programs_that_write_at_once_lose_nothing(file: JournalFile, path: Path) -> None:
    root = str(Path(__file__).parents[2])
    line = encode(intent(summary="long " * 20_000))
    programs = [
        subprocess.Popen(
            [sys.executable, "-c", _APPENDS, str(path), name, root], stdin=subprocess.PIPE
        )
        for name in ("a", "b")
    ]
    for program in programs:
        assert program.stdin is not None
        program.stdin.write(line)
        program.stdin.close()
    assert [program.wait(60) for program in programs] == [0, 0]
    found = [one.entry_id for one in file.load()]
    assert sorted(found) == sorted(f"{name}{n}" for name in "ab" for n in range(40))
    for name in "ab":
        assert [one for one in found if one.startswith(name)] == [f"{name}{n}" for n in range(40)]
