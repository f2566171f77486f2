from __future__ import annotations

import errno
import io
import os
from types import SimpleNamespace

import pytest

from simtui.cli import main as main_module
from simtui.cli.main import main
from simtui.errors import (
    ConfigError,
    Forbidden,
    SimtuiError,
    Unauthorized,
    Unreachable,
    UsageError,
)


def ending_with(monkeypatch: pytest.MonkeyPatch, error: BaseException) -> int:
    def run(_arguments: object) -> int:
        raise error

    monkeypatch.setattr(main_module, "parse", lambda _: SimpleNamespace(run=run))
    return main([])


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (UsageError("t"), 2),
        (ConfigError("t"), 3),
        (Unauthorized("t"), 3),
        (Forbidden("t"), 4),
        (Unreachable("t"), 5),
    ],
)
def test_every_kind_of_error_has_its_exit_code(monkeypatch, error: SimtuiError, code: int) -> None:
    assert ending_with(monkeypatch, error) == code


def test_an_error_is_one_sentence_after_another_on_stderr(monkeypatch, capsys) -> None:
    ending_with(monkeypatch, Unreachable("It failed", "because", "Try again!"))
    assert capsys.readouterr() == ("", "simtui: It failed. Because. Try again!\n")


def test_what_a_server_says_cannot_act_on_the_terminal(monkeypatch, capsys) -> None:
    ending_with(monkeypatch, Forbidden("It failed", "\x1b]52;c;aGk=\x07\nsecond line"))
    err = capsys.readouterr().err
    assert "\x1b" not in err
    assert err.count("\n") == 1


def test_ctrl_c_is_quiet(monkeypatch, capsys) -> None:
    assert ending_with(monkeypatch, KeyboardInterrupt()) == 130
    assert capsys.readouterr() == ("", "")


class OutputThat(io.TextIOWrapper):
    """A stdout whose flush fails."""

    def __init__(self, error: OSError) -> None:
        self.error = error
        self.descriptor = os.open(os.devnull, os.O_WRONLY)
        super().__init__(io.BytesIO(), encoding="utf-8")

    def flush(self) -> None:
        raise self.error

    def fileno(self) -> int:
        return self.descriptor


def test_a_reader_that_went_away_is_quiet(monkeypatch, capsys) -> None:
    monkeypatch.setattr("sys.stdout", OutputThat(BrokenPipeError()))
    assert main(["paths"]) == 141
    assert capsys.readouterr().err == ""


def test_a_full_disk_is_a_sentence(monkeypatch, capsys) -> None:
    full = OSError(errno.ENOSPC, "No space left on device")
    monkeypatch.setattr("sys.stdout", OutputThat(full))
    assert main(["paths"]) == 2
    assert capsys.readouterr().err == (
        "simtui: The output could not be written. No space left on device.\n"
    )
