"""A small world, built by hand so that every rule of the contract has its Thing."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

import httpx
import pytest

from simtui.sandbox.addressing import lock_address
from simtui.sandbox.app import create_app
from simtui.sandbox.call import Answer, Call
from simtui.sandbox.clock import WorldClock
from simtui.sandbox.faults.switchboard import Faults
from simtui.sandbox.records import (
    GroupRecord,
    IpProfileRecord,
    NetworkRecord,
    PoolRecord,
    ThingRecord,
    UserRecord,
)
from simtui.sandbox.sessions import Cell, start_session
from simtui.sandbox.token import Credentials
from simtui.sandbox.world import World

NOW = datetime(2026, 11, 22, 3, 12, 5, tzinfo=UTC)
BASE = "http://sandbox.test/iot/jpu/iotprogrammablesim"

KPN = Cell("LTE_M", "204", "08", "KPN", "NL", "0A1B2C", "4D2")


def luhn(digits: str) -> str:
    """Append the check digit."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (2 if place % 2 == 0 else 1)
        total += value - 9 if value > 9 else value
    return digits + str(-total % 10)


def add_thing(world: World, number: int, **fields: Any) -> ThingRecord:
    """A Thing ``t_<number>`` with valid numbers, in group ``g_1`` unless told otherwise."""
    given = {
        "name": f"pump-{number}",
        "group_id": "g_1",
        "state": "ACTIVE",
        "imei": luhn(f"49015420{number:06d}"),
    }
    thing = ThingRecord(
        thing_id=f"t_{number}",
        iccid=luhn(f"893108620000{number:06d}0"),
        imsi=f"20408{number:010d}",
        created_at=NOW - timedelta(days=400 - number),
        **(given | fields),
    )
    world.add_thing(thing)
    return thing


def add_network(world: World, number: int, cidr: str) -> NetworkRecord:
    """A network ``n_<number>`` with the one pool ``p_<number>``."""
    network = NetworkRecord(f"n_{number}", f"network-{number}", f"198.51.100.{number}")
    network.pools[f"p_{number}"] = PoolRecord(f"p_{number}", cidr, is_default=True)
    world.networks[network.network_id] = network
    return network


@pytest.fixture
def world() -> World:
    """The small world of ``build_small_world``; it moves by ``clock.advance`` only."""
    return build_small_world()


@pytest.fixture(scope="session")
def make_world() -> Callable[[], World]:
    """For tests that need more than one small world."""
    return build_small_world


def build_small_world() -> World:
    """Six Things in two groups and two networks.

    t_1 online with a locked address, t_2 online, t_3 active but never seen, t_4
    suspended, t_5 provisioned, t_6 retired; t_1..t_4 in g_1, t_5 and t_6 in g_2.
    """
    world = World(WorldClock(NOW, rate=0), Random(7))
    add_network(world, 1, "10.0.4.0/24")
    add_network(world, 2, "10.0.8.0/29")
    world.ip_profiles["ip_1"] = IpProfileRecord("ip_1", "everything allowed")
    world.groups["g_1"] = GroupRecord("g_1", "default", "n_1", "ip_1", is_default=True)
    world.groups["g_2"] = GroupRecord("g_2", "depot-7", "n_2", "ip_1")
    for prefix, used in {"n": 2, "p": 2, "ip": 1, "g": 2, "t": 6, "u": 6}.items():
        for _ in range(used):
            world.new_id(prefix)
    _add_users(world)
    _add_things(world)
    return world


def _add_users(world: World) -> None:
    for number, level in enumerate(
        ("ADMINISTRATOR", "NETWORK_MANAGER", "OPERATOR", "BILLING", "READ_ONLY"), start=1
    ):
        name = level.lower().replace("_", "-")
        world.users[f"u_{number}"] = UserRecord(
            f"u_{number}", f"{name}@example.com", name, level, NOW - timedelta(days=500)
        )


def _add_things(world: World) -> None:
    first = add_thing(world, 1, tags=("depot-7", "nl"))
    second = add_thing(world, 2, tags=("depot-7",), name="valve-2")
    lock_address(world, first, "10.0.4.17")
    start_session(world, first, NOW - timedelta(hours=2), KPN)
    start_session(world, second, NOW - timedelta(minutes=5), KPN)
    add_thing(world, 3, imei=None, tags=("Test",))
    add_thing(world, 4, state="SUSPENDED")
    add_thing(world, 5, state="PROVISIONED", group_id="g_2", imei=None)
    add_thing(world, 6, state="RETIRED", group_id="g_2", name="retired-6")


@pytest.fixture
def call(world: World) -> Callable[..., Answer]:
    """Call an operation as the gateway does: ``call(operation, path=…, body=…)``."""

    def run(operation: Callable[[World, Call], Answer], **fields: Any) -> Answer:
        given = {"user": world.users["u_1"], "now": world.catch_up()}
        return operation(world, Call(**(given | fields)))

    return run


@pytest.fixture
def credentials(world: World) -> Credentials:
    """The clients of the application that ``api`` talks to."""
    return Credentials(world)


@pytest.fixture
def faults() -> Faults:
    """The switches of the application that ``api`` talks to."""
    return Faults()


@pytest.fixture
async def api(
    world: World, credentials: Credentials, faults: Faults
) -> AsyncIterator[httpx.AsyncClient]:
    """A client of the whole application, base URL and an administrator's token set."""
    app = create_app(world, faults=faults, credentials=credentials)
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url=BASE) as client:
        client.headers["Authorization"] = bearer(credentials, "ADMINISTRATOR")
        yield client


def bearer(credentials: Credentials, level: str) -> str:
    """The Authorization header of the client of a permission level."""
    client = credentials.of(level)
    issued = credentials.issue(client.client_id, client.client_secret.reveal())
    return f"Bearer {issued['access_token']}"
