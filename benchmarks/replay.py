"""The replay server's process, and where it answers."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from benchmarks.job import CLIENT_ID
from benchmarks.replay_server import HOST
from simtui.api.endpoint import Endpoint
from simtui.secret import Secret


@contextmanager
def replaying(things: int) -> Iterator[int]:
    """Let a server with ``things`` Things run in a process of its own; gives its port."""
    server = subprocess.Popen(
        [sys.executable, "-m", "benchmarks.replay_server", str(things)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with server:
        assert server.stdout is not None
        line = server.stdout.readline()
        if not line:
            raise RuntimeError("the replay server did not start")
        yield int(line)


def endpoint(port: int, latency_ms: int) -> Endpoint:
    """The server on ``port`` with answers that take ``latency_ms``."""
    url = f"http://{HOST}:{port}/{latency_ms}"
    return Endpoint(f"{url}/api", f"{url}/token", CLIENT_ID, Secret("bench"))
