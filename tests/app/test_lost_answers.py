"""Every kind of write, over a real connection that breaks: looked up, never sent twice."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Any

import httpx
import pytest

from simtui.api.client import Client
from simtui.api.endpoint import Endpoint
from simtui.errors import OutcomeUnknown, SimtuiError
from simtui.models import ItemOutcome, Job, Thing
from simtui.models.action import (
    ACTIONS,
    Action,
    AddTags,
    Describe,
    LockIp,
    MoveToGroup,
    Ping,
    RemoveTags,
    RenameTag,
    ResetConnection,
    SendSms,
    SetImeiLock,
    SetServices,
    SetState,
    SetTags,
    UnlockIp,
)
from simtui.models.bulk import BulkRequest, Target
from simtui.models.journal import Outcome
from simtui.sandbox.addressing import lock_address
from simtui.sandbox.clock import WorldClock
from simtui.sandbox.fleet.build import build_world
from simtui.sandbox.openapi import BASE_PATH, TOKEN_PATH
from simtui.sandbox.records import ThingRecord
from simtui.sandbox.server import LiveServer
from simtui.sandbox.world import World
from simtui.store.bulk_write import BulkWrite
from simtui.store.job_writes import CancelJob
from simtui.store.journal.author import Author
from simtui.store.journal.file import JournalFile
from simtui.store.journal.journal import Journal
from simtui.store.operation import Assignment
from simtui.store.queries import ThingQuery
from simtui.store.store import Store
from tests.world_clock import ClockOfTheWorld

NOW = datetime(2026, 11, 22, 3, 12, 5, tzinfo=UTC)
MANY = 3


@pytest.fixture(scope="module")
def server() -> Iterator[LiveServer]:
    world = build_world(things=400, seed=7, fresh=False, clock=WorldClock(NOW, rate=0))
    with LiveServer(world) as server:
        yield server


@pytest.fixture(autouse=True)
def quiet(server: LiveServer) -> None:
    """Nothing is left of the test before."""
    server.faults.switch_all_off()
    server.world.jobs.clear()


@asynccontextmanager
async def connected(server: LiveServer, folder: Path) -> AsyncIterator[Store]:
    """A store with its journal on disk, for which waiting lets the world's time pass."""

    async def wait(seconds: float) -> None:
        server.world.clock.advance(seconds)
        await asyncio.sleep(0)

    told = server.endpoint
    clock = ClockOfTheWorld(server.world.clock)
    endpoint = Endpoint(told.base_url, told.token_url, told.client_id, told.client_secret)
    author = Author.of_this_process("prod", told.base_url)
    journal = Journal(JournalFile(folder / "prod.journal"), author, clock)
    store = Store(clock=clock, journal=journal, sleep=wait)
    plain = httpx.AsyncHTTPTransport(verify=False)  # a TLS context takes its time to make
    store.connect(Client(endpoint, transport=plain, clock=clock, sleep=wait))
    try:
        yield store
    finally:
        await store.close()


def at_work(thing: ThingRecord) -> bool:
    """In service, with a session and an address that is not locked."""
    return (
        thing.state == "ACTIVE"
        and thing.session is not None
        and thing.session.state == "ONLINE"
        and not thing.ip_locked
        and set(thing.allowed_services) == {"DATA", "SMS"}
        and thing.ip_address is not None
    )


@dataclass(frozen=True)
class Case:
    """A kind of write: the method it is sent with for one Thing, and whether many can have it."""

    action: Callable[[World, ThingRecord], Action]
    method: str
    many: bool = True
    locked: bool = False


def another_group(world: World, thing: ThingRecord) -> str:
    return next(group for group in world.groups if group != thing.group_id)


CASES = {
    "set-state": Case(lambda w, t: SetState("SUSPENDED", "test"), "PUT"),
    "describe": Case(lambda w, t: Describe(name="another"), "PATCH", many=False),
    "set-tags": Case(lambda w, t: SetTags(("one", "two")), "PUT", many=False),
    "add-tags": Case(lambda w, t: AddTags(("added",)), "PUT"),
    "remove-tags": Case(lambda w, t: RemoveTags(t.tags[:1]), "PUT"),
    "rename-tag": Case(lambda w, t: RenameTag(t.tags[0], "renamed"), "PUT"),
    "move": Case(lambda w, t: MoveToGroup(another_group(w, t)), "PATCH"),
    "services": Case(lambda w, t: SetServices(("SMS",)), "PATCH"),
    "lock-ip": Case(lambda w, t: LockIp(), "PUT"),
    "unlock-ip": Case(lambda w, t: UnlockIp(), "DELETE", locked=True),
    "imei-lock": Case(lambda w, t: SetImeiLock(True, tac="35209900"), "PATCH"),
    "reset": Case(lambda w, t: ResetConnection(), "POST"),
    "ping": Case(lambda w, t: Ping(2), "POST", many=False),
    "send-sms": Case(lambda w, t: SendSms("STATUS"), "POST"),
}


def test_no_kind_of_write_is_left_out() -> None:
    assert CASES.keys() == ACTIONS.keys()


@pytest.fixture(scope="module")
def untouched(server: LiveServer) -> Iterator[ThingRecord]:
    """Things for which every action means a change: each is only once in it, whatever the
    order of the tests, for what one of them has changed is no change for the next."""
    things = list(server.world.things.values())
    return (thing for thing in things if at_work(thing) and thing.tags)


async def assignment(
    store: Store, world: World, case: Case, untouched: Iterator[ThingRecord], count: int
) -> tuple[Assignment, tuple[Thing, ...]]:
    records = list(islice(untouched, count))
    assert len(records) == count, "the world has none to try it on"
    for record in records if case.locked else ():
        lock_address(world, record, None)
    things = [await store.fetch(ThingQuery(record.thing_id)) for record in records]
    ids = Target(tuple(thing.thing_id for thing in things))
    action = case.action(world, records[0])
    return Assignment(action, tuple(things), ids, count, "Do it", "them"), tuple(things)


@pytest.mark.parametrize("kind", CASES)
async def test_one_thing_done_but_never_answered(server, untouched, tmp_path, kind) -> None:
    case = CASES[kind]
    async with connected(server, tmp_path) as store:
        what, (thing,) = await assignment(store, server.world, case, untouched, 1)
        before = len(requests(server, case.method))
        server.faults.switch_on("drop-after", {"method": case.method, "path": "/things/"})
        report = await store.operations.start(what).wait()
        (entry,) = store.journal.entries
        assert len(requests(server, case.method)) - before == 1
        outcomes = [result.outcome for result in entry.results]
        assert outcomes[0] == Outcome.UNKNOWN
        assert entry.results[1].looked_up
        assert entry.outcome in (Outcome.CONFIRMED, Outcome.PARTLY)
        assert {item.thing_id for item in report.items} == {thing.thing_id}


@pytest.mark.parametrize("kind", CASES)
async def test_one_thing_lost_on_the_way_there(server, untouched, tmp_path, kind) -> None:
    case = CASES[kind]
    async with connected(server, tmp_path) as store:
        what, _ = await assignment(store, server.world, case, untouched, 1)
        before = len(requests(server, case.method))
        server.faults.switch_on("drop-before", {"method": case.method, "path": "/things/"})
        running = store.operations.start(what)
        with pytest.raises(SimtuiError, match="It was not done"):
            await running.wait()
        (entry,) = store.journal.entries
        assert len(requests(server, case.method)) - before == 1
        assert entry.outcome == Outcome.FAILED
        assert "did not arrive" in entry.detail


@pytest.mark.parametrize("kind", [kind for kind, case in CASES.items() if case.many])
async def test_many_things_done_but_never_answered(server, untouched, tmp_path, kind) -> None:
    async with connected(server, tmp_path) as store:
        what, things = await assignment(store, server.world, CASES[kind], untouched, MANY)
        before = len(requests(server, "POST"))
        server.faults.switch_on("drop-after", {"method": "POST", "path": "/bulk-actions"})
        report = await store.operations.start(what).wait()
        sent = requests(server, "POST")[before:]
        references = [arrival["clientReference"] for arrival in sent]
        assert len(references) == len(set(references)) == len(store.journal.entries)
        assert [result.outcome for result in store.journal.entries[0].results][:2] == [
            Outcome.UNKNOWN,
            Outcome.ACCEPTED,
        ]
        assert {item.thing_id for item in report.items} == {thing.thing_id for thing in things}
        assert not [item for item in report.items if item.outcome == ItemOutcome.FAILED]


async def test_a_cancel_done_but_never_answered(server, untouched, tmp_path) -> None:
    async with connected(server, tmp_path) as store:
        what, _ = await assignment(store, server.world, CASES["add-tags"], untouched, MANY)
        job = await hold_a_job(store, replace(what, action=AddTags(("never",))))
        server.faults.switch_on("drop-after", {"method": "POST", "path": "/jobs/"})
        before = len(requests(server, "POST"))
        with pytest.raises(OutcomeUnknown):
            await store.outbox.run(CancelJob(job))
        await until(lambda: store.journal.entries[-1].settled)
        assert len(requests(server, "POST")) - before == 1
        assert store.journal.entries[-1].outcome == Outcome.CONFIRMED


async def hold_a_job(store: Store, what: Assignment) -> Job:
    """A job that has not ended, because the world's time stands still."""
    write = BulkWrite(BulkRequest(what.action, what.target, MANY), "Hold", "them", ())
    return await store.send(write, "00000000-0000-4000-8000-000000000000")


async def until(condition: Callable[[], bool]) -> None:
    """Let the store work until something holds."""
    for _ in range(5000):
        if condition():
            return
        await asyncio.sleep(0.001)
    raise AssertionError("it never came to be")


def requests(server: LiveServer, method: str) -> list[dict[str, Any]]:
    """The writes of this method in the sandbox's own log."""
    host = server.endpoint.base_url.removesuffix(BASE_PATH)
    log = httpx.get(f"{host}/_sandbox/requests", verify=False).json()
    found = [arrival for arrival in log["items"] if arrival["method"] == method]
    return [arrival for arrival in found if TOKEN_PATH not in arrival["path"]]
