"""Bulk actions: four targets, ten actions, and what protects from a mistake (contract §6)."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from simtui.sandbox.bulk.kinds import KINDS
from simtui.sandbox.faults.switchboard import Faults
from simtui.sandbox.openapi import document
from simtui.sandbox.world import World

ALL = {"thingIds": ["t_1", "t_2", "t_3", "t_4", "t_5", "t_6"]}


async def run(
    api: httpx.AsyncClient,
    world: World,
    action: str,
    parameters: dict[str, Any] | None = None,
    target: dict[str, Any] | None = None,
    **more: Any,
) -> dict[str, Any]:
    """The result of a bulk action once it is through."""
    body = {"action": action, "parameters": parameters or {}, "target": target or ALL, **more}
    answer = await api.post("/bulk-actions", json=body)
    assert answer.status_code == 202, answer.text
    world.clock.advance(10)
    result = (await api.get(f"/jobs/{answer.json()['jobId']}/result")).json()
    assert isinstance(result, dict)
    return result


def outcomes(result: dict[str, Any]) -> list[str]:
    return [item["name"] or item["outcome"] for item in result["items"]]


def test_every_action_of_the_document_is_there() -> None:
    schema = document()["components"]["schemas"]["BulkAction"]["properties"]
    assert set(KINDS) == set(schema["action"]["enum"])
    known = set(schema["parameters"]["properties"])
    assert all(kind.required | kind.optional <= known for kind in KINDS.values())


async def test_partial_failure_is_normal(api: httpx.AsyncClient, world: World) -> None:
    result = await run(api, world, "SET_STATE", {"state": "SUSPENDED"}, clientReference="INC-4711")
    assert result["job"]["status"] == "COMPLETED_WITH_ERRORS"
    assert (result["job"]["type"], result["job"]["clientReference"]) == ("SET_STATE", "INC-4711")
    illegal = "ILLEGAL_STATE_TRANSITION"
    assert outcomes(result) == ["OK", "OK", "OK", "UNCHANGED", illegal, illegal]
    first = result["items"][0]
    assert (first["before"], first["after"]) == ({"state": "ACTIVE"}, {"state": "SUSPENDED"})
    assert first["iccid"] == world.things["t_1"].iccid


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        ({"thingIds": ["t_3", "t_1"]}, ["t_3", "t_1"]),
        ({"thingsGroupId": "g_2"}, ["t_5", "t_6"]),
        ({"tags": ["depot-7", "nl"]}, ["t_1"]),
        ({"tags": ["nl", "test"], "tagMode": "ANY"}, ["t_1", "t_3"]),
        ({"filter": {"state": ["ACTIVE"], "ipLocked": False}}, ["t_2", "t_3"]),
        ({"filter": {"q": "pump", "online": "true"}}, ["t_1"]),
    ],
)
async def test_each_kind_of_target(
    api: httpx.AsyncClient, world: World, target: dict[str, Any], expected: list[str]
) -> None:
    result = await run(api, world, "ADD_TAGS", {"tags": ["new"]}, target)
    assert [item["thingId"] for item in result["items"]] == expected


@pytest.mark.parametrize(
    ("action", "parameters", "expected"),
    [
        ("MOVE_TO_GROUP", {"thingsGroupId": "g_2"}, ["IP_LOCKED", "OK", "OK", "OK", "U", "U"]),
        ("ADD_TAGS", {"tags": ["DEPOT-7"]}, ["U", "U", "OK", "OK", "OK", "OK"]),
        ("REMOVE_TAGS", {"tags": ["NL"]}, ["OK", "U", "U", "U", "U", "U"]),
        ("SET_ALLOWED_SERVICES", {"allowedServices": ["DATA", "SMS"]}, ["U"] * 6),
        ("LOCK_IP", {}, ["U", "OK", "OK", "OK", "OK", "STATE_NOT_ACTIVE"]),
        ("UNLOCK_IP", {}, ["OK", "U", "U", "U", "U", "U"]),
        ("SEND_SMS", {"text": "STATUS"}, ["OK", "OK", "OK"] + ["STATE_NOT_ACTIVE"] * 3),
        ("SET_IMEI_LOCK", {"enabled": True, "tac": "49015420"}, ["OK"] * 6),
        ("SET_IMEI_LOCK", {"enabled": False}, ["U"] * 6),
        ("CONNECTION_RESET", {}, ["OK", "OK", "OK"] + ["STATE_NOT_ACTIVE"] * 3),
    ],
)
async def test_each_action_and_its_dry_run_agree(
    api: httpx.AsyncClient,
    world: World,
    action: str,
    parameters: dict[str, Any],
    expected: list[str],
) -> None:
    names = [name if name != "U" else "UNCHANGED" for name in expected]
    before = (await api.get("/things")).json()["items"]
    dry = await run(api, world, action, parameters, dryRun=True)
    assert outcomes(dry) == names
    assert (await api.get("/things")).json()["items"] == before
    assert not world.sms
    real = await run(api, world, action, parameters)
    assert outcomes(real) == names


async def test_a_dry_run_is_ten_times_as_fast(api: httpx.AsyncClient, world: World) -> None:
    def body(dry: bool) -> dict[str, Any]:
        target = {"thingIds": [f"t_{number}" for number in range(1, 501)]}
        return {"action": "UNLOCK_IP", "target": target, "dryRun": dry}

    jobs = [
        (await api.post("/bulk-actions", json=body(dry))).json()["jobId"] for dry in (True, False)
    ]
    world.clock.advance(0.5)
    world.catch_up()
    rehearsed, done = (len(world.jobs[job].items) for job in jobs)
    assert rehearsed == 10 * done > 0


async def test_sms_are_really_sent(api: httpx.AsyncClient, world: World) -> None:
    await run(api, world, "SEND_SMS", {"text": "STATUS", "validityMinutes": 60})
    sent = [sms for sms in world.sms.values() if sms.direction == "MT"]
    assert [(sms.thing_id, sms.validity_minutes) for sms in sent] == [
        ("t_1", 60),
        ("t_2", 60),
        ("t_3", 60),
    ]


async def test_an_unknown_thing_fails_alone(api: httpx.AsyncClient, world: World) -> None:
    target = {"thingIds": ["t_404", "t_1"]}
    result = await run(api, world, "ADD_TAGS", {"tags": ["new"]}, target)
    assert outcomes(result) == ["NOT_FOUND", "OK"]


async def test_the_rest_is_skipped_after_an_error(api: httpx.AsyncClient, world: World) -> None:
    target = {"thingIds": ["t_1", "t_6", "t_2"]}
    result = await run(
        api, world, "SET_STATE", {"state": "SUSPENDED"}, target, stopOnFirstError=True
    )
    assert [item["outcome"] for item in result["items"]] == ["OK", "FAILED", "SKIPPED"]
    assert world.things["t_2"].state == "ACTIVE"


@pytest.mark.parametrize(
    ("change", "status", "name"),
    [
        ({"target": {"tags": ["a"], "thingsGroupId": "g_1"}}, 400, "VALIDATION_FAILED"),
        ({"target": {}}, 400, "VALIDATION_FAILED"),
        ({"target": {"thingIds": []}}, 400, "VALIDATION_FAILED"),
        ({"target": {"thingIds": ["t_1", "t_1"]}}, 400, "VALIDATION_FAILED"),
        ({"target": {"thingsGroupId": "g_404"}}, 400, "VALIDATION_FAILED"),
        ({"target": {"filter": {"colour": "red"}}}, 400, "UNKNOWN_FILTER"),
        ({"target": {"filter": {"limit": "5"}}}, 400, "UNKNOWN_FILTER"),
        ({"target": {"filter": {"state": "BROKEN"}}}, 400, "VALIDATION_FAILED"),
        ({"target": {"filter": {"ipLocked": "maybe"}}}, 400, "VALIDATION_FAILED"),
        ({"action": "EXPLODE"}, 400, "VALIDATION_FAILED"),
        ({"parameters": {}}, 400, "VALIDATION_FAILED"),
        ({"parameters": {"tags": ["a"], "state": "ACTIVE"}}, 400, "VALIDATION_FAILED"),
        ({"parameters": {"tags": ["a", "A"]}}, 400, "VALIDATION_FAILED"),
        ({"action": "SEND_SMS", "parameters": {"text": "x" * 2000}}, 400, "VALIDATION_FAILED"),
        (
            {"action": "MOVE_TO_GROUP", "parameters": {"thingsGroupId": "g_404"}},
            400,
            "VALIDATION_FAILED",
        ),
        ({"expectedCount": 5}, 412, "TARGET_COUNT_CHANGED"),
        ({"target": {"tags": ["nobody has it"]}}, 412, "TARGET_EMPTY"),
        ({"target": {"tags": ["nobody has it"]}, "expectedCount": 0}, 412, "TARGET_EMPTY"),
        ({"action": "SET_STATE", "parameters": {"state": "RETIRED"}}, 412, "CONFIRMATION_REQUIRED"),
        (
            {"action": "SET_STATE", "parameters": {"state": "RETIRED"}, "confirmCount": 5},
            412,
            "CONFIRMATION_REQUIRED",
        ),
    ],
)
async def test_a_mistake_is_refused_before_anything_happens(
    api: httpx.AsyncClient, world: World, change: dict[str, Any], status: int, name: str
) -> None:
    body = {"action": "ADD_TAGS", "parameters": {"tags": ["a"]}, "target": ALL, **change}
    answer = await api.post("/bulk-actions", json=body)
    assert (answer.status_code, answer.json()["name"]) == (status, name)
    assert not world.jobs


async def test_retiring_many_takes_their_count(api: httpx.AsyncClient, world: World) -> None:
    target = {"thingsGroupId": "g_1"}
    result = await run(
        api, world, "SET_STATE", {"state": "RETIRED"}, target, expectedCount=4, confirmCount=4
    )
    assert outcomes(result) == ["OK"] * 4
    assert not world.things["t_1"].ip_locked


@pytest.mark.parametrize(
    ("level", "action", "parameters", "status"),
    [
        ("READ_ONLY", "ADD_TAGS", {"tags": ["a"]}, 403),
        ("BILLING", "SEND_SMS", {"text": "a"}, 403),
        ("OPERATOR", "SEND_SMS", {"text": "a"}, 202),
        ("OPERATOR", "SET_STATE", {"state": "RETIRED"}, 403),
        ("OPERATOR", "SET_STATE", {"state": "SUSPENDED"}, 202),
    ],
)
async def test_each_action_takes_its_own_permission(
    api: httpx.AsyncClient,
    faults: Faults,
    level: str,
    action: str,
    parameters: dict[str, Any],
    status: int,
) -> None:
    faults.switch_on("permission-level", {"level": level})
    body = {"action": action, "parameters": parameters, "target": ALL, "confirmCount": 6}
    assert (await api.post("/bulk-actions", json=body)).status_code == status
