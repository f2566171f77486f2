"""Everything a seeded world answers over HTTP is as the OpenAPI document says."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

import httpx
import pytest
from jsonschema import Draft202012Validator

from simtui.sandbox.app import create_app
from simtui.sandbox.clock import WorldClock
from simtui.sandbox.fleet.build import build_world
from simtui.sandbox.openapi import document
from simtui.sandbox.token import Credentials
from simtui.sandbox.world import World

BASE = "http://sandbox.test/iot/jpu/iotprogrammablesim"
QUERIES = {"/billing/reports": {"scope": "ACCOUNT", "cycle": "2026-10", "groupBy": "DAY"}}
GETS = sorted(path for path, methods in document()["paths"].items() if "get" in methods)


@pytest.fixture(scope="module")
def answering(fleet: World) -> World:
    clock = WorldClock(fleet.clock.now(), rate=0)
    return build_world(things=120, seed=2, fresh=False, clock=clock)


def client_of(world: World) -> httpx.AsyncClient:
    """An administrator's client of the whole application."""
    credentials = Credentials(world)
    admin = credentials.of("ADMINISTRATOR")
    issued = credentials.issue(admin.client_id, admin.client_secret.reveal())
    return httpx.AsyncClient(
        transport=httpx.ASGITransport(create_app(world, credentials=credentials)),
        base_url=BASE,
        headers={"Authorization": f"Bearer {issued['access_token']}"},
    )


def identities(world: World, path: str) -> Iterator[dict[str, str]]:
    """Values for the parameters of a path: every object there is, of few Things."""
    if "{networkId}" in path:
        for network in world.networks.values():
            inner: dict[str, Iterable[str]] = {
                "poolId": network.pools,
                "natRuleId": network.nat_rules,
                "tunnelId": network.tunnels,
            }
            for name, table in inner.items():
                if f"{{{name}}}" in path:
                    yield from ({"networkId": network.network_id, name: key} for key in table)
                    break
            else:
                yield {"networkId": network.network_id}
    elif "{ipProfileId}" in path:
        for key in world.ip_profiles:
            yield from ({"ipProfileId": key, "chain": chain} for chain in ("INBOUND", "OUTBOUND"))
    else:
        things = list(world.things.values())[::7]
        tables: dict[str, list[str]] = {
            "thingId": [thing.thing_id for thing in things],
            "iccid": [thing.iccid for thing in things[:3]],
            "thingsGroupId": list(world.groups),
            "smsId": list(world.sms)[:20],
            "userId": list(world.users),
            "jobId": list(world.jobs),
        }
        wanted = re.findall(r"{(\w+)}", path)
        yield from ({wanted[0]: key} for key in tables[wanted[0]]) if wanted else iter([{}])


@pytest.mark.parametrize("path", GETS)
async def test_what_is_read_conforms(answering: World, path: str) -> None:
    responses = document()["paths"][path]["get"]["responses"]
    async with client_of(answering) as client:
        for values in identities(answering, path):
            answer = await client.get(path.format(**values), params=QUERIES.get(path, {}))
            if path.endswith("/session") and answer.status_code == 404:
                continue
            assert answer.status_code in (200, 302), answer.text
            if answer.status_code == 200:
                validate(responses["200"]["content"]["application/json"]["schema"], answer.json())


def validate(schema: dict[str, Any], body: Any) -> None:
    whole = {"components": document()["components"], **schema}
    checker = Draft202012Validator.FORMAT_CHECKER
    Draft202012Validator(whole, format_checker=checker).validate(body)
