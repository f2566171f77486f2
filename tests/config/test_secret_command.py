from __future__ import annotations

import sys
import traceback
from pathlib import Path

import pytest

from simtui.config.profile import Profile
from simtui.config.secret_command import secret_from_command
from simtui.errors import ConfigError
from simtui.secret import Secret


def python(script: str) -> tuple[str, ...]:
    return (sys.executable, "-c", script)


def refusal(arguments: tuple[str, ...], timeout: float = 30.0) -> ConfigError:
    with pytest.raises(ConfigError) as refused:
        secret_from_command(arguments, timeout)
    told = "".join(traceback.format_exception(refused.value))
    assert "hunter2" not in told.replace(repr(arguments), "")
    assert refused.value.__context__ is None
    return refused.value


def test_the_first_line_is_the_secret() -> None:
    assert secret_from_command(python("print('s3cret'); print('more')")) == Secret("s3cret")
    assert secret_from_command(python("print('s3cret', end='\\r\\n')")) == Secret("s3cret")


def test_no_shell_reads_the_arguments() -> None:
    echo = (*python("import sys; print(sys.argv[1])"), "$HOME;`id`")
    assert secret_from_command(echo) == Secret("$HOME;`id`")


def test_the_program_gets_no_standard_input() -> None:
    assert secret_from_command(python("import sys; print(len(sys.stdin.read()))")) == Secret("0")


def test_a_failure_tells_the_exit_code_and_never_the_output() -> None:
    script = "import sys; print('hunter2'); print('hunter2', file=sys.stderr); sys.exit(3)"
    error = refusal(python(script))
    assert "exit code 3" in error.detail
    assert error.exit_code == 3


def test_a_killed_program_tells_the_signal() -> None:
    assert "signal 9" in refusal(python("import os; os.kill(os.getpid(), 9)")).detail


def test_a_program_that_is_not_there_or_not_a_program(tmp_path: Path) -> None:
    assert "was not found" in refusal((str(tmp_path / "nope"),)).detail
    plain = tmp_path / "plain"
    plain.write_text("x")
    assert "could not be started" in refusal((str(plain),)).detail
    assert "could not be started" in refusal(("a\0b",)).detail


@pytest.mark.parametrize("script", ["", "print(); print('hunter2')", "print('hunter2 hunter2')"])
def test_a_first_line_that_is_no_secret(script: str) -> None:
    assert "first line" in refusal(python(script)).detail


def test_bytes_that_are_not_text() -> None:
    error = refusal(python("import sys; sys.stdout.buffer.write(b'hunter2\\xff')"))
    assert "not text" in error.detail


def test_waiting_ends() -> None:
    script = "print('hunter2', flush=True); import time; time.sleep(60)"
    assert "within 0.3 seconds" in refusal(python(script), timeout=0.3).detail


def test_a_profile_asks_the_command_only_when_it_has_no_secret() -> None:
    def profile(**secrets: object) -> Profile:
        return Profile("p", "https://b", "https://t", "id", **secrets)  # type: ignore[arg-type]

    command = python("print('told')")
    assert profile(client_secret_command=command).secret() == Secret("told")
    assert profile(client_secret=Secret("kept"), client_secret_command=("no",)).secret() == Secret(
        "kept"
    )
    with pytest.raises(ConfigError, match="has no client secret"):
        profile().secret()
    assert "told" not in repr(profile(client_secret_command=command))
