"""The control path: faults, clock, troubles and the request log, without a token."""

from __future__ import annotations

from collections.abc import AsyncIterator

import httpx
import pytest

from simtui.sandbox.faults.switchboard import Faults
from simtui.sandbox.openapi import TOKEN_PATH
from simtui.sandbox.permissions import PRESETS
from simtui.sandbox.world import World


@pytest.fixture
async def control(api: httpx.AsyncClient) -> AsyncIterator[httpx.AsyncClient]:
    """A client of the control path; it has no token."""
    transport = api._transport
    async with httpx.AsyncClient(
        transport=transport, base_url="http://sandbox.test/_sandbox"
    ) as client:
        yield client


async def test_the_index_names_every_path(control: httpx.AsyncClient) -> None:
    index = (await control.get("/")).json()
    assert {name.split()[1].split("/")[2] for name in index} == {
        "clients",
        "faults",
        "clock",
        "world",
        "scenarios",
        "requests",
    }


async def test_every_permission_level_has_a_client(
    control: httpx.AsyncClient, api: httpx.AsyncClient
) -> None:
    clients = (await control.get("/clients")).json()["items"]
    assert [client["permissionLevel"] for client in clients] == list(PRESETS)
    reader = clients[-1]
    form = {
        "grant_type": "client_credentials",
        "client_id": reader["clientId"],
        "client_secret": reader["clientSecret"],
    }
    answer = await control.post(f"http://sandbox.test{TOKEN_PATH}", data=form)
    token = {"Authorization": f"Bearer {answer.json()['access_token']}"}
    assert (await api.get("/things", headers=token)).status_code == 200
    refused = await api.put("/things/t_4/tags", json={"tags": []}, headers=token)
    assert refused.status_code == 403


async def test_faults_are_listed_switched_on_and_off(
    control: httpx.AsyncClient, api: httpx.AsyncClient
) -> None:
    settings = {"times": 1, "path": "/things", "method": "GET"}
    assert (await control.put("/faults/502-html", json=settings)).status_code == 200
    listed = {one["name"]: one for one in (await control.get("/faults")).json()["items"]}
    assert (listed["502-html"]["on"], listed["502-html"]["path"]) == (True, "/things")
    assert [(await api.get("/things")).status_code for _ in range(2)] == [502, 200]
    await control.post("/faults/500-html")
    await control.delete("/faults/500-html")
    await control.put("/faults/slow")
    await control.delete("/faults")
    assert not any(one["on"] for one in (await control.get("/faults")).json()["items"])


@pytest.mark.parametrize(
    ("path", "content"),
    [("/faults/nothing", b""), ("/faults/slow", b"{"), ("/faults/slow", b"[]")],
)
async def test_a_wrong_fault_is_a_sentence(
    control: httpx.AsyncClient, faults: Faults, path: str, content: bytes
) -> None:
    answer = await control.put(path, content=content)
    assert answer.status_code == 400
    assert " " in answer.json()["message"]


async def test_the_clock_can_be_driven(control: httpx.AsyncClient, world: World) -> None:
    answer = await control.post("/clock", json={"advanceSeconds": 3600, "rate": 0})
    assert answer.json() == {"now": "2026-11-22T04:12:05Z", "rate": 0}
    assert (await control.get("/clock")).json()["now"] == "2026-11-22T04:12:05Z"


async def test_moving_the_clock_lets_things_happen(
    control: httpx.AsyncClient, api: httpx.AsyncClient, world: World
) -> None:
    job = (await api.post("/things/t_1/connection-reset")).json()["jobId"]
    await control.post("/clock", json={"advanceSeconds": 5})
    assert world.jobs[job].status == "COMPLETED"


@pytest.mark.parametrize(
    "given",
    [
        {"advanceSeconds": -1},
        {"advanceSeconds": 1e12},
        {"rate": -1},
        {"rate": "fast"},
        {"rate": True},
        {"hours": 1},
    ],
)
async def test_a_clock_that_cannot_be_is_refused(
    control: httpx.AsyncClient, given: dict[str, object]
) -> None:
    answer = await control.post("/clock", json=given)
    assert answer.status_code == 400
    assert answer.json()["message"]


async def test_troubles_strike_a_named_thing_or_network(
    control: httpx.AsyncClient, world: World
) -> None:
    named = {one["name"]: one for one in (await control.get("/world")).json()["items"]}
    assert named["swap-imei"]["description"].endswith(".")
    before = world.things["t_2"].imei
    iccid = world.things["t_2"].iccid
    assert (await control.post("/world/swap-imei", json={"iccid": iccid})).status_code == 200
    assert world.things["t_2"].previous_imei == before != world.things["t_2"].imei
    given = {"thingId": "t_1"}
    assert (await control.post("/world/move-out-of-coverage", json=given)).status_code == 200
    assert world.things["t_1"].session is not None
    assert world.things["t_1"].session.mcc == "262"
    assert (await control.post("/world/exhaust-pool", json={"networkId": "n_2"})).json() == {}


@pytest.mark.parametrize(
    ("trouble", "target", "status"),
    [
        ("nothing", {}, 400),
        ("swap-imei", {"thingId": "t_404"}, 400),
        ("exhaust-pool", {"thingId": "t_1"}, 400),
        ("flap-tunnel", {"networkId": "n_1"}, 412),
    ],
)
async def test_a_trouble_without_a_target_is_a_sentence(
    control: httpx.AsyncClient, trouble: str, target: dict[str, str], status: int
) -> None:
    answer = await control.post(f"/world/{trouble}", json=target)
    assert answer.status_code == status
    assert " " in answer.json()["message"]


async def test_arrivals_can_be_counted(control: httpx.AsyncClient, api: httpx.AsyncClient) -> None:
    await api.get("/things", params={"limit": 1}, headers={"x-request-id": "r-1"})
    await api.get("/nothing")
    await control.get("/clock")
    seen = (await control.get("/requests")).json()
    assert seen["total"] == 2
    first, second = seen["items"]
    assert first | {"at": ""} == {
        "at": "",
        "method": "GET",
        "path": "/things",
        "query": "limit=1",
        "xRequestId": "r-1",
        "status": 200,
    }
    assert second["status"] == 404
    assert (await control.delete("/requests")).json()["total"] == 0


BULK = {"action": "ADD_TAGS", "parameters": {"tags": ["a"]}, "target": {"thingIds": ["t_1"]}}


@pytest.mark.parametrize(
    ("body", "remark"),
    [
        (BULK, {"action": "ADD_TAGS", "dryRun": False, "clientReference": None}),
        (
            BULK | {"dryRun": True, "clientReference": "INC-1"},
            {"action": "ADD_TAGS", "dryRun": True, "clientReference": "INC-1"},
        ),
        ({}, {"action": None, "dryRun": False, "clientReference": None}),
        ([BULK], {}),
    ],
)
async def test_a_bulk_action_is_told_from_its_rehearsal(
    control: httpx.AsyncClient, api: httpx.AsyncClient, body: object, remark: dict[str, object]
) -> None:
    await api.post("/bulk-actions", json=body)
    (seen,) = (await control.get("/requests")).json()["items"]
    usual = {"at", "method", "path", "query", "xRequestId", "status"}
    assert {name: value for name, value in seen.items() if name not in usual} == remark


@pytest.mark.parametrize("fault", ["drop-before", "drop-after"])
async def test_a_bulk_action_without_an_answer_is_told_too(
    control: httpx.AsyncClient, api: httpx.AsyncClient, faults: Faults, fault: str
) -> None:
    faults.switch_on(fault)
    await _send_and_lose(api)
    (seen,) = (await control.get("/requests")).json()["items"]
    assert (seen["action"], seen["dryRun"], seen["status"]) == ("ADD_TAGS", False, None)


async def _send_and_lose(api: httpx.AsyncClient) -> None:
    """Without a server there is no connection to close: the transport makes a 500 of it."""
    assert (await api.post("/bulk-actions", json=BULK)).status_code == 500


@pytest.mark.parametrize("content", [b"", b"{", b"\xff", b"[" * 100_000])
async def test_a_bulk_action_that_is_no_json_has_no_remark(
    control: httpx.AsyncClient, api: httpx.AsyncClient, content: bytes
) -> None:
    await api.post("/bulk-actions", content=content)
    (seen,) = (await control.get("/requests")).json()["items"]
    assert seen["status"] == 400
    assert "action" not in seen
