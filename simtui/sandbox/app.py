"""The sandbox as an ASGI application: the API, its token endpoint and the control path."""

from __future__ import annotations

import asyncio
from typing import Any
from urllib.parse import parse_qsl

from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Mount, Route
from starlette.types import Receive, Scope, Send

from simtui.sandbox.control import control_routes
from simtui.sandbox.exchange import Asked, Reply, json_reply
from simtui.sandbox.faults.switchboard import Faults
from simtui.sandbox.gateway import FIXED_HEADERS, Gateway
from simtui.sandbox.openapi import BASE_PATH, TOKEN_PATH, document_at
from simtui.sandbox.request_log import Arrival, RequestLog, remark_on
from simtui.sandbox.token import Credentials, InvalidClient, token_problem
from simtui.sandbox.world import World

HANG_UP = "simtui.hang_up"
"""The ASGI extension by which a server lets the application cut a connection."""


def create_app(
    world: World, *, faults: Faults | None = None, credentials: Credentials | None = None
) -> Starlette:
    """Build the application around a world; without credentials it makes up its own."""
    gateway = Gateway(world, credentials or Credentials(world), faults or Faults())
    log = RequestLog()
    door = _Door(gateway, log)
    return Starlette(
        routes=[
            Route(TOKEN_PATH, door.token, methods=["POST"]),
            Route("/openapi.json", _openapi),
            Mount("/_sandbox", routes=control_routes(gateway, log)),
            Mount(BASE_PATH, door.api),
        ]
    )


async def _openapi(request: Request) -> Response:
    return _response(json_reply(200, document_at(_host_url(request))))


class _Door:
    """Where requests come in: they are logged, slowed down or dropped, then handled."""

    def __init__(self, gateway: Gateway, log: RequestLog) -> None:
        self._gateway = gateway
        self._log = log

    async def api(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Everything under the base path."""
        request = Request(scope, receive)
        try:
            asked = await _read(request)
        except ClientDisconnect:
            return
        arrival = self._arrived(request, asked.path)
        arrival.remark = remark_on(asked.method, asked.path, asked.content)
        if await self._is_dropped("drop-before", request, asked):
            return
        slow = self._gateway.faults.strike("slow", asked.method, asked.path)
        if slow is not None:
            await asyncio.sleep(slow["seconds"])
        reply = self._gateway.reply(asked)
        if await self._is_dropped("drop-after", request, asked):
            return
        arrival.status = reply.status
        await _response(reply)(scope, receive, send)

    async def token(self, request: Request) -> Response:
        """The token endpoint (contract §1.1)."""
        arrival = self._arrived(request, request.url.path)
        reply = self._token(request.method, await _form(request))
        arrival.status = reply.status
        reply.headers = {**FIXED_HEADERS, **reply.headers}
        return _response(reply)

    def _token(self, method: str, form: dict[str, str]) -> Reply:
        oddity = self._gateway.faults.strike("token-invalid-client-500", method, TOKEN_PATH)
        if oddity is not None:
            return _token_error(500, "invalid_client", "Client identifier is required")
        problem = token_problem(form)
        if problem is not None:
            return _token_error(400, "invalid_request", problem)
        try:
            issued = self._gateway.credentials.issue(form["client_id"], form["client_secret"])
        except InvalidClient:
            return _token_error(401, "invalid_client", "Client credentials are invalid")
        return json_reply(200, issued)

    def _arrived(self, request: Request, path: str) -> Arrival:
        arrival = Arrival(
            at=self._gateway.world.clock.now(),
            method=request.method,
            path=path,
            query=request.url.query,
            request_id=request.headers.get("x-request-id"),
        )
        self._log.add(arrival)
        return arrival

    async def _is_dropped(self, fault: str, request: Request, asked: Asked) -> bool:
        """Cut the connection without a word, when that fault is on."""
        if self._gateway.faults.strike(fault, asked.method, asked.path) is None:
            return False
        hang_up = request.scope.get("extensions", {}).get(HANG_UP)
        if hang_up is None:
            raise ConnectionResetError("The sandbox closed the connection, as it was told to")
        hang_up()
        while (await request.receive())["type"] != "http.disconnect":
            continue
        return True


async def _read(request: Request) -> Asked:
    raw = request.scope.get("raw_path") or request.scope["path"].encode()
    path = raw.partition(b"?")[0].decode("ascii", "replace")
    return Asked(
        method=request.method,
        path=path.removeprefix(BASE_PATH) or "/",
        query=request.scope["query_string"].decode("ascii", "replace"),
        headers=dict(request.headers),
        content=await request.body(),
        host_url=_host_url(request),
    )


async def _form(request: Request) -> dict[str, str]:
    """The query and the form body together; the body wins."""
    body = (await request.body()).decode("utf-8", "replace")
    return dict(request.query_params) | dict(parse_qsl(body))


def _host_url(request: Request) -> str:
    return f"{request.url.scheme}://{request.url.netloc}"


def _token_error(status: int, code: str, error: str) -> Reply:
    """How the gateway's token endpoint says no."""
    body: dict[str, Any] = {"ErrorCode": code, "Error": error}
    return json_reply(status, body)


def _response(reply: Reply) -> Response:
    return Response(reply.content, reply.status, reply.headers)
