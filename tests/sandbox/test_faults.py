"""Every fault of contract §10 can be switched on, strikes, and can be switched off."""

from __future__ import annotations

from typing import Any

import httpx
import pytest
from stdnum import luhn

from simtui.sandbox.bad_order import BadOrder
from simtui.sandbox.faults.catalogue import KINDS
from simtui.sandbox.faults.switchboard import Faults
from simtui.sandbox.world import World

SANDBOX = "http://sandbox.test/_sandbox"


@pytest.mark.parametrize(
    ("fault", "settings", "status", "content_type", "text"),
    [
        ("500-invalid-token-text", {}, 500, "text/plain", "Invalid access token"),
        ("500-html", {}, 500, "text/html", "<h1>500"),
        ("502-html", {}, 502, "text/html", "<h1>502"),
        ("503-retry-after", {"seconds": 7}, 503, "application/json", "UNAVAILABLE"),
        ("quota-exceeded", {}, 429, "application/json", "QUOTA_EXCEEDED"),
        ("not-entitled", {"times": 1}, 403, "application/json", "NOT_ENTITLED"),
        ("expire-tokens", {}, 401, "application/json", "INVALID_TOKEN"),
    ],
)
async def test_an_answer_comes_instead_of_the_real_one(
    api: httpx.AsyncClient,
    faults: Faults,
    fault: str,
    settings: dict[str, Any],
    status: int,
    content_type: str,
    text: str,
) -> None:
    faults.switch_on(fault, settings)
    answer = await api.get("/things")
    assert answer.status_code == status
    assert answer.headers["content-type"].startswith(content_type)
    assert text in answer.text
    assert faults.strike(fault, "GET", "/things") is None


async def test_a_503_says_when_to_come_back(api: httpx.AsyncClient, faults: Faults) -> None:
    faults.switch_on("503-retry-after", {"seconds": 7})
    assert (await api.get("/things")).headers["retry-after"] == "7"


async def test_a_429_tells_a_near_reset(
    api: httpx.AsyncClient, faults: Faults, world: World
) -> None:
    faults.switch_on("quota-exceeded", {"seconds": 3})
    reset = int((await api.get("/things")).headers["quota-reset-UTC"])
    assert reset == int(world.clock.now().timestamp() * 1000) + 3000


async def test_expired_tokens_stay_expired(api: httpx.AsyncClient, faults: Faults) -> None:
    faults.switch_on("expire-tokens")
    assert [(await api.get("/things")).status_code for _ in range(2)] == [401, 401]


async def test_a_level_can_be_forced_on_everyone(api: httpx.AsyncClient, faults: Faults) -> None:
    faults.switch_on("permission-level", {"level": "BILLING"})
    assert (await api.get("/account")).json()["permissionLevel"] == "BILLING"
    assert (await api.patch("/things/t_1", json={"name": "a"})).status_code == 403


@pytest.mark.parametrize("path", ["/things/t_1", "/things-groups/g_2", "/networks/n_1"])
async def test_a_second_writer_comes_first(
    api: httpx.AsyncClient, faults: Faults, path: str
) -> None:
    given = {"If-Match": (await api.get(path)).headers["etag"]}
    faults.switch_on("second-writer")
    answer = await api.patch(path, json={"name": "a"}, headers=given)
    assert (answer.status_code, answer.json()["name"]) == (412, "ETAG_MISMATCH")
    assert "anna@example.com" in answer.json()["message"]


async def test_what_a_second_writer_did_to_a_thing_can_be_seen(
    api: httpx.AsyncClient, faults: Faults, world: World
) -> None:
    before = world.things["t_1"].version
    for method, path, body in (
        ("PUT", "/things/t_1/tags", {"tags": ["mine"]}),
        ("PUT", "/things/t_1/ip-lock", {}),
        ("DELETE", "/things/t_1/ip-lock", None),
    ):
        given = {"If-Match": (await api.get("/things/t_1")).headers["etag"]}
        faults.switch_on("second-writer")
        world.things["t_1"].description = "mine"
        answer = await api.request(method, path, json=body, headers=given)
        assert answer.json()["name"] == "ETAG_MISMATCH"
        thing = (await api.get("/things/t_1")).json()
        assert "anna@example.com" in thing["description"]
        assert thing["tags"] == ["depot-7", "nl"]
    assert world.things["t_1"].version == before + 3


async def test_the_routes_table_has_a_second_writer_too(
    api: httpx.AsyncClient, faults: Faults
) -> None:
    given = {"If-Match": (await api.get("/networks/n_1/routes")).headers["etag"]}
    faults.switch_on("second-writer")
    answer = await api.put("/networks/n_1/routes", json={"items": []}, headers=given)
    assert answer.json()["name"] == "ETAG_MISMATCH"


async def test_a_low_quota_runs_out_and_comes_back(
    api: httpx.AsyncClient, faults: Faults, world: World
) -> None:
    faults.switch_on("quota-low", {"limit": 2, "seconds": 5})
    codes = [(await api.get("/things")).status_code for _ in range(3)]
    assert codes == [200, 200, 429]
    world.clock.advance(5)
    answer = await api.get("/things")
    assert (answer.status_code, answer.headers["quota-limit"]) == (200, "2")
    faults.switch_off("quota-low")
    assert (await api.get("/things")).headers["quota-limit"] == "1000"


@pytest.mark.parametrize("name", ["epoch-ms", "epoch-s", "rfc3339", "rfc1123", "unreadable"])
async def test_the_quotas_reset_is_told_in_the_format(
    api: httpx.AsyncClient, faults: Faults, name: str
) -> None:
    faults.switch_on("quota-reset-format", {"format": name})
    expected = {
        "epoch-ms": "1795317180000",
        "epoch-s": "1795317180",
        "rfc3339": "2026-11-22T03:13:00Z",
        "rfc1123": "Sun, 22 Nov 2026 03:13:00 GMT",
        "unreadable": "Sunday at 03 AM",
    }
    assert (await api.get("/things")).headers["quota-reset-UTC"] == expected[name]


async def test_the_list_changes_while_it_is_paged(
    api: httpx.AsyncClient, faults: Faults, world: World
) -> None:
    before = set(world.things)
    faults.switch_on("total-changes", {"removed": 1, "added": 2})
    totals = [(await api.get("/things")).json()["total"] for _ in range(2)]
    assert totals == [7, 8]
    gone = before - set(world.things)
    assert len(gone) == 2
    assert gone.isdisjoint({"t_1", "t_2"})
    new = [thing for name, thing in world.things.items() if name not in before]
    assert all(luhn.is_valid(thing.iccid) for thing in new)
    assert len({thing.iccid for thing in world.things.values()}) == 8


async def test_targets_of_the_next_bulk_job_fail(
    api: httpx.AsyncClient, faults: Faults, world: World
) -> None:
    faults.switch_on("job-errors", {"targets": 2})
    action = {
        "action": "ADD_TAGS",
        "parameters": {"tags": ["x"]},
        "target": {"thingIds": ["t_1", "t_2", "t_3"]},
    }
    job = (await api.post("/bulk-actions", json=action)).json()["jobId"]
    world.clock.advance(10)
    result = (await api.get(f"/jobs/{job}/result")).json()
    assert result["job"]["status"] == "COMPLETED_WITH_ERRORS"
    assert [item["outcome"] for item in result["items"]] == ["FAILED", "FAILED", "OK"]
    assert [bool(world.things[name].tags[-1:] == ("x",)) for name in ("t_1", "t_3")] == [
        False,
        True,
    ]


async def test_a_redirect_leads_to_a_foreign_host(
    api: httpx.AsyncClient, faults: Faults, world: World
) -> None:
    faults.switch_on("foreign-redirect")
    answer = await api.get(f"/things/by-iccid/{world.things['t_1'].iccid}")
    assert answer.headers["location"].startswith("https://attacker.example/")


@pytest.mark.parametrize(("status", "text"), [(404, "ApplicationNotFound"), (405, "METHOD")])
async def test_extensions_can_be_absent_but_not_the_core(
    api: httpx.AsyncClient, faults: Faults, status: int, text: str
) -> None:
    faults.switch_on("ext-absent", {"status": status})
    answer = await api.get("/things/t_1/session")
    assert answer.status_code == status
    assert text in answer.text
    assert (await api.get("/things/t_1")).status_code == 200


async def test_only_some_extensions_can_be_absent(api: httpx.AsyncClient, faults: Faults) -> None:
    faults.switch_on("ext-absent", {"path": "/events"})
    assert (await api.get("/events")).status_code == 404
    assert (await api.get("/things/t_1/session")).status_code == 200


async def test_states_can_be_stale(api: httpx.AsyncClient, faults: Faults) -> None:
    fresh = (await api.get("/things/t_2")).json()["session"]["asOf"]
    faults.switch_on("stale-as-of", {"hours": 24})
    assert (await api.get("/things/t_2")).json()["session"]["asOf"][:10] < fresh[:10]
    assert (await api.get("/things/t_2/session")).json()["asOf"][:10] < fresh[:10]


@pytest.mark.parametrize("path", ["/things", "/things/t_1"])
async def test_answers_can_hold_what_the_contract_does_not_know(
    api: httpx.AsyncClient, faults: Faults, path: str
) -> None:
    for fault in ("unknown-enum", "unknown-fields", "bad-iccid"):
        faults.switch_on(fault)
    body = (await api.get(path)).json()
    thing = body["items"][0] if "items" in body else body
    assert (thing["state"], thing["session"]["state"]) == ("HIBERNATING", "HIBERNATING")
    assert not luhn.is_valid(thing["iccid"])
    assert "x-unknown" in thing
    faults.switch_all_off()
    assert "HIBERNATING" not in (await api.get(path)).text


async def test_a_success_can_be_cut_off(api: httpx.AsyncClient, faults: Faults) -> None:
    faults.switch_on("not-json")
    answer = await api.get("/things")
    assert answer.status_code == 200
    with pytest.raises(ValueError, match=r"Unterminated|Expecting"):
        answer.json()


async def test_a_bad_client_can_be_a_500(api: httpx.AsyncClient, faults: Faults) -> None:
    faults.switch_on("token-invalid-client-500")
    url = "http://sandbox.test/oauth/client_credential/accesstoken"
    answer = await api.post(url, data={"client_id": "a", "client_secret": "b"})
    assert (answer.status_code, answer.json()["ErrorCode"]) == (500, "invalid_client")


def test_a_fault_strikes_as_often_and_where_it_is_told() -> None:
    faults = Faults()
    faults.switch_on("500-html", {"times": 2, "path": "/things", "method": "GET"})
    asked = [("POST", "/things"), ("GET", "/jobs"), *[("GET", "/things/t_1")] * 3]
    struck = [faults.strike("500-html", *one) is not None for one in asked]
    assert struck == [False, False, True, True, False]


def test_a_fault_without_times_strikes_until_it_is_switched_off() -> None:
    faults = Faults()
    faults.switch_on("502-html", {"times": None})
    assert all(faults.strike("502-html", "GET", "/things") is not None for _ in range(5))
    faults.switch_off("502-html")
    assert faults.strike("502-html", "GET", "/things") is None


@pytest.mark.parametrize(
    ("name", "settings"),
    [
        ("no-such-fault", {}),
        ("slow", {"speed": 1}),
        ("slow", {"seconds": "2"}),
        ("slow", {"seconds": -1}),
        ("slow", {"times": 0}),
        ("slow", {"times": True}),
        ("slow", {"method": "FETCH"}),
        ("slow", {"path": 5}),
        ("quota-reset-format", {"format": "roman"}),
        ("permission-level", {"level": "GOD"}),
        ("ext-absent", {"status": 200}),
    ],
)
def test_a_fault_that_makes_no_sense_is_refused(name: str, settings: dict[str, Any]) -> None:
    faults = Faults()
    with pytest.raises(BadOrder):
        faults.switch_on(name, settings)
    assert not any(one["on"] for one in faults.describe())


def test_every_fault_is_described_in_a_sentence() -> None:
    assert all(kind.description.endswith(".") for kind in KINDS.values())
    assert [one["name"] for one in Faults().describe()] == list(KINDS)
