"""A client secret that another program tells, such as a password manager."""

from __future__ import annotations

import subprocess
from typing import Final

from simtui.config.checks import check_client_secret
from simtui.errors import ConfigError, UsageError
from simtui.secret import Secret

TIMEOUT_SECONDS: Final = 30.0


def secret_from_command(arguments: tuple[str, ...], timeout: float = TIMEOUT_SECONDS) -> Secret:
    """Run a program without a shell; the first line of its stdout is the secret.

    Its standard input is empty and ``timeout`` is in seconds. Raises ``ConfigError`` in
    words that hold neither its output nor its arguments: the secret may be in either.
    """
    outcome = _run(arguments, timeout)
    secret = outcome if isinstance(outcome, str) else _first_line(outcome)
    if isinstance(secret, str):
        raise ConfigError(
            "The client secret command failed",
            f'"{arguments[0]}" {secret}',
            "Run it by hand to see why; the first line it prints must be the secret",
        )
    return secret


def _run(arguments: tuple[str, ...], timeout: float) -> bytes | str:
    """What the program printed, or why that is not to be had.

    The reason is given back rather than raised: an exception that is raised while
    another is handled carries that one, and with it the output, into a traceback.
    """
    try:
        finished = subprocess.run(
            arguments,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=timeout,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return f"did not finish within {timeout:g} seconds"
    except FileNotFoundError:
        return "was not found"
    except (OSError, ValueError) as error:
        return f"could not be started ({getattr(error, 'strerror', None) or 'bad argument'})"
    if finished.returncode < 0:
        return f"was ended by signal {-finished.returncode}"
    if finished.returncode > 0:
        return f"ended with exit code {finished.returncode}"
    return finished.stdout


def _first_line(stdout: bytes) -> Secret | str:
    try:
        return check_client_secret(stdout.partition(b"\n")[0].decode())
    except UnicodeDecodeError:
        return "printed something that is not text"
    except UsageError as error:
        return f"printed a first line that cannot be the secret: {error.detail}"
