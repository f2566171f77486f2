from __future__ import annotations

import re

import pytest

from simtui import __version__
from simtui.cli.fleet_options import whole_number

COMMANDS = (
    "demo",
    "things",
    "thing",
    "apply",
    "journal",
    "export",
    "plan",
    "apply-config",
    "sandbox",
    "paths",
)


def test_version_and_help(simtui) -> None:
    assert simtui("--version").out == f"simtui {__version__}\n"
    shown = simtui("--help")
    assert shown.code == 0
    for word in (*COMMANDS, "SIMTUI_BASE_URL", "exit codes"):
        assert word in shown.out


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself(simtui, command: str) -> None:
    shown = simtui(command, "--help")
    assert shown.code == 0
    assert shown.out.startswith(f"usage: simtui {command}")


@pytest.mark.parametrize(
    "arguments",
    [
        ("thngs",),
        ("--nope",),
        ("things", "--json", "--csv"),
        ("thing",),
        ("things", "--prof", "x"),
        ("--things", "5"),
        ("paths", "extra"),
        ("demo", "--profile", "x"),
    ],
)
def test_what_is_not_understood_is_one_line_and_exit_2(simtui, arguments: tuple[str, ...]) -> None:
    ended = simtui(*arguments)
    assert ended.code == 2
    assert ended.out == ""
    assert re.fullmatch(r"simtui: The command line is not understood\. .*--help\.\n", ended.err)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--profile", "x", "demo"), "--profile means nothing to `simtui demo`"),
        (("--read-only", "sandbox"), "--read-only means nothing to `simtui sandbox`"),
        (("--filter", "x", "paths"), "--filter means nothing to `simtui paths`"),
        (("--filter", "x", "thing", "89"), "--filter means nothing to `simtui thing`"),
    ],
)
def test_an_option_before_a_command_that_has_no_use_for_it(simtui, arguments, words) -> None:
    ended = simtui(*arguments)
    assert ended.code == 2
    assert words in ended.err


@pytest.mark.parametrize("command", ["demo", "sandbox"])
@pytest.mark.parametrize(
    "number", ["9", "1000001", "-5", "ten", "", "1.5", "1e3", "٣٣", "9" * 5000]
)
def test_a_fleet_of_an_impossible_size_is_refused_in_words(simtui, command, number) -> None:
    ended = simtui(command, f"--things={number}")
    assert ended.code == 2
    assert "--things: expected a whole number from 10 to 1,000,000" in ended.err


@pytest.mark.parametrize("port", ["65536", "http", "-1"])
def test_an_impossible_port_is_refused_in_words(simtui, port: str) -> None:
    ended = simtui("sandbox", f"--port={port}")
    assert (ended.code, ended.out) == (2, "")
    assert "--port: expected a whole number from 0 to 65,535" in ended.err


def test_numbers_may_be_grouped() -> None:
    assert whole_number("100,000", 10, 1_000_000) == 100_000
    assert whole_number("100_000", 10, 1_000_000) == 100_000


def test_paths_prints_where_things_are_and_creates_nothing(simtui, own_directories) -> None:
    ended = simtui("paths")
    assert ended.code == 0
    assert ended.out.split() == [
        "config",
        str(own_directories / "config" / "config.toml"),
        "cache",
        str(own_directories / "cache"),
        "state",
        str(own_directories / "state"),
    ]
    assert list(own_directories.iterdir()) == []
