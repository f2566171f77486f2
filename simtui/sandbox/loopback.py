"""A server on the loopback interface: uvicorn, tamed."""

from __future__ import annotations

import asyncio
import signal
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from errno import EACCES, EADDRINUSE

import uvicorn
from starlette.types import ASGIApp, Receive, Scope, Send

from simtui.errors import UsageError
from simtui.sandbox.app import HANG_UP

HOST = "127.0.0.1"
LAST_ANSWERS_SECONDS = 2


class LoopbackServer(uvicorn.Server):
    """Uvicorn without its own words and its own way to die."""

    def __init__(self, app: ASGIApp, on_start: Callable[[], None]) -> None:
        super().__init__(
            uvicorn.Config(
                _with_hang_up(app),
                http="h11",
                ws="none",
                loop="asyncio",
                lifespan="off",
                log_config=None,
                access_log=False,
                server_header=False,
                timeout_graceful_shutdown=LAST_ANSWERS_SECONDS,
            )
        )
        self._on_start = on_start

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start to listen, then say so."""
        await super().startup(sockets)
        self._on_start()

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Let SIGINT and SIGTERM end the server, and nothing but the server."""
        if threading.current_thread() is not threading.main_thread():
            yield
            return
        loop = asyncio.get_running_loop()
        signals = (signal.SIGINT, signal.SIGTERM)
        for number in signals:
            loop.add_signal_handler(number, self.handle_exit, number, None)
        try:
            yield
        finally:
            for number in signals:
                loop.remove_signal_handler(number)


def _with_hang_up(app: ASGIApp) -> ASGIApp:
    """Let the application cut a connection: uvicorn's ``send`` knows its transport."""

    async def wrapped(scope: Scope, receive: Receive, send: Send) -> None:
        cycle = getattr(send, "__self__", None)
        transport = getattr(cycle, "transport", None)
        if transport is not None:
            scope.setdefault("extensions", {})[HANG_UP] = transport.abort
        await app(scope, receive, send)

    return wrapped


def listen(port: int) -> socket.socket:
    """A socket that listens on a port of this machine only; 0 takes any free one.

    Raises:
        UsageError: when the port cannot be had.
    """
    try:
        return socket.create_server((HOST, port))
    except OverflowError:
        raise UsageError("That is no port", f"A port is within 0 and 65535, not {port}") from None
    except OSError as error:
        why = {EADDRINUSE: "Another program uses it", EACCES: "This user may not use it"}
        raise UsageError(
            f"Cannot listen on port {port}",
            why.get(error.errno or 0, error.strerror or str(error)),
            "Choose another with --port, or 0 for any free one",
        ) from None
