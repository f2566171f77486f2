"""A store on a small account on the sandbox, for messages to its Things."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

import httpx

from simtui.api.client import Client
from simtui.api.endpoint import Endpoint
from simtui.models.action import SendSms
from simtui.models.bulk import Target
from simtui.models.journal import JournalEntry
from simtui.sandbox.app import create_app
from simtui.sandbox.clock import WorldClock
from simtui.sandbox.faults.switchboard import Faults
from simtui.sandbox.fleet.build import build_world
from simtui.sandbox.openapi import BASE_PATH, TOKEN_PATH
from simtui.sandbox.records import SmsRecord
from simtui.sandbox.token import Credentials
from simtui.store.operation import Assignment, Report
from simtui.store.queries import (
    ThingQuery,
)
from simtui.store.store import Store
from tests.world_clock import ClockOfTheWorld

HOST = "http://sandbox.test"
NOW = datetime(2026, 11, 22, 3, 12, 5, tzinfo=UTC)
RESET = SendSms("RESET", 90, "OPS")
NAME = SendSms("SET NAME {name} {{x}}")


class Wire(httpx.ASGITransport):
    """Remembers what came through; ``hook`` is called before each request is handled."""

    def __init__(self, app: Any) -> None:
        super().__init__(app)
        self.writes: list[httpx.Request] = []
        self.reads: list[httpx.Request] = []
        self.hook: Callable[[httpx.Request], object] = lambda request: None

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        if TOKEN_PATH not in request.url.path:
            (self.reads if request.method == "GET" else self.writes).append(request)
            self.hook(request)
        return await super().handle_async_request(request)


class Town:
    """A store on a small account; waiting lets the world's time pass."""

    def __init__(self) -> None:
        clock = WorldClock(NOW, rate=0)
        self.world = build_world(things=20, seed=3, fresh=True, clock=clock)
        for number, record in enumerate(self.world.things.values()):
            record.state, record.name, record.tags = "ACTIVE", f"pump-{number}", ("depot",)
            record.allowed_services = ("DATA", "SMS")
        self.faults = Faults()
        credentials = Credentials(self.world)
        self.wire = Wire(create_app(self.world, faults=self.faults, credentials=credentials))
        admin = credentials.of("ADMINISTRATOR")
        endpoint = Endpoint(
            HOST + BASE_PATH, HOST + TOKEN_PATH, admin.client_id, admin.client_secret
        )
        own = ClockOfTheWorld(clock)
        self.store = Store(clock=own, sleep=self._wait)
        client = Client(
            endpoint, transport=self.wire, clock=own, sleep=self._wait, random=Random(1).random
        )
        self.store.connect(client)

    async def _wait(self, seconds: float) -> None:
        self.world.clock.advance(seconds)
        await asyncio.sleep(0)

    async def assignment(self, action: SendSms, count: int, tag: str | None = None) -> Assignment:
        ids = list(self.world.things)[:count]
        things = [await self.store.fetch(ThingQuery(thing_id)) for thing_id in ids]
        self.wire.reads.clear()
        target = Target(tag=tag) if tag else Target(tuple(ids))
        return Assignment(action, tuple(things), target, count, "Send it", "them")

    async def send(self, action: SendSms, count: int, tag: str | None = None) -> Report:
        assignment = await self.assignment(action, count, tag)
        return await self.store.operations.start(assignment).wait()

    @property
    def messages(self) -> list[SmsRecord]:
        return [sms for sms in self.world.sms.values() if sms.direction == "MT"]

    @property
    def entries(self) -> tuple[JournalEntry, ...]:
        return self.store.journal.entries

    def write_down(self, count: int, status: str = "SENT", **fields: Any) -> None:
        """Messages that are there already."""
        usual = {"client_reference": "op-1", "submitted_at": NOW - timedelta(minutes=5)} | fields
        thing_id = next(iter(self.world.things))
        for _ in range(count):
            sms_id = self.world.new_id("sms")
            self.world.sms[sms_id] = SmsRecord(
                sms_id, thing_id, "MT", "RESET", "GSM7", 1, status, **usual
            )


def outcomes(entry: JournalEntry) -> list[str]:
    return [result.outcome for result in entry.results]


async def settled(town: Town) -> JournalEntry:
    """The last entry, when all is known of it."""
    for _ in range(5000):
        if town.entries[-1].settled:
            break
        await asyncio.sleep(0)
    assert town.entries[-1].settled
    return town.entries[-1]


def strikes_at(town: Town, number: int, fault: str, **settings: Any) -> None:
    """Switch a fault on just before that write."""

    def hook(request: httpx.Request) -> None:
        if request.method != "GET" and len(town.wire.writes) == number:
            town.faults.switch_on(fault, {"method": request.method} | settings)

    town.wire.hook = hook
