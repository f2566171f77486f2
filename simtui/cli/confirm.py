"""Before a write: whether this run may, and the question to whoever sits in front of it."""

from __future__ import annotations

import signal
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Final

from simtui.errors import ReadOnly, UsageError

YES: Final = "yes"


def require_writing(what: str, *, read_only: bool) -> None:
    """Raise ``ReadOnly`` when ``what`` may not be done in this run."""
    if read_only:
        raise ReadOnly(
            "Nothing was sent, because this is read-only",
            f"Not done: {what}",
            "Look at it with --dry-run, or use a profile that may write, without --read-only",
        )


def require_somebody() -> None:
    """Raise ``UsageError`` unless a person can read the question and answer it."""
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        raise UsageError(
            "Nobody is there to confirm it",
            "The input or the error output is not a terminal, and --yes is not given",
            "Look at it with --dry-run first, then say --yes",
        )


def confirm(plan: Iterable[str], question: str, expected: str = YES) -> None:
    """Show the plan, ask, and wait for ``expected``; on stderr, which is rarely redirected.

    All texts are safe to print. Raises ``UsageError`` for any other answer, and
    ``KeyboardInterrupt`` for Ctrl-C.
    """
    for line in plan:
        sys.stderr.write(f"{line}\n")
    sys.stderr.write(f"\n{question} Type {expected} to go on: ")
    sys.stderr.flush()
    with ctrl_c_at_once():
        answer = sys.stdin.readline()
    if answer.strip().lower() != expected.lower():
        raise UsageError("Nothing was sent", f"It takes the answer {expected}")


@contextmanager
def ctrl_c_at_once() -> Iterator[None]:
    """Let Ctrl-C end the waiting: asyncio's own handler only acts at the next await."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
