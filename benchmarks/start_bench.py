"""A start of the real program on a pseudo-terminal: from nothing to a frame with rows.

Nothing listens at its address, so that the rows can only be those of the snapshot.
"""

from __future__ import annotations

import fcntl
import os
import pty
import statistics
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Mapping, Sequence
from select import select

from benchmarks.job import CLIENT_ID, NOBODY, Job
from benchmarks.real_app import SIZE
from benchmarks.report import Figure
from benchmarks.terminal import ENVIRONMENT
from simtui.sandbox.fleet.numbers import ISSUER

SECTION = "start of the program at 80x24"
MARK = ISSUER.encode()
"""The beginning of every ICCID: where it is written, there are rows."""
PATIENCE_SECONDS = 60.0
READ_AT_ONCE = 65_536


def seconds_to_mark(command: Sequence[str], environment: Mapping[str, str]) -> float:
    """Start a program on a terminal of its own; how long until it writes the mark.

    Raises:
        TimeoutError: when it ends or takes a minute without.
    """
    terminal, inner = pty.openpty()
    columns, rows = SIZE
    fcntl.ioctl(inner, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
    start = time.perf_counter()
    process = subprocess.Popen(
        command,
        stdin=inner,
        stdout=inner,
        stderr=inner,
        env={**os.environ, **ENVIRONMENT, **environment},
        start_new_session=True,
    )
    os.close(inner)
    try:
        _read_to_mark(terminal, start + PATIENCE_SECONDS)
        return time.perf_counter() - start
    finally:
        process.kill()
        process.wait()
        os.close(terminal)


def _read_to_mark(terminal: int, deadline: float) -> None:
    seen = b""
    while MARK not in seen:
        ready, _, _ = select([terminal], [], [], max(0.0, deadline - time.perf_counter()))
        try:
            some = os.read(terminal, READ_AT_ONCE) if ready else b""
        except OSError:  # it ended
            some = b""
        if not some:
            raise TimeoutError(f"no row was written: …{seen[-500:]!r}")
        seen += some


def environment_of(job: Job) -> dict[str, str]:
    """What makes the program find the snapshot, and nothing of the user's own."""
    return {
        "SIMTUI_BASE_URL": NOBODY,
        "SIMTUI_TOKEN_URL": f"{NOBODY}/token",
        "SIMTUI_CLIENT_ID": CLIENT_ID,
        "SIMTUI_CLIENT_SECRET": "bench",
        "SIMTUI_CONFIG_DIR": str(job.folder / "config"),
        "SIMTUI_CACHE_DIR": str(job.snapshot.path.parent),
        "SIMTUI_STATE_DIR": str(job.folder / "state"),
    }


def measure(job: Job) -> list[Figure]:
    """The whole process, beside one that shows a single line, turn by turn."""
    environment = environment_of(job)
    real = [sys.executable, "-m", "simtui"]
    bare = [sys.executable, "-m", "benchmarks.bare_app", MARK.decode()]
    found: list[tuple[float, float]] = [
        (seconds_to_mark(real, environment), seconds_to_mark(bare, {}))
        for _ in range((job.repeats + 1) // 2)
    ]
    seconds, bare_seconds = (statistics.median(each) * 1000 for each in zip(*found, strict=True))
    return [
        Figure(SECTION, "first frame with rows", seconds, "ms", bare_seconds, "bare Textual app")
    ]
