"""The sandbox as a server on the loopback interface, or inside this process.

``serve`` is for ``simtui sandbox``, ``LiveServer`` for tests over a real socket, and
``in_process`` for the demo, which talks to the application without a network and
therefore does without importing a server.
"""

from __future__ import annotations

import gc
import socket
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from types import TracebackType

from starlette.applications import Starlette

from simtui.errors import UsageError
from simtui.sandbox.app import create_app
from simtui.sandbox.bad_order import BadOrder
from simtui.sandbox.clock import WorldClock
from simtui.sandbox.faults.switchboard import Faults
from simtui.sandbox.fleet.build import build_world
from simtui.sandbox.openapi import BASE_PATH, TOKEN_PATH
from simtui.sandbox.scenarios.play import play
from simtui.sandbox.token import Credentials
from simtui.sandbox.world import World
from simtui.secret import Secret

IN_PROCESS_HOST = "http://sandbox.invalid"
"""A name that no resolver knows, so that nothing can leave the process by mistake."""
START_SECONDS = 30


@dataclass(frozen=True, slots=True)
class Endpoint:
    """What a client needs to know to use the sandbox as an administrator."""

    base_url: str
    token_url: str
    client_id: str
    client_secret: Secret

    def announcement(self) -> dict[str, str]:
        """The object that ``simtui sandbox`` prints; the secret follows from the seed."""
        return {
            "baseUrl": self.base_url,
            "tokenUrl": self.token_url,
            "clientId": self.client_id,
            "clientSecret": self.client_secret.reveal(),
        }


def serve(
    *,
    port: int,
    things: int,
    seed: int,
    fresh: bool,
    announce: Callable[[Endpoint], None],
    scenario: str | None = None,
) -> None:
    """Serve a living world until SIGINT or SIGTERM; port 0 takes any free one.

    ``announce`` is called once the port answers. With a ``scenario`` that has happened.

    Raises:
        UsageError: when the port cannot be had, the fleet's size is out of range, or the
            scenario cannot be.
    """
    from simtui.sandbox.loopback import LoopbackServer, listen

    with listen(port) as listener, suppress(KeyboardInterrupt):
        world, faults = living_world(things=things, seed=seed, fresh=fresh), Faults()
        _play(scenario, world, faults)
        gc.freeze()
        credentials = Credentials(world, seed=seed)
        endpoint = _endpoint(_url(listener), credentials)
        app = create_app(world, faults=faults, credentials=credentials)
        LoopbackServer(app, lambda: announce(endpoint)).run([listener])


def in_process(
    *, things: int, seed: int, fresh: bool, scenario: str | None = None
) -> tuple[Starlette, Endpoint]:
    """The application around a living world, to be called without a network.

    Raises:
        UsageError: when the fleet's size is out of range, or the scenario cannot be.
    """
    world, faults = living_world(things=things, seed=seed, fresh=fresh), Faults()
    _play(scenario, world, faults)
    credentials = Credentials(world, seed=seed)
    app = create_app(world, faults=faults, credentials=credentials)
    return app, _endpoint(IN_PROCESS_HOST, credentials)


def living_world(*, things: int, seed: int, fresh: bool) -> World:
    """A world that starts now and runs like the real one.

    Raises:
        UsageError: when the fleet's size is out of range.
    """
    try:
        return build_world(things=things, seed=seed, fresh=fresh, clock=WorldClock())
    except ValueError as error:
        raise UsageError("There is no such fleet", str(error), "Choose --things anew") from None


def _play(scenario: str | None, world: World, faults: Faults) -> None:
    """Let it happen, if one was chosen."""
    if scenario is None:
        return
    try:
        play(world, faults, scenario, world.catch_up())
    except BadOrder as error:
        raise UsageError("There is no such scenario here", str(error)) from None


class LiveServer:
    """A world served over a real socket from a thread of its own.

    Use it as a context manager: ``with LiveServer(world) as server: server.endpoint``.
    A ``port`` other than 0 is for one that comes back where another has been.
    """

    def __init__(self, world: World, *, faults: Faults | None = None, port: int = 0) -> None:
        from simtui.sandbox.loopback import LoopbackServer, listen

        self.world = world
        self.faults = faults or Faults()
        self.credentials = Credentials(world)
        self._answers = threading.Event()
        self._listener = listen(port)
        self.endpoint = _endpoint(_url(self._listener), self.credentials)
        app = create_app(world, faults=self.faults, credentials=self.credentials)
        self._server = LoopbackServer(app, self._answers.set)
        self._thread = threading.Thread(
            target=self._server.run, args=([self._listener],), name="sandbox", daemon=True
        )

    def __enter__(self) -> LiveServer:
        self._thread.start()
        if not self._answers.wait(START_SECONDS):
            raise TimeoutError("the sandbox did not start")
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._server.should_exit = True
        self._thread.join()
        self._listener.close()


def _url(listener: socket.socket) -> str:
    host, port = listener.getsockname()
    return f"http://{host}:{port}"


def _endpoint(host_url: str, credentials: Credentials) -> Endpoint:
    admin = credentials.of("ADMINISTRATOR")
    return Endpoint(
        host_url + BASE_PATH, host_url + TOKEN_PATH, admin.client_id, admin.client_secret
    )
