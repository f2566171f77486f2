"""The list of Things: every filter of contract §2, sorting, and what a row says."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import httpx
import pytest

from simtui.sandbox.world import World


async def found(api: httpx.AsyncClient, path: str = "/things", **params: Any) -> list[str]:
    answer = await api.get(path, params=params)
    assert answer.status_code == 200, answer.text
    assert answer.json()["total"] == len(answer.json()["items"])
    return [thing["thingId"].removeprefix("t_") for thing in answer.json()["items"]]


@pytest.mark.parametrize(
    ("params", "expected"),
    [
        ({}, "123456"),
        ({"state": "ACTIVE"}, "123"),
        ({"state": ["SUSPENDED", "RETIRED"]}, "46"),
        ({"thingsGroupId": "g_2"}, "56"),
        ({"thingsGroupId": ["g_1", "g_2"], "state": "ACTIVE"}, "123"),
        ({"thingsGroupId": "g_404"}, ""),
        ({"networkId": "n_2"}, "56"),
        ({"ipProfileId": "ip_1"}, "123456"),
        ({"tag": "depot-7"}, "12"),
        ({"tag": ["DEPOT-7", "nl"]}, "1"),
        ({"tag": ["depot-7", "test"], "tagMode": "ANY"}, "123"),
        ({"iccid": "893108620000000002"}, "2"),
        ({"iccid": "893108"}, "123456"),
        ({"iccid": ["893108620000000004", "893108620000000002"]}, "24"),
        ({"imsi": ["204080000000003", "204080000000005"]}, "35"),
        ({"ipAddress": ["10.0.4.17", "192.168.0.0/16"]}, "1"),
        ({"service": ["DATA", "SMS"]}, "123456"),
        ({"online": ["true", "unknown"]}, "123456"),
        ({"imsi": "204080000000003"}, "3"),
        ({"imei": "490154200000018"}, "1"),
        ({"ipAddress": "10.0.4.17"}, "1"),
        ({"ipAddress": "10.0.4.0/24"}, "12"),
        ({"ipAddress": "10.0.4.0/28"}, "2"),
        ({"ipLocked": "true"}, "1"),
        ({"ipLocked": "false"}, "23456"),
        ({"service": "SMS"}, "12456"),
        ({"online": "true"}, "12"),
        ({"online": "false"}, ""),
        ({"online": "unknown"}, "3456"),
        ({"lastSeenBefore": "2026-11-22T02:00:00Z"}, "1"),
        ({"lastSeenAfter": "2026-11-22T02:00:00Z"}, "2"),
        ({"q": "PUMP"}, "1345"),
        ({"q": "10.0.4"}, "12"),
        ({"q": "pot-7"}, "12"),
        ({"q": "no such thing"}, ""),
        ({"q": "pump", "state": "ACTIVE", "tag": "nl"}, "1"),
    ],
)
async def test_filters(
    api: httpx.AsyncClient, world: World, params: dict[str, Any], expected: str
) -> None:
    world.things["t_3"].allowed_services = ("DATA",)
    assert "".join(await found(api, **params)) == expected


async def test_a_changed_imei_is_found_by_time(api: httpx.AsyncClient, world: World) -> None:
    now = world.clock.now()
    world.things["t_2"].imei_changed_at = now
    assert await found(api, imeiChangedSince=now.isoformat().replace("+00:00", "Z")) == ["2"]
    later = (now + timedelta(seconds=1)).isoformat().replace("+00:00", "Z")
    assert await found(api, imeiChangedSince=later) == []


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        ("-iccid", "654321"),
        ("name", "134562"),
        ("state", "123564"),
        ("-state,-iccid", "465321"),
        ("lastSeenAt", "123456"),
        ("-lastSeenAt", "213456"),
        ("-createdAt", "654321"),
    ],
)
async def test_sorting(api: httpx.AsyncClient, sort: str, expected: str) -> None:
    assert "".join(await found(api, sort=sort)) == expected


async def test_a_group_has_the_same_filters(api: httpx.AsyncClient) -> None:
    path = "/things-groups/g_1/things"
    assert await found(api, path) == ["1", "2", "3", "4"]
    assert await found(api, path, state="ACTIVE", tag="depot-7") == ["1", "2"]
    assert (await api.get("/things-groups/g_404/things")).status_code == 404


@pytest.mark.parametrize("address", ["10.0.4.1/24", "10.0.4", "2001:db8::/32", "10.0.4.0/33"])
async def test_an_address_that_is_none_is_refused(api: httpx.AsyncClient, address: str) -> None:
    answer = await api.get("/things", params={"ipAddress": address})
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["field"] == "ipAddress"


async def test_a_kept_order_is_given_up_when_a_thing_changes(api: httpx.AsyncClient) -> None:
    assert await found(api, q="renamed") == []
    await api.patch("/things/t_4", json={"name": "renamed"})
    assert await found(api, q="renamed") == ["4"]
    await api.put("/things/t_4/tags", json={"tags": ["fresh"]})
    assert await found(api, tag="fresh") == ["4"]


async def test_a_row_says_what_is_known(api: httpx.AsyncClient) -> None:
    rows = (await api.get("/things")).json()["items"]
    locked, leased, unseen = rows[:3]
    assert locked["ip"] == {
        "address": "10.0.4.17",
        "poolId": "p_1",
        "allocation": "LOCKED",
        "leaseExpiresAt": None,
    }
    assert leased["ip"]["allocation"] == "DYNAMIC"
    assert leased["ip"]["leaseExpiresAt"].endswith("Z")
    assert leased["session"]["state"] == "ONLINE"
    assert leased["lastLocation"]["tac"] == "4D2"
    assert leased["lastLocation"]["lac"] is None
    assert leased["usageCycle"]["cycleId"] == "2026-11"
    assert (unseen["session"], unseen["lastSeenAt"], unseen["imei"]) == (None, None, None)
    assert "psk" not in locked


async def test_tags_are_counted_ignoring_case(api: httpx.AsyncClient, world: World) -> None:
    world.things["t_4"].tags = ("TEST", "Depot-7")
    world.revision += 1
    answer = await api.get("/tags", params={"sort": "-thingCount,name"})
    assert answer.json()["items"] == [
        {"name": "depot-7", "thingCount": 3},
        {"name": "Test", "thingCount": 2},
        {"name": "nl", "thingCount": 1},
    ]


async def test_whole_iccids_are_found_by_their_numbers(
    api: httpx.AsyncClient, world: World
) -> None:
    iccids = [world.things[key].iccid for key in ("t_5", "t_2", "t_2")]
    answer = await api.get("/things", params={"iccid": [*iccids, "8931086200000099999"]})
    assert [thing["thingId"] for thing in answer.json()["items"]] == ["t_2", "t_5"]
    answer = await api.get("/things", params={"iccid": iccids, "sort": "iccid"})
    assert [thing["thingId"] for thing in answer.json()["items"]] == ["t_2", "t_5"]
