"""The program in a real pseudo-terminal: what a person sees and types."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pyte

WIDTH, HEIGHT = 80, 24
DEADLINE = 60.0
"""Seconds after which a screen that does not come is an error, not slowness."""


class Terminal:
    """The near end of a pseudo-terminal: a screen to look at and keys to press."""

    def __init__(self, near: int, process: subprocess.Popen[bytes]) -> None:
        self._near = near
        self._process = process
        self._screen = pyte.Screen(WIDTH, HEIGHT)
        self._stream = pyte.ByteStream(self._screen)
        self._deadline = time.monotonic() + DEADLINE
        self.received = b""

    @property
    def lines(self) -> list[str]:
        """What the terminal shows."""
        return [line.rstrip() for line in self._screen.display]

    @property
    def text(self) -> str:
        """The same as one text."""
        return "\n".join(self.lines)

    @property
    def rows(self) -> list[str]:
        """The rows of the table, one at least."""
        return [line for line in self.lines[3:-1] if line] or [""]

    def wait_for(self, condition: Callable[[], bool]) -> None:
        """Read what the program writes until the screen is as it should be."""
        while not condition():
            assert self._read(), f"it ended, and the screen was:\n{self.text}"

    def go_to_the_list(self) -> None:
        """Of the demo, where something is red: so it begins on the Pulse by itself."""
        self.wait_for(lambda: "▸ Pulse" in self.lines[0] and "quota" in self.lines[0])
        self.type("2")
        self.wait_for(lambda: "▸ Things" in self.lines[0])

    def type(self, keys: str) -> None:
        """Press keys."""
        os.write(self._near, keys.encode())

    def kill(self) -> None:
        """End the program as the system does when it is out of memory: at once."""
        os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait(DEADLINE)

    def wait_for_the_end(self) -> int:
        """Read until the program has gone; its exit code."""
        while self._read():
            continue
        return self._process.wait(DEADLINE)

    def _read(self) -> bytes:
        left = self._deadline - time.monotonic()
        ready, _, _ = select.select([self._near], [], [], max(left, 0))
        assert ready, f"nothing came for too long, and the screen was:\n{self.text}"
        try:
            data = os.read(self._near, 65536)
        except OSError:  # how Linux says that the far end is closed
            data = b""
        self.received += data
        self._stream.feed(data)
        return data


@contextmanager
def simtui(folder: Path, *arguments: str) -> Iterator[Terminal]:
    """The program, with nobody's configuration, on a terminal of 80x24."""
    near, far = pty.openpty()
    fcntl.ioctl(far, termios.TIOCSWINSZ, struct.pack("HHHH", HEIGHT, WIDTH, 0, 0))
    before = termios.tcgetattr(near)
    process = subprocess.Popen(
        [sys.executable, "-m", "simtui", *arguments],
        stdin=far,
        stdout=far,
        stderr=far,
        env=environment(folder),
        start_new_session=True,
    )
    os.close(far)
    try:
        yield Terminal(near, process)
        assert process.returncode == -signal.SIGKILL or termios.tcgetattr(near) == before
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        os.close(near)


def environment(folder: Path) -> dict[str, str]:
    """That of whoever runs the tests, less what would change what is seen."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("SIMTUI_", "TEXTUAL")) and name not in ("NO_COLOR", "COLUMNS")
    }
    own = {f"SIMTUI_{kind}_DIR": str(folder / kind) for kind in ("CONFIG", "CACHE", "STATE")}
    return kept | own | {"TERM": "xterm-256color", "COLORTERM": "truecolor", "HOME": str(folder)}
