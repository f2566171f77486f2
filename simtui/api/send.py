"""Sending one request by the rules of contract §1 and §1.3."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import uuid4

import httpx

from simtui.api import dialect
from simtui.api.auth import BearerAuth
from simtui.api.call import Call
from simtui.api.delivery import Delivery, Failed
from simtui.api.endpoint import Endpoint
from simtui.api.faults import fault_of, foreign_redirect, read_only_fault, unknown_outcome
from simtui.api.instants import read_instant, read_retry_after
from simtui.api.redirect import safe_target
from simtui.api.telling import Telling
from simtui.api.unreachable import CONNECTION_ERRORS, diagnose
from simtui.clock import Clock
from simtui.errors import OutcomeUnknown, SimtuiError

MOST_HOPS: Final = 3
MOST_SKEW: Final = timedelta(days=1)
"""How far apart two clocks may be for the server's ``Date`` to be believed."""
_JSON: Final = "application/json; charset=utf-8"


class Sender:
    """Sends calls and gives back successful answers; everything else is an error.

    A GET is repeated by the policy. A write is repeated only when it provably did not
    arrive: no connection, 401 or 429. Once it may have arrived, a lost answer is
    ``OutcomeUnknown``, and so is a redirect that leads to none.
    """

    def __init__(
        self,
        endpoint: Endpoint,
        http: httpx.AsyncClient,
        auth: BearerAuth,
        delivery: Delivery,
        telling: Telling,
        clock: Clock,
    ) -> None:
        self._endpoint = endpoint
        self._http = http
        self._auth = auth
        self._delivery = delivery
        self._telling = telling
        self._clock = clock

    async def send(self, call: Call) -> httpx.Response:
        """The answer, a success of the 2xx kind; a 302 is followed within this API.

        Raises:
            SimtuiError: whatever else came, or did not come.
        """
        if self._endpoint.read_only and call.operation.writes:
            raise read_only_fault(call)
        url = self._endpoint.base_url.rstrip("/") + call.path
        response = await self._deliver(call, call.operation.method, url)
        try:
            return await self._followed(call, response)
        except SimtuiError as error:
            if call.operation.writes and not isinstance(error, OutcomeUnknown):
                raise unknown_outcome(call, error) from None
            raise

    async def _followed(self, call: Call, response: httpx.Response) -> httpx.Response:
        """What the answer leads to, when it is a 302; else the answer itself."""
        for _ in range(MOST_HOPS):
            if response.status_code != httpx.codes.FOUND:
                return response
            location = response.headers.get("location")
            target = safe_target(location, str(response.request.url), self._endpoint.base_url)
            if target is None:
                raise foreign_redirect(response, call, self.secrets_in(response.request, call))
            response = await self._deliver(call, "GET", target)
        if response.status_code == httpx.codes.FOUND:
            raise foreign_redirect(response, call, self.secrets_in(response.request, call))
        return response

    def secrets_in(self, request: httpx.Request, call: Call) -> tuple[str, ...]:
        """What must not be repeated from an answer to this request."""
        token = request.headers.get("authorization", "").removeprefix("Bearer ")
        sent = (secret.reveal() for secret in call.secrets.values())
        return token, self._endpoint.client_secret.reveal(), *sent

    async def _deliver(self, call: Call, method: str, url: str) -> httpx.Response:
        async def attempt() -> httpx.Response | Failed:
            return await self._attempt(call, method, url)

        return await self._delivery.deliver(call.title, attempt)

    async def _attempt(self, call: Call, method: str, url: str) -> httpx.Response | Failed:
        try:
            request = self._request(call, method, url)
            response = await self._http.send(request, auth=self._auth)
        except CONNECTION_ERRORS as error:
            trouble = diagnose(error, call, self._endpoint.base_url)
            if trouble.sent and call.operation.writes:
                return Failed(unknown_outcome(call, trouble.error))
            return Failed(trouble.error, again=trouble.passing)
        self._telling.hear(response.headers)
        if response.is_success or response.status_code == httpx.codes.FOUND:
            return response
        return self._refused(call, response)

    def _request(self, call: Call, method: str, url: str) -> httpx.Request:
        headers = {dialect.REQUEST_ID: str(uuid4()), "Accept": "application/json"}
        if method != call.operation.method:  # a hop: everything is in its URL
            return self._http.build_request(method, url, headers=headers)
        if call.request_id is not None:
            headers[dialect.REQUEST_ID] = call.request_id
        if call.if_match is not None:
            headers[dialect.IF_MATCH] = call.if_match
        content = None
        if call.body is not None:
            headers["Content-Type"] = _JSON
            content = json.dumps(_with_secrets(call))
        return self._http.build_request(
            method, url, headers=headers, content=content, params=call.params
        )

    def _refused(self, call: Call, response: httpx.Response) -> Failed:
        error = fault_of(response, call, self.secrets_in(response.request, call))
        now = self._clock.now()
        told = read_retry_after(response.headers.get("retry-after"), now)
        if response.status_code == httpx.codes.TOO_MANY_REQUESTS:
            return Failed(error, told=_until_reset(response, now) or told, quota=True)
        if not response.is_server_error:
            return Failed(error)
        if call.operation.writes:
            return Failed(unknown_outcome(call, error))
        again = response.status_code in self._delivery.policy.statuses
        return Failed(error, again=again, told=told)


def _with_secrets(call: Call) -> Any:
    """The body as it is sent, which exists for that moment only."""
    if not call.secrets:
        return call.body
    return {**call.body, **{name: secret.reveal() for name, secret in call.secrets.items()}}


def _until_reset(response: httpx.Response, now: datetime) -> float | None:
    """Seconds until the quota is reset, by the server's own clock when it tells the time."""
    reset_at = read_instant(response.headers.get(dialect.QUOTA_RESET))
    if reset_at is None:
        return None
    there = read_instant(response.headers.get("date"))
    if there is None or abs(there - now) > MOST_SKEW:
        there = now
    left = (reset_at - there).total_seconds()
    return left if left > 0 else None
