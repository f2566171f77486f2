"""``simtui journal`` reads the file of the profile and connects to nothing."""

from __future__ import annotations

import csv
import io
import json
import socket
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from simtui.cli import journal
from simtui.cli.parser import Parser
from simtui.cli.shared_options import add_shared_options
from simtui.errors import ConfigError, SimtuiError, UsageError
from simtui.models.journal import Before, Intent, Outcome, Result
from simtui.store.journal.file import JournalFile

CONFIG = """
[profiles.prod]
base_url = "https://api.example.com/iot"
client_id = "c1"
client_secret = "s1"
"""
AT = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)


def intent(number: int) -> Intent:
    return Intent(
        entry_id=f"e{number}",
        at=AT,
        who="anna@jump-1",
        process=1,
        profile="prod",
        endpoint="https://api.example.com/iot (c1)",
        kind="set-state",
        parameters={"state": "SUSPENDED"},
        summary=f"Suspend pump-{number}",
        target=f"pump-{number}",
        things=(Before(f"t{number}", "8931086200000000019", f"pump-{number}"),),
        request_id=f"r{number}",
        operation=f"o{number}",
    )


@pytest.fixture(autouse=True)
def profile(write_config, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_network(*_: object) -> None:
        raise AssertionError("the journal needs no connection")

    monkeypatch.setattr(socket.socket, "connect", no_network)
    write_config(CONFIG)


@pytest.fixture
def path(own_directories: Path) -> Path:
    return own_directories / "state" / "prod.journal"


@pytest.fixture
def written(path: Path) -> JournalFile:
    file = JournalFile(path)
    for number in (1, 2, 3):
        file.append(intent(number))
    file.append(Result("e2", AT, Outcome.CONFIRMED))
    return file


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]):
    """Runs the command with the parser that all commands have."""

    def run(*arguments: str) -> tuple[str, str]:
        parser = Parser()
        add_shared_options(parser, "profile", "read_only", "filter", at_top=True)
        journal.add_parser(parser.add_subparsers(dest="command"))
        parsed = parser.parse_args(arguments)
        assert parsed.run(parsed) == 0
        out, err = capsys.readouterr()
        return out, err

    return run


def test_the_newest_is_last(run, written: JournalFile) -> None:
    out, err = run("journal")
    assert err == ""
    assert [line.split("  ")[-1] for line in out.splitlines()] == [
        "WHAT",
        "Suspend pump-1",
        "Suspend pump-2",
        "Suspend pump-3",
    ]
    assert "confirmed" in out.splitlines()[2]
    assert "unknown" in out.splitlines()[3]


def test_last_and_filter_leave_what_is_asked_for(run, written: JournalFile) -> None:
    assert [one["entry_id"] for one in json.loads(run("journal", "--json", "--last", "2")[0])] == [
        "e2",
        "e3",
    ]
    out, _ = run("journal", "--csv", "--filter", "UNKNOWN suspend", "--last", "9")
    rows = csv.DictReader(io.StringIO(out))
    assert [row["summary"] for row in rows] == ["Suspend pump-1", "Suspend pump-3"]
    out, _ = run("--filter", "pump-1", "--profile", "prod", "journal", "--json")
    assert [one["entry_id"] for one in json.loads(out)] == ["e1"]


def test_nothing_is_explained_to_people_and_an_empty_list_to_programs(
    run, path: Path, written: JournalFile
) -> None:
    assert run("journal", "--filter", "retire")[1] == (
        "simtui: None of the 3 writes in the journal has all these words.\n"
    )
    path.unlink()
    out, err = run("journal")
    assert out == "WHEN  OUTCOME  THINGS  WHO  WHAT\n"
    assert err == "simtui: Nothing was changed from here with this profile yet.\n"
    assert run("journal", "--json") == ("[\n]\n", "")


def test_reading_leaves_no_trace(run, path: Path) -> None:
    run("journal")
    assert not path.parent.exists()


def test_a_name_cannot_reach_the_terminal(run, path: Path) -> None:
    JournalFile(path).append(replace(intent(1), summary="\x1b]52;c;aGk=\x07\ud800"))
    for form in ([], ["--json"], ["--csv"]):
        out, _ = run("journal", *form)
        assert "\x1b" not in out
        assert "\x07" not in out


def test_a_file_that_cannot_be_read_is_a_sentence(run, path: Path) -> None:
    path.mkdir(parents=True)
    with pytest.raises(SimtuiError, match="The journal cannot be read") as caught:
        run("journal")
    assert caught.value.exit_code == 3


@pytest.mark.parametrize("last", ["0", "-1", "x", "²", "1.5"])
def test_last_is_a_number_from_1_on(run, last: str) -> None:
    with pytest.raises(UsageError, match="--last"):
        run("journal", f"--last={last}")


def test_one_form_at_a_time(run) -> None:
    with pytest.raises(UsageError):
        run("journal", "--json", "--csv")


def test_without_a_profile_there_is_no_journal(run, own_directories: Path) -> None:
    (own_directories / "config" / "config.toml").unlink()
    with pytest.raises(ConfigError, match="Nothing is configured yet"):
        run("journal")
