"""Changing a Thing's settings, its tags and its address (contract §2, §3.1)."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from simtui.sandbox.records import NatRuleRecord
from simtui.sandbox.world import World


async def refusal(answer: httpx.Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["name"]


async def test_a_patch_changes_what_it_names_and_nothing_else(
    api: httpx.AsyncClient, world: World
) -> None:
    before = (await api.get("/things/t_2")).json()
    change = {"name": "  valve\u0301 ", "allowedServices": ["SMS"]}
    after = (await api.patch("/things/t_2", json=change)).json()
    assert after["name"] == "valv\u00e9"
    assert after["allowedServices"] == ["SMS"]
    assert after["version"] == before["version"] + 1
    assert after["modifiedAt"] == "2026-11-22T03:12:05Z"
    ours = {"name", "allowedServices", "version", "modifiedAt"}
    assert {key: after[key] for key in before.keys() - ours} == {
        key: before[key] for key in before.keys() - ours
    }
    assert world.things["t_2"].modified_by == "administrator@example.com"


async def test_null_clears_a_part_of_the_imei_lock(api: httpx.AsyncClient) -> None:
    lock = {"enabled": True, "imei": "490154203237518", "tac": "49015420"}
    await api.patch("/things/t_1", json={"imeiLock": lock})
    answer = await api.patch("/things/t_1", json={"imeiLock": {"imei": None}})
    assert answer.json()["imeiLock"] == lock | {"imei": None}


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"name": "tab\there"}, "name"),
        ({"description": "bell\u0007"}, "description"),
        ({"tags": ["a", "A"]}, "tags"),
        ({"thingsGroupId": "g_404"}, "thingsGroupId"),
        ({"imeiLock": {"imei": "490154203237519"}}, "imeiLock.imei"),
    ],
)
async def test_a_rule_beyond_the_schema_refuses_all_of_a_patch(
    api: httpx.AsyncClient, world: World, body: dict[str, Any], field: str
) -> None:
    answer = await api.patch("/things/t_1", json={"name": "new", **body})
    assert await refusal(answer) == (400, "VALIDATION_FAILED")
    assert answer.json()["errors"][0]["field"] == field
    assert world.things["t_1"].name == "pump-1"
    assert world.things["t_1"].version == 1


async def test_moving_takes_effect_at_the_next_session(
    api: httpx.AsyncClient, world: World
) -> None:
    answer = await api.patch("/things/t_2", json={"thingsGroupId": "g_2"})
    body = answer.json()
    assert (body["effectiveAfter"], body["affectedThings"]) == ("NEXT_SESSION", 1)
    assert body["ip"]["address"] == "10.0.4.2"
    await api.post("/things/t_2/connection-reset")
    world.clock.advance(60)
    assert (await api.get("/things/t_2")).json()["ip"]["poolId"] == "p_2"


async def test_a_locked_address_stays_in_its_network(api: httpx.AsyncClient) -> None:
    answer = await api.patch("/things/t_1", json={"thingsGroupId": "g_2"})
    assert await refusal(answer) == (412, "IP_LOCKED")
    same = await api.patch("/things/t_1", json={"thingsGroupId": "g_1"})
    assert same.status_code == 200
    assert "effectiveAfter" not in same.json()


async def test_the_set_of_tags_is_replaced(api: httpx.AsyncClient) -> None:
    answer = await api.put("/things/t_1/tags", json={"tags": ["b", "a"]})
    assert answer.json()["tags"] == ["b", "a"]
    assert (await api.put("/things/t_1/tags", json={"tags": []})).json()["tags"] == []
    late = await api.put("/things/t_1/tags", json={"tags": []}, headers={"If-Match": '"v1"'})
    assert await refusal(late) == (412, "ETAG_MISMATCH")


async def test_the_leased_address_is_locked_and_let_go(api: httpx.AsyncClient) -> None:
    locked = (await api.put("/things/t_2/ip-lock", json={})).json()
    assert (locked["ip"]["address"], locked["ip"]["allocation"]) == ("10.0.4.2", "LOCKED")
    let_go = (await api.delete("/things/t_2/ip-lock")).json()
    assert (let_go["ip"]["address"], let_go["ip"]["allocation"]) == ("10.0.4.2", "DYNAMIC")
    again = await api.delete("/things/t_2/ip-lock")
    assert await refusal(again) == (412, "IP_NOT_LOCKED")


@pytest.mark.parametrize(
    ("thing", "address", "name"),
    [
        ("t_2", "10.0.4.17", "IP_IN_USE"),
        ("t_2", "10.0.8.3", "IP_OUT_OF_POOL"),
        ("t_2", "10.0.4.255", "IP_OUT_OF_POOL"),
        ("t_6", "10.0.8.3", "STATE_NOT_ACTIVE"),
    ],
)
async def test_an_address_that_cannot_be_had_is_refused(
    api: httpx.AsyncClient, thing: str, address: str, name: str
) -> None:
    answer = await api.put(f"/things/{thing}/ip-lock", json={"ipAddress": address})
    assert await refusal(answer) == (412, name)


async def test_a_lock_that_a_nat_rule_needs_stays(api: httpx.AsyncClient, world: World) -> None:
    rule = NatRuleRecord("nat_1", "TCP", "8080", "t_1", "80", world.clock.now())
    world.networks["n_1"].nat_rules["nat_1"] = rule
    answer = await api.delete("/things/t_1/ip-lock")
    assert await refusal(answer) == (412, "RESOURCE_IN_USE")
