"""A server that is a function, and a time that only passes when somebody waits."""

from __future__ import annotations

import asyncio
import inspect
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest

from simtui.api.client import Client
from simtui.api.endpoint import Endpoint
from simtui.models.action import AddTags, SendSms
from simtui.models.bulk import BulkRequest, Target
from simtui.models.config_change import ConfigChange
from simtui.secret import Secret
from tests.config_samples import CHANGES

BASE_URL = "https://api.example.com/iot/sim"
TOKEN_URL = "https://api.example.com/oauth/accesstoken"
SECRET = "hush-hush-9f2c"

RETAG = BulkRequest(AddTags(("a",)), Target(tag="depot-7"), expected_count=2)

Write = Callable[[Client, str], Awaitable[Any]]
WRITES: dict[str, Write] = {
    "set_state": lambda c, r: c.set_state("t_1", "ACTIVE", "", version=1, request_id=r),
    "edit_thing": lambda c, r: c.edit_thing("t_1", {"name": "x"}, 1, request_id=r),
    "set_tags": lambda c, r: c.set_tags("t_1", ("a",), 1, request_id=r),
    "lock_ip": lambda c, r: c.lock_ip("t_1", None, 1, request_id=r),
    "unlock_ip": lambda c, r: c.unlock_ip("t_1", 1, request_id=r),
    "reset_connection": lambda c, r: c.reset_connection("t_1", request_id=r),
    "ping": lambda c, r: c.ping("t_1", 3, 56, request_id=r),
    "send_sms": lambda c, r: c.send_sms(
        "t_1", SendSms("RESET {name}"), "RESET pump", reference="op-1", request_id=r
    ),
    "cancel_sms": lambda c, r: c.cancel_sms("sms_1", request_id=r),
    "start_bulk": lambda c, r: c.start_bulk(RETAG, request_id=r),
    "cancel_job": lambda c, r: c.cancel_job("j_1", request_id=r),
    "configure": lambda c, r: c.configure(CHANGES["change-group"], request_id=r),
}
"""Every write there is, with a client and a request id still to be given."""


def configuring(change: ConfigChange) -> Write:
    return lambda client, request_id: client.configure(change, request_id=request_id)


CONFIGURING = {name: configuring(change) for name, change in CHANGES.items()}
"""What `configure` can be asked for, each as a write of its own."""
DELETING = frozenset(CONFIGURING[name] for name in CHANGES if name.startswith("delete"))

Handler = Callable[[httpx.Request], "httpx.Response | Awaitable[httpx.Response]"]


class FakeTime:
    """A clock and a sleep that belong together; waits that overlap do not add up."""

    def __init__(self) -> None:
        self.passed = 0.0
        self.slept: list[float] = []

    def now(self) -> datetime:
        return datetime(2026, 11, 22, 3, 0, tzinfo=UTC) + timedelta(seconds=self.passed)

    def monotonic(self) -> float:
        return 1000.0 + self.passed

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        until = self.passed + seconds
        await asyncio.sleep(0)
        self.passed = max(self.passed, until)


class FakeApi:
    """A token endpoint that works, and an API that is whatever ``handler`` says.

    ``requests`` holds what reached the API, ``token_requests`` what reached the other;
    ``asked`` and ``token_asked`` are set by the first of them.
    Every token is a new one; only the newest is accepted unless ``any_token``.
    """

    def __init__(self, time: FakeTime) -> None:
        self.time = time
        self.handler: Handler = lambda request: httpx.Response(200, json={})
        self.token_handler: Handler = self._mint
        self.requests: list[httpx.Request] = []
        self.token_requests: list[httpx.Request] = []
        self.asked = asyncio.Event()
        self.token_asked = asyncio.Event()
        self.token = ""
        self.any_token = True
        self.clients: list[Client] = []

    def client(self, **options: Any) -> Client:
        read_only = options.pop("read_only", False)
        base_url = options.pop("base_url", BASE_URL)
        settings = {
            "transport": httpx.MockTransport(self._answer),
            "clock": self.time,
            "sleep": self.time.sleep,
            "random": lambda: 0.0,
        }
        endpoint = Endpoint(base_url, TOKEN_URL, "client-7", Secret(SECRET), read_only)
        client = Client(endpoint, **(settings | options))
        self.clients.append(client)
        return client

    def answer_with(self, *answers: httpx.Response | Exception) -> None:
        """One after the other; the last one for ever."""
        waiting = list(answers)

        def handler(request: httpx.Request) -> httpx.Response:
            answer = waiting.pop(0) if len(waiting) > 1 else waiting[0]
            if isinstance(answer, Exception):
                raise answer
            return httpx.Response(
                answer.status_code, headers=answer.headers, content=answer.content
            )

        self.handler = handler

    async def _answer(self, request: httpx.Request) -> httpx.Response:
        await asyncio.sleep(0)
        if str(request.url).startswith(TOKEN_URL):
            self.token_requests.append(request)
            self.token_asked.set()
            return await _outcome(self.token_handler(request))
        self.requests.append(request)
        self.asked.set()
        if not self.any_token and request.headers["authorization"] != f"Bearer {self.token}":
            return httpx.Response(401, json={"name": "INVALID_TOKEN", "message": "Expired"})
        return await _outcome(self.handler(request))

    def _mint(self, request: httpx.Request) -> httpx.Response:
        self.token = f"token-{len(self.token_requests)}"
        issued_at = int(self.time.now().timestamp() * 1000)
        return httpx.Response(
            200,
            json={
                "access_token": self.token,
                "token_type": "BearerToken",
                "expires_in": "3599",
                "issued_at": str(issued_at),
                "status": "approved",
            },
        )


async def _outcome(answer: httpx.Response | Awaitable[httpx.Response]) -> httpx.Response:
    return await answer if inspect.isawaitable(answer) else answer


@pytest.fixture
def time() -> FakeTime:
    return FakeTime()


@pytest.fixture
async def api(time: FakeTime) -> AsyncIterator[FakeApi]:
    api = FakeApi(time)
    yield api
    for client in api.clients:
        await client.close()


@pytest.fixture
def thing_json() -> Callable[..., dict[str, Any]]:
    def make(number: int = 1, **changes: Any) -> dict[str, Any]:
        thing = {
            "thingId": f"t_{number}",
            "iccid": f"89310862{number:011}",
            "state": "ACTIVE",
            "version": 1,
        }
        return thing | changes

    return make


@pytest.fixture
def page_json() -> Callable[..., dict[str, Any]]:
    def make(items: list[Any], **changes: Any) -> dict[str, Any]:
        return {"items": items, "offset": 0, "limit": 50, "total": len(items)} | changes

    return make


EVERY_WRITE = WRITES | CONFIGURING


@pytest.fixture(params=EVERY_WRITE.values(), ids=EVERY_WRITE)
def write(request: pytest.FixtureRequest) -> Write:
    """One write after the other: ``await write(client, request_id)``."""
    one: Write = request.param
    return one


@pytest.fixture
def deletes(write: Write) -> bool:
    """Whether the write takes an object away for good, so that there is nothing to tell."""
    return write in DELETING


@pytest.fixture(scope="session")
def writes() -> dict[str, Write]:
    """All of them by their names."""
    return WRITES
