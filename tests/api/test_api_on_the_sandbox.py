"""The client on the sandbox: two readings of one contract meet."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from random import Random

import httpx
import pytest

from simtui.api.client import Client
from simtui.api.endpoint import Endpoint
from simtui.errors import CapabilityAbsent, Conflict, OutcomeUnknown
from simtui.models import Job, JobItem
from simtui.models.action import AddTags, SetImeiLock, SetState
from simtui.models.bulk import BulkRequest, Target
from simtui.sandbox.app import create_app
from simtui.sandbox.clock import WorldClock
from simtui.sandbox.faults.switchboard import Faults
from simtui.sandbox.fleet.build import build_world
from simtui.sandbox.openapi import BASE_PATH, TOKEN_PATH
from simtui.sandbox.token import Credentials
from simtui.sandbox.world import World

HOST = "http://sandbox.test"
NOW = datetime(2026, 11, 22, 3, 12, 5, tzinfo=UTC)


class Box:
    """A small world that only moves when it is told to, and its client."""

    def __init__(self, *, fresh: bool = True, things: int = 60) -> None:
        clock = WorldClock(NOW, rate=0)
        self.world: World = build_world(things=things, seed=3, fresh=fresh, clock=clock)
        self.faults = Faults()
        credentials = Credentials(self.world)
        self._app = create_app(self.world, faults=self.faults, credentials=credentials)
        admin = credentials.of("ADMINISTRATOR")
        self._endpoint = Endpoint(
            HOST + BASE_PATH, HOST + TOKEN_PATH, admin.client_id, admin.client_secret
        )
        self.client = self.connect()

    def connect(self) -> Client:
        """Another client of the same account."""
        transport = httpx.ASGITransport(self._app)
        clock = self.world.clock
        return Client(self._endpoint, transport=transport, clock=clock, random=Random(1).random)

    async def finished(self, job: Job) -> tuple[Job, tuple[JobItem, ...]]:
        """Let the time pass that a job takes."""
        self.world.clock.advance(60)
        progress = await self.client.job(job.job_id)
        assert progress.job.finished
        return progress.job, await self.client.job_items(job.job_id)


@pytest.fixture
async def box() -> AsyncIterator[Box]:
    box = Box()
    yield box
    await box.client.close()


async def test_a_thing_is_changed_step_by_step(box: Box) -> None:
    client = box.client
    thing = await client.thing("t_1")
    active = await client.set_state(
        "t_1", "ACTIVE", "rollout", version=thing.version, request_id="r-1"
    )
    assert not isinstance(active, Job)
    tagged = await client.set_tags("t_1", ("a",), active.version, request_id="r-2")
    locked = await client.lock_ip("t_1", "10.0.0.9", tagged.version, request_id="r-3")
    assert locked.ip is not None
    assert (locked.tags, locked.ip.address, locked.ip.locked) == (("a",), "10.0.0.9", True)
    with pytest.raises(Conflict) as caught:
        await client.lock_ip("t_1", "192.0.2.1", locked.version, request_id="r-4")
    assert caught.value.name == "IP_OUT_OF_POOL"
    freed = await client.unlock_ip("t_1", locked.version, request_id="r-5")
    assert freed.ip is None or not freed.ip.locked


async def test_a_bulk_action_is_rehearsed_done_and_told(box: Box) -> None:
    ids = tuple(f"t_{number}" for number in range(1, 13))
    bulk = BulkRequest(
        SetState("ACTIVE", "rollout"), Target(ids), 12, dry_run=True, client_reference="INC-1"
    )
    job, items = await box.finished(await box.client.start_bulk(bulk, request_id="r-1"))
    assert (job.status, job.client_reference) == ("COMPLETED", "INC-1")
    assert [item.thing_id for item in items] == list(ids)
    assert (items[0].before, items[0].after) == ({"state": "PROVISIONED"}, {"state": "ACTIVE"})
    assert (await box.client.thing("t_1")).state == "PROVISIONED"
    assert [one.job_id for one in await box.client.jobs()] == [job.job_id]


@pytest.mark.parametrize(
    "bulk",
    [
        BulkRequest(AddTags(("a",)), Target(("t_1",)), 1),
        BulkRequest(SetImeiLock(True, tac="49015420"), Target(("t_1",)), 1),
        BulkRequest(SetState("RETIRED"), Target(("t_1",)), 1, confirm_count=1),
    ],
)
async def test_bulk_actions_are_understood(box: Box, bulk: BulkRequest) -> None:
    job, _ = await box.finished(await box.client.start_bulk(bulk, request_id="r-1"))
    assert (job.status, job.succeeded) == ("COMPLETED", 1)


async def test_a_job_is_followed_and_cancelled(box: Box) -> None:
    bulk = BulkRequest(AddTags(("a",)), Target(tuple(f"t_{n}" for n in range(1, 61))), 60)
    job = await box.client.start_bulk(bulk, request_id="r-1")
    box.world.clock.advance(0.5)
    progress = await box.client.job(job.job_id)
    assert (progress.job.status, progress.job.done, progress.retry_after) == ("RUNNING", 25, 1)
    assert len(await box.client.job_items(job.job_id)) == 25
    assert (await box.client.cancel_job(job.job_id, request_id="r-2")).status == "CANCELLED"
    with pytest.raises(Conflict) as caught:
        await box.client.cancel_job(job.job_id, request_id="r-3")
    assert caught.value.name == "JOB_FINISHED"


async def test_a_ping_tells_every_echo(box: Box) -> None:
    await box.client.set_state("t_1", "ACTIVE", "", version=None, request_id="r-1")
    job, items = await box.finished(await box.client.ping("t_1", 4, 56, request_id="r-2"))
    assert (job.type, len(items)) == ("PING", 4)
    assert [item.after["sequence"] for item in items if item.after] == [1, 2, 3, 4]
    reset = await box.client.reset_connection("t_1", request_id="r-3")
    assert reset.type == "CONNECTION_RESET"


async def test_what_is_ext_may_be_absent(box: Box) -> None:
    box.faults.switch_on("ext-absent")
    for ask in (
        box.client.ping("t_1", 3, 56, request_id="r-1"),
        box.client.reset_connection("t_1", request_id="r-2"),
    ):
        with pytest.raises(CapabilityAbsent):
            await ask


async def test_an_answer_that_is_dropped_leaves_the_change_done_once(box: Box) -> None:
    before = (await box.client.thing("t_1")).version
    box.faults.switch_on("drop-after", {"method": "PUT"})
    with pytest.raises(OutcomeUnknown):
        await box.client.set_tags("t_1", ("a",), before, request_id="r-1")
    after = await box.client.thing("t_1")
    assert (after.tags, after.version) == (("a",), before + 1)
