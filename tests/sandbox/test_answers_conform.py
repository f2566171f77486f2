"""Everything that a seeded fleet answers is in the OpenAPI document, field by field."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest

from simtui.sandbox.app import create_app
from simtui.sandbox.clock import WorldClock
from simtui.sandbox.fleet.build import build_world
from simtui.sandbox.jobs import start_job
from simtui.sandbox.openapi import document, resolved
from simtui.sandbox.problems import problems, validator_of
from simtui.sandbox.records import JobItem
from simtui.sandbox.token import Credentials
from simtui.sandbox.world import World

NOW = datetime(2026, 11, 22, 3, 12, 5, tzinfo=UTC)
BASE = "http://sandbox.test/iot/jpu/iotprogrammablesim"
READS = sorted(path for path, item in document()["paths"].items() if "get" in item)
REQUIRED = {"/billing/reports": {"scope": "ACCOUNT", "cycle": "2026-11", "groupBy": "THINGS_GROUP"}}


def closed(schema: Any) -> Any:
    """The schema, with every field that it does not name forbidden."""
    if isinstance(schema, list):
        return [closed(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    inner = {key: closed(part) for key, part in schema.items()}
    if schema.get("type") == "object" and schema.get("properties"):
        inner.setdefault("additionalProperties", False)
    return inner


@pytest.fixture(scope="module")
def fleet() -> World:
    """A seeded fleet that has two jobs; nothing in it changes."""
    world = build_world(things=400, seed=3, fresh=False, clock=WorldClock(NOW, rate=0))
    thing = next(iter(world.things.values()))
    item = JobItem("OK", thing.thing_id, thing.iccid, before={"state": "ACTIVE"})
    for total, seconds in ((1, 0), (0, 99)):
        step = (lambda index, moment: item) if total else None
        start_job(
            world, kind="PING", by="me", now=NOW, total=total, step=step, seconds=float(seconds)
        )
    world.clock.advance(2)
    world.catch_up()
    return world


@pytest.fixture
async def reader(fleet: World) -> AsyncIterator[httpx.AsyncClient]:
    """A client with a token."""
    credentials = Credentials(fleet)
    client = credentials.of("ADMINISTRATOR")
    issued = credentials.issue(client.client_id, client.client_secret.reveal())
    headers = {"Authorization": f"Bearer {issued['access_token']}"}
    transport = httpx.ASGITransport(create_app(fleet, credentials=credentials))
    async with httpx.AsyncClient(transport=transport, base_url=BASE, headers=headers) as reading:
        yield reading


async def urls(reader: httpx.AsyncClient, path: str) -> list[str]:
    """The path with every id filled in that the lists above it tell."""
    found = [""]
    for step in path.removeprefix("/").split("/"):
        if step.startswith("{"):
            found = [f"{url}/{one}" for url in found for one in await ids(reader, url, step)]
        else:
            found = [f"{url}/{step}" for url in found]
    return found


async def ids(reader: httpx.AsyncClient, url: str, parameter: str) -> list[str]:
    """What may stand for a parameter: mostly the first field of a list's items."""
    if parameter == "{chain}":
        return ["INBOUND", "OUTBOUND"]
    if parameter == "{iccid}":
        return [one["iccid"] for one in (await reader.get("/things")).json()["items"]]
    items = (await reader.get(url, params={"limit": 40})).json()["items"]
    return [next(iter(one.values())) for one in items]


@pytest.mark.parametrize("path", READS)
async def test_answers_hold_the_documents_fields_only(reader: httpx.AsyncClient, path: str) -> None:
    responses = document()["paths"][path]["get"]["responses"]
    codes = set()
    for url in await urls(reader, path):
        answer = await reader.get(url, params=REQUIRED.get(path))
        codes.add(answer.status_code)
        if answer.status_code not in (200, 202):
            continue
        described = resolved(responses[str(answer.status_code)])
        schema = closed(described["content"]["application/json"]["schema"])
        found = problems(validator_of(schema), answer.json())
        assert not found, f"{url}: {found}"
    assert codes & {200, 202, 302}, f"nothing was read at {path}"
    assert codes <= {200, 202, 302, 404}
