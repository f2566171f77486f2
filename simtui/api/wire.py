"""What every typed method of the client is made of: ask, and read the answer."""

from __future__ import annotations

import asyncio
import random as random_numbers
from collections.abc import Awaitable, Callable, Hashable
from typing import Final, TypeVar

import httpx

from simtui import __version__
from simtui.api import dialect
from simtui.api.auth import BearerAuth, TokenSource
from simtui.api.call import Call
from simtui.api.cool_down import CoolDown
from simtui.api.decode import Undecodable, decode_object, decode_page, pretty_json
from simtui.api.delivery import Delivery, RetryPolicy
from simtui.api.dialect import Operation
from simtui.api.endpoint import Endpoint
from simtui.api.faults import absent, not_the_api
from simtui.api.paging import every
from simtui.api.quota import QuotaState
from simtui.api.raw_page import RawPage
from simtui.api.send import Sender
from simtui.api.telling import Telling
from simtui.clock import Clock, SystemClock
from simtui.errors import CapabilityAbsent, NoneOfThisOne, UnexpectedAnswer
from simtui.models import ApiRelease

T = TypeVar("T")

MAX_WAIT: Final = 900.0
"""Seconds that requests wait for the quota to be reset before they fail instead."""
_TIMEOUT: Final = httpx.Timeout(connect=5.0, read=30.0, write=30.0, pool=None)
_LIMITS: Final = httpx.Limits(
    max_connections=10, max_keepalive_connections=10, keepalive_expiry=15.0
)


class Wire:
    """The connection to one endpoint, and what is known about it so far.

    ``transport``, ``clock``, ``sleep`` and ``random`` are there to be replaced in tests
    and by the demo, which has its API in the same process.
    """

    def __init__(
        self,
        endpoint: Endpoint,
        *,
        transport: httpx.AsyncBaseTransport | None = None,
        clock: Clock | None = None,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        random: Callable[[], float] = random_numbers.random,
        max_wait: float = MAX_WAIT,
        policy: RetryPolicy | None = None,
        on_quota: Callable[[QuotaState], None] | None = None,
    ) -> None:
        clock = clock or SystemClock()
        self._http = httpx.AsyncClient(
            transport=transport,
            timeout=_TIMEOUT,
            limits=_LIMITS,
            headers={"User-Agent": f"simtui/{__version__}"},
        )
        self._clock = clock
        self._telling = Telling(on_quota)
        cool_down = CoolDown(clock, sleep, max_wait)
        delivery = Delivery(policy or RetryPolicy(), cool_down, clock, sleep, random)
        self._tokens = TokenSource(endpoint, self._http, delivery, clock)
        auth = BearerAuth(self._tokens)
        self._sender = Sender(endpoint, self._http, auth, delivery, self._telling, clock)
        self._absent: set[Operation] = set()
        self._decoding = asyncio.Lock()
        self.endpoint = endpoint
        self.unreadable = 0
        """Items of lists so far that lacked what makes them one, such as their id."""

    @property
    def quota(self) -> QuotaState | None:
        """The quota as last told (contract §1.2); None before that."""
        return self._telling.quota

    @property
    def on_quota(self) -> Callable[[QuotaState], None] | None:
        """Is called with the quota whenever an answer tells another one."""
        return self._telling.on_quota

    @on_quota.setter
    def on_quota(self, listener: Callable[[QuotaState], None] | None) -> None:
        self._telling.on_quota = listener

    @property
    def sunset(self) -> str | None:
        """When this version of the API ends, in the server's words; None when it does not."""
        return self._telling.release.sunset

    @property
    def release(self) -> ApiRelease:
        """Which version of the API answers, and when that ends (contract §1.2)."""
        return self._telling.release

    @property
    def on_release(self) -> Callable[[ApiRelease], None] | None:
        """Is called with the release whenever an answer tells another one."""
        return self._telling.on_release

    @on_release.setter
    def on_release(self, listener: Callable[[ApiRelease], None] | None) -> None:
        self._telling.on_release = listener

    async def close(self) -> None:
        """Close all connections; what is in flight fails."""
        await self._tokens.close()
        await self._http.aclose()

    async def _send(self, call: Call) -> httpx.Response:
        if call.operation in self._absent:
            raise absent(call)
        try:
            return await self._sender.send(call)
        except CapabilityAbsent as error:
            if not isinstance(error, NoneOfThisOne):
                self._absent.add(call.operation)
            raise

    async def _object(self, model: type[T], call: Call) -> T:
        response = await self._send(call)
        try:
            return decode_object(model, response.content)
        except Undecodable:
            raise self._unexpected(response, call) from None

    async def _page(
        self, model: type[T], call: Call, offset: int = 0, limit: int = 50
    ) -> RawPage[T]:
        place = {dialect.OFFSET: str(offset), dialect.LIMIT: str(limit)}
        call = Call(call.operation, call.ids, {**call.params, **place})
        response = await self._send(call)
        async with self._decoding:
            try:
                page = decode_page(model, response.content, offset, limit)
            except Undecodable:
                raise self._unexpected(response, call) from None
            await asyncio.sleep(0)  # pages that came together must not stall keys and frames
        self.unreadable += page.unreadable
        return page

    async def _every(
        self, model: type[T], call: Call, key: Callable[[T], Hashable]
    ) -> tuple[T, ...]:
        async def fetch(offset: int, limit: int) -> RawPage[T]:
            return await self._page(model, call, offset, limit)

        return await every(fetch, key)

    async def _json(self, call: Call) -> str:
        response = await self._send(call)
        try:
            return pretty_json(response.content)
        except Undecodable:
            raise self._unexpected(response, call) from None

    def _unexpected(self, response: httpx.Response, call: Call) -> UnexpectedAnswer:
        return not_the_api(response, call, self._sender.secrets_in(response.request, call))


def about(operation: Operation, thing_id: str) -> Call:
    """A call on one Thing."""
    return Call(operation, {dialect.THING_ID: thing_id})
