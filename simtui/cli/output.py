"""Writing to stdout, whatever it is connected to."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from simtui.errors import UsageError


def write_text(lines: Iterable[str]) -> None:
    """Lines for people, in the terminal's encoding; what it does not have becomes ``?``.

    This and all that writes here raises ``UsageError`` when there is no room for the
    output, and ``BrokenPipeError`` when nobody reads it any more.
    """
    _write(lines, errors="replace")


def write_data(lines: Iterable[str]) -> None:
    """Lines for programs: always UTF-8, as JSON demands (RFC 8259) and CSV readers expect."""
    _write(lines, encoding="utf-8", errors="backslashreplace")


def flush_output() -> None:
    """Write what is still buffered, while an error can still be told."""
    with _failing_in_words():
        sys.stdout.flush()


def discard_output() -> None:
    """Keep the interpreter from trying, and complaining, once more when it ends."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)


def _write(lines: Iterable[str], *, encoding: str | None = None, errors: str) -> None:
    with _failing_in_words():
        if isinstance(sys.stdout, io.TextIOWrapper):
            sys.stdout.reconfigure(encoding=encoding, errors=errors)
        for line in lines:
            sys.stdout.write(f"{line}\n")


@contextmanager
def _failing_in_words() -> Iterator[None]:
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        discard_output()
        raise UsageError("The output could not be written", error.strerror or "") from None
