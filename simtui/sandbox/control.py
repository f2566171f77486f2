"""The control path ``/_sandbox/``: clients, faults, clock, troubles,
scenarios and the request log.

It needs no token; the server listens on the loopback interface only.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from simtui.sandbox.bad_order import BadOrder
from simtui.sandbox.call import Refused
from simtui.sandbox.exchange import Reply, json_reply
from simtui.sandbox.gateway import Gateway
from simtui.sandbox.provoke import describe_troubles, provoke
from simtui.sandbox.request_log import RequestLog
from simtui.sandbox.scenarios.play import describe_scenarios, play

FASTEST = 100_000
"""World seconds in a real second."""
LONGEST_JUMP = 366 * 86_400
"""How far the clock can be moved at once: a leap year, in seconds."""


def control_routes(gateway: Gateway, log: RequestLog) -> list[Route]:
    """The routes below ``/_sandbox``."""
    control = _Control(gateway, log)
    return [
        Route("/", control.index),
        Route("/clients", control.clients, methods=["GET"]),
        Route("/faults", control.faults, methods=["GET", "DELETE"]),
        Route("/faults/{name}", control.switch_on, methods=["PUT", "POST"]),
        Route("/faults/{name}", control.switch_off, methods=["DELETE"]),
        Route("/clock", control.clock, methods=["GET", "POST"]),
        Route("/world", control.world, methods=["GET"]),
        Route("/world/{trouble}", control.provoke, methods=["POST"]),
        Route("/scenarios", control.scenarios, methods=["GET"]),
        Route("/scenarios/{name}", control.play, methods=["POST"]),
        Route("/requests", control.requests, methods=["GET", "DELETE"]),
    ]


class _Control:
    def __init__(self, gateway: Gateway, log: RequestLog) -> None:
        self._gateway = gateway
        self._log = log

    async def index(self, request: Request) -> Response:
        """What can be done here."""
        return _answer(
            {
                "GET /_sandbox/clients": "a client id and secret for every permission level",
                "GET /_sandbox/faults": "every fault, what it does and whether it is on",
                "PUT /_sandbox/faults/{name}": "switch a fault on; settings as a JSON object",
                "DELETE /_sandbox/faults/{name}": "switch it off; without a name, all of them",
                "GET /_sandbox/clock": "the world's time and how fast it runs",
                "POST /_sandbox/clock": 'move it: {"advanceSeconds": 3600} or {"rate": 60}',
                "GET /_sandbox/world": "the troubles that can strike a Thing or a network",
                "POST /_sandbox/world/{trouble}": 'let one happen: {"thingId": "t_1"}',
                "GET /_sandbox/scenarios": "stories of one Thing, and what is really wrong in each",
                "POST /_sandbox/scenarios/{name}": "let one happen; it answers to which Thing",
                "GET /_sandbox/requests": "the requests that arrived; DELETE counts anew",
            }
        )

    async def clients(self, request: Request) -> Response:
        """Who may call, by permission level; the secrets guard nothing but a made-up fleet."""
        return _answer({"items": self._gateway.credentials.describe()})

    async def faults(self, request: Request) -> Response:
        """List all faults; DELETE switches all of them off."""
        if request.method == "DELETE":
            self._gateway.faults.switch_all_off()
        return _answer({"items": self._gateway.faults.describe()})

    async def switch_on(self, request: Request) -> Response:
        """Switch a fault on with the settings in the body."""

        def switch(settings: Mapping[str, Any]) -> None:
            self._gateway.faults.switch_on(request.path_params["name"], settings)

        return await self._changed(request, switch)

    async def switch_off(self, request: Request) -> Response:
        """Switch one fault off."""
        return await self._changed(
            request, lambda _: self._gateway.faults.switch_off(request.path_params["name"])
        )

    async def _changed(
        self, request: Request, change: Callable[[Mapping[str, Any]], None]
    ) -> Response:
        try:
            change(await _settings(request))
        except BadOrder as error:
            return _answer({"message": str(error)}, status=400)
        return _answer({"items": self._gateway.faults.describe()})

    async def clock(self, request: Request) -> Response:
        """Show the clock, or move it by ``advanceSeconds`` and set its ``rate``."""
        clock = self._gateway.world.clock
        if request.method == "POST":
            try:
                given = await _settings(request)
                _refuse_unknown(given, {"advanceSeconds", "rate"})
                clock.set_rate(_number(given.get("rate", clock.rate), FASTEST))
                clock.advance(_number(given.get("advanceSeconds", 0), LONGEST_JUMP))
            except BadOrder as error:
                return _answer({"message": str(error)}, status=400)
        return _answer({"now": self._gateway.world.catch_up(), "rate": clock.rate})

    async def world(self, request: Request) -> Response:
        """The troubles there are."""
        return _answer({"items": describe_troubles()})

    async def provoke(self, request: Request) -> Response:
        """Let a trouble strike a Thing or a network now."""
        world = self._gateway.world
        try:
            given = await _settings(request)
            provoke(world, request.path_params["trouble"], given, world.catch_up())
        except BadOrder as error:
            return _answer({"message": str(error)}, status=400)
        except Refused as refused:
            return _answer({"name": refused.name, "message": refused.message}, refused.status)
        return _answer({})

    async def scenarios(self, request: Request) -> Response:
        """The scenarios there are."""
        return _answer({"items": describe_scenarios()})

    async def play(self, request: Request) -> Response:
        """Let a scenario happen, and say to which Thing it happened."""
        gateway, name = self._gateway, request.path_params["name"]
        try:
            _refuse_unknown(await _settings(request), set())
            thing = play(gateway.world, gateway.faults, name, gateway.world.catch_up())
        except BadOrder as error:
            return _answer({"message": str(error)}, status=400)
        return _answer({"thingId": thing.thing_id, "iccid": thing.iccid, "name": thing.name})

    async def requests(self, request: Request) -> Response:
        """The arrivals, oldest first; DELETE forgets them."""
        if request.method == "DELETE":
            self._log.clear()
        items = [arrival.view() for arrival in self._log.arrivals]
        return _answer({"items": items, "total": self._log.total})


async def _settings(request: Request) -> Mapping[str, Any]:
    body = await request.body()
    try:
        given = json.loads(body or b"{}")
    except ValueError:
        raise BadOrder("The body is not JSON") from None
    if not isinstance(given, dict):
        raise BadOrder("The body must be a JSON object")
    return given


def _refuse_unknown(given: Mapping[str, Any], known: set[str]) -> None:
    for name in given:
        if name not in known:
            there_are = f"there are {', '.join(sorted(known))}" if known else "nothing can be set"
            raise BadOrder(f"There is no {name}; {there_are}")


def _number(value: Any, most: float) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= most:
        raise BadOrder(f"{value!r} is not a number from 0 to {most:,}")
    return value


def _answer(body: Any, status: int = 200) -> Response:
    reply: Reply = json_reply(status, body)
    return Response(reply.content, reply.status, reply.headers)
