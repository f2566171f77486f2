"""``simtui changes`` reads the file of the profile and connects to nothing."""

from __future__ import annotations

import csv
import io
import json
import socket
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from simtui.cli import changes as command
from simtui.models.change import By, Change, ChangeKind
from simtui.store.history.file import HistoryFile

CONFIG = """
[profiles.prod]
base_url = "https://api.example.com/iot"
client_id = "c1"
client_secret = "s1"
"""
NOW = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
ICCID = "89310860200000000010"


class Hands:
    """A clock that stands still."""

    def now(self) -> datetime:
        return NOW

    def monotonic(self) -> float:
        return 0.0


@pytest.fixture(autouse=True)
def profile(write_config, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_network(*_: object) -> None:
        raise AssertionError("the history needs no connection")

    monkeypatch.setattr(socket.socket, "connect", no_network)
    monkeypatch.setattr(command, "SystemClock", Hands)
    write_config(CONFIG)


@pytest.fixture
def path(own_directories: Path) -> Path:
    return own_directories / "state" / "prod.history"


def change(number: int, hours: float, **fields: object) -> Change:
    usual: dict[str, object] = {
        "kind": ChangeKind.STATE,
        "object_id": f"t_{number}",
        "seen_at": NOW - timedelta(hours=hours),
        "name": f"pump-{number}",
        "iccid": f"8931086020000000{number:04}",
        "before": "ACTIVE",
        "after": "SUSPENDED",
    }
    return Change(**(usual | fields))  # type: ignore[arg-type]


@pytest.fixture
def written(path: Path) -> HistoryFile:
    file = HistoryFile(path, "https://api.example.com/iot c1")
    seen = [
        change(1, 50),
        change(2, 20, by=By.HERE, iccid=ICCID),
        change(3, 7),
        change(4, 1, kind=ChangeKind.SESSION, before="ONLINE", after="OFFLINE"),
    ]
    file.take(seen, (), lambda found: found, NOW)
    return file


def names(out: str) -> list[str]:
    return [one["name"] for one in json.loads(out)]


def test_the_newest_is_last_and_a_day_is_usual(simtui, written: HistoryFile) -> None:
    done = simtui("changes")
    assert (done.code, done.err) == (0, "")
    lines = done.out.splitlines()
    assert [line.split()[2] for line in lines[1:]] == ["pump-2", "pump-3", "pump-4"]
    assert "from here" in lines[1]
    assert lines[3].endswith("session online → offline")


def test_for_a_shift_handover(simtui, written: HistoryFile) -> None:
    assert names(simtui("changes", "--since", "8h", "--json").out) == ["pump-3", "pump-4"]
    assert names(simtui("changes", "--since", "01:30Z", "--json").out) == ["pump-4"]
    assert names(simtui("changes", "--since=all", "--json").out)[0] == "pump-1"
    rows = csv.DictReader(io.StringIO(simtui("changes", "--since", "2026-11-20", "--csv").out))
    assert [row["what"] for row in rows] == ["pump-1", "pump-2", "pump-3", "pump-4"]


def test_since_the_last_visit(simtui, written: HistoryFile, path: Path) -> None:
    done = simtui("changes", "--since", "visit")
    assert done.code == 2
    assert "No earlier visit is known" in done.err
    visit = (NOW - timedelta(hours=2)).isoformat()
    path.with_name("prod.visit").write_text(f"{visit}\n", encoding="ascii")
    assert names(simtui("changes", "--since", "visit", "--json").out) == ["pump-4"]


def test_words_and_a_thing_leave_what_is_asked_for(simtui, written: HistoryFile) -> None:
    assert names(simtui("changes", "--filter", "SESSION offline", "--json").out) == ["pump-4"]
    assert names(simtui("--filter", "pump-3", "changes", "--json").out) == ["pump-3"]
    assert names(simtui("changes", "--thing", ICCID, "--json").out) == ["pump-2"]
    without_check_digit = ICCID[:-1]
    assert names(simtui("changes", "--thing", without_check_digit, "--json").out) == ["pump-2"]
    assert simtui("changes", "--thing", "8931086200000000027", "--json").out == "[\n]\n"
    done = simtui("changes", "--thing", "not a number")
    assert done.code == 2
    assert "ICCID" in done.err


def test_nothing_is_explained_to_people_and_an_empty_list_to_programs(
    simtui, path: Path, written: HistoryFile
) -> None:
    done = simtui("changes", "--filter", "retired")
    assert "None of the 4 changes in the history is one of these, in the last 24h." in done.err
    assert simtui("changes", "--filter", "retired", "--json").out == "[\n]\n"
    path.unlink()
    done = simtui("changes")
    assert done.out == "WHEN  WHAT  ICCID  BY  CHANGE\n"
    assert done.err == "simtui: Nothing was seen to change with this profile yet.\n"


def test_reading_leaves_no_trace(simtui, path: Path) -> None:
    simtui("changes")
    assert not path.parent.exists()


def test_changes_of_another_account_are_not_shown(
    simtui, written: HistoryFile, write_config
) -> None:
    write_config(CONFIG.replace("c1", "c2"))
    assert simtui("changes", "--since", "all", "--json").out == "[\n]\n"


@pytest.mark.parametrize("since", ["yesterday", "25:00", "2099-01-01", ""])
def test_a_time_that_is_none_is_refused(simtui, written: HistoryFile, since: str) -> None:
    done = simtui("changes", f"--since={since}")
    assert done.code == 2
    assert "22:00" in done.err


def test_a_file_that_cannot_be_read_is_a_sentence(simtui, path: Path) -> None:
    path.mkdir(parents=True)
    done = simtui("changes")
    assert done.code == 3
    assert "What changed cannot be kept or read" in done.err


def test_without_a_profile_there_is_no_history(simtui, own_directories: Path) -> None:
    (own_directories / "config" / "config.toml").unlink()
    assert simtui("changes").code == 3
