"""Signing in: OAuth client credentials, one token for all requests (contract §1.1)."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncGenerator
from contextlib import suppress
from typing import Final
from uuid import uuid4

import httpx

from simtui.api import dialect
from simtui.api.call import Call
from simtui.api.complaint import read_complaint
from simtui.api.delivery import Delivery, Failed
from simtui.api.dialect import Operation
from simtui.api.endpoint import Endpoint
from simtui.api.faults import fault_of
from simtui.api.instants import read_retry_after
from simtui.api.token import Token, read_token
from simtui.api.unreachable import CONNECTION_ERRORS, diagnose
from simtui.clock import Clock
from simtui.errors import SimtuiError, Unauthorized, UnexpectedAnswer

_SIGN_IN: Final = Call(Operation("POST", "", "sign in"))
_REFUSAL: Final = re.compile(r"invalid[ _-]?client|client[ _]?(id|identifier)", re.IGNORECASE)
_BAD_TOKEN: Final = re.compile(rb"invalid[ _-]?(access[ _-]?)?token", re.IGNORECASE)


class TokenSource:
    """Has the token that is good now, and gets the next one, once for all who wait."""

    def __init__(
        self, endpoint: Endpoint, http: httpx.AsyncClient, delivery: Delivery, clock: Clock
    ) -> None:
        self._endpoint = endpoint
        self._http = http
        self._delivery = delivery
        self._clock = clock
        self._token: Token | None = None
        self._fetching: asyncio.Task[Token] | None = None

    async def token(self) -> Token:
        """A token that is good now.

        Raises:
            Unauthorized: the client is not accepted.
            SimtuiError: the token endpoint cannot be reached or answers something else.
        """
        if self._token is not None and self._token.fresh(self._clock.now()):
            return self._token
        if self._fetching is None:
            self._fetching = asyncio.create_task(self._fetch())
            self._fetching.add_done_callback(self._fetched)
        return await asyncio.shield(self._fetching)

    def forget(self, token: Token) -> None:
        """The API does not accept this one any more; a newer one is kept."""
        if self._token is token:
            self._token = None

    async def close(self) -> None:
        """Stop a fetch that nobody will wait for."""
        if self._fetching is not None:
            self._fetching.cancel()
            with suppress(asyncio.CancelledError, SimtuiError):
                await self._fetching

    def _fetched(self, task: asyncio.Task[Token]) -> None:
        self._fetching = None
        if not task.cancelled() and task.exception() is None:
            self._token = task.result()

    async def _fetch(self) -> Token:
        response = await self._delivery.deliver(_SIGN_IN.title, self._attempt)
        token = read_token(response.content, self._clock.now())
        if token is None:
            raise UnexpectedAnswer(
                _SIGN_IN.title,
                "The token address answers, but not with a token",
                "Check token_url in the profile",
                status=response.status_code,
            )
        return token

    async def _attempt(self) -> httpx.Response | Failed:
        try:
            request = self._request()
            response = await self._http.send(request)
        except CONNECTION_ERRORS as error:
            trouble = diagnose(error, _SIGN_IN, self._endpoint.token_url)
            return Failed(trouble.error, again=trouble.passing)
        return response if response.status_code == httpx.codes.OK else self._refused(response)

    def _request(self) -> httpx.Request:
        url = httpx.URL(self._endpoint.token_url).copy_set_param(*dialect.GRANT_TYPE)
        form = {
            dialect.CLIENT_ID: self._endpoint.client_id,
            dialect.CLIENT_SECRET: self._endpoint.client_secret.reveal(),
        }
        headers = {dialect.REQUEST_ID: str(uuid4()), "Accept": "application/json"}
        return self._http.build_request("POST", url, data=form, headers=headers)

    def _refused(self, response: httpx.Response) -> Failed:
        secrets = (self._endpoint.client_secret.reveal(),)
        status = response.status_code
        error = fault_of(response, _SIGN_IN, secrets)
        told = read_retry_after(response.headers.get("retry-after"), self._clock.now())
        if status == httpx.codes.TOO_MANY_REQUESTS:
            return Failed(error, told=told, quota=True)
        complaint = read_complaint(response.content, secrets)
        named = bool(_REFUSAL.search(f"{complaint.name} {complaint.words}"))
        if status in (400, 401, 403) or (status >= 500 and named):
            return Failed(_not_accepted(error))
        if status < 500:
            return Failed(_not_the_token_endpoint(error))
        return Failed(error, again=status in self._delivery.policy.statuses, told=told)


class BearerAuth(httpx.Auth):
    """Puts the token on a request, and repeats it once when the token was refused.

    A 401 comes before anything is processed, so that a write is repeated too. A 500
    that speaks of an invalid token (contract §1.1) renews it, but only a GET is sent
    again.
    """

    def __init__(self, tokens: TokenSource) -> None:
        self._tokens = tokens

    async def async_auth_flow(
        self, request: httpx.Request
    ) -> AsyncGenerator[httpx.Request, httpx.Response]:
        """What httpx calls: yields the request, once or twice."""
        token = await self._tokens.token()
        _sign(request, token)
        response = yield request
        if not await _refuses_token(response):
            return
        self._tokens.forget(token)
        if response.status_code == httpx.codes.UNAUTHORIZED or request.method == "GET":
            _sign(request, await self._tokens.token())
            yield request


def _sign(request: httpx.Request, token: Token) -> None:
    request.headers["Authorization"] = f"Bearer {token.value.reveal()}"


async def _refuses_token(response: httpx.Response) -> bool:
    if response.status_code == httpx.codes.INTERNAL_SERVER_ERROR:
        body = await response.aread()  # httpx reads it later, after signing in
        return bool(_BAD_TOKEN.search(body[:2000]))
    return response.status_code == httpx.codes.UNAUTHORIZED


def _not_accepted(error: SimtuiError) -> Unauthorized:
    return Unauthorized(
        error.title,
        error.detail,
        "Check client_id and client_secret in the profile",
        status=error.status,
        name=error.name,
        transaction_id=error.transaction_id,
    )


def _not_the_token_endpoint(error: SimtuiError) -> UnexpectedAnswer:
    return UnexpectedAnswer(
        error.title,
        f"The token address does not give out tokens: {error.detail}",
        "Check token_url in the profile",
        status=error.status,
        name=error.name,
    )
