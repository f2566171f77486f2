"""The gateway: the order of its checks, its envelope and the headers of every answer."""

from __future__ import annotations

import httpx
import pytest

from simtui.sandbox.token import Credentials
from simtui.sandbox.world import World

HEADERS = (
    "sunset",
    "api-version",
    "quota-interval",
    "quota-limit",
    "quota-reset-UTC",
    "quota-time-unit",
    "quota-used",
    "strict-transport-security",
    "access-control-allow-origin",
)


def bearer(credentials: Credentials, level: str) -> dict[str, str]:
    client = credentials.of(level)
    issued = credentials.issue(client.client_id, client.client_secret.reveal())
    return {"Authorization": f"Bearer {issued['access_token']}"}


@pytest.mark.parametrize("path", ["/things", "/things/t_404", "/nothing", "/things?limit=0"])
async def test_every_answer_has_the_headers_of_the_contract(
    api: httpx.AsyncClient, path: str
) -> None:
    answer = await api.get(path)
    assert not [name for name in HEADERS if name not in answer.headers]
    assert answer.headers["sunset"] == "n/a"


async def test_an_error_is_an_envelope_of_strings(api: httpx.AsyncClient) -> None:
    answer = await api.get("/things/t_404")
    assert answer.status_code == 404
    body = answer.json()
    assert body | {"transactionId": ""} == {
        "transactionId": "",
        "status": "404",
        "name": "NOT_FOUND",
        "message": "There is no Thing with id t_404",
        "info": "",
    }
    assert body["transactionId"]


async def test_a_bad_request_names_its_fields(api: httpx.AsyncClient) -> None:
    answer = await api.patch("/things/t_1", json={"iccid": "1", "name": 5})
    assert answer.status_code == 400
    assert {problem["field"] for problem in answer.json()["errors"]} == {"iccid", "name"}


async def test_an_unknown_path_is_404_and_another_method_405(api: httpx.AsyncClient) -> None:
    assert (await api.get("/thingies")).status_code == 404
    answer = await api.delete("/things/t_1")
    assert (answer.status_code, answer.headers["allow"]) == (405, "GET, PATCH")


async def test_ids_in_paths_are_decoded_step_by_step(api: httpx.AsyncClient) -> None:
    assert (await api.get("/things/t%5F1")).json()["thingId"] == "t_1"
    assert (await api.get("/things/t_1%2Ftags")).status_code == 404
    assert (await api.get("/things/%FF")).status_code == 404


async def test_the_token_is_asked_for_before_anything_is_told(api: httpx.AsyncClient) -> None:
    for headers in ({"Authorization": "Bearer wrong"}, {"Authorization": "Basic abc"}):
        answer = await api.get("/nothing?x=1", headers=headers)
        assert (answer.status_code, answer.json()["name"]) == (401, "INVALID_TOKEN")


async def test_the_level_is_checked_before_the_body(
    api: httpx.AsyncClient, credentials: Credentials
) -> None:
    reader = bearer(credentials, "READ_ONLY")
    answer = await api.patch("/things/t_1", content=b"{", headers=reader)
    assert (answer.status_code, answer.json()["name"]) == (403, "PERMISSION_DENIED")
    assert "ADMINISTRATOR" in answer.json()["message"]
    assert (await api.get("/things/t_1", headers=reader)).status_code == 200


async def test_a_disabled_user_is_not_entitled(
    api: httpx.AsyncClient, credentials: Credentials
) -> None:
    operator = bearer(credentials, "OPERATOR")
    credentials.of("OPERATOR").user.status = "DISABLED"
    answer = await api.get("/things", headers=operator)
    assert (answer.status_code, answer.json()["name"]) == (403, "NOT_ENTITLED")


async def test_one_object_has_a_strong_etag_that_can_be_sent_back(api: httpx.AsyncClient) -> None:
    read = await api.get("/things/t_1")
    assert read.headers["etag"] == f'"v{read.json()["version"]}"'
    given = {"If-Match": read.headers["etag"]}
    written = await api.patch("/things/t_1", json={"name": "a"}, headers=given)
    assert written.status_code == 200
    assert written.headers["etag"] != read.headers["etag"]
    late = await api.patch("/things/t_1", json={"name": "b"}, headers=given)
    assert (late.status_code, late.json()["name"]) == (412, "ETAG_MISMATCH")
    assert "administrator@example.com" in late.json()["message"]
    assert late.json()["info"] == f"current version v{written.json()['version']}"


@pytest.mark.parametrize("tag", ['"v1", "v2", "v3"', "*"])
async def test_if_match_takes_lists_and_a_star(api: httpx.AsyncClient, tag: str) -> None:
    answer = await api.patch("/things/t_3", json={"name": "a"}, headers={"If-Match": tag})
    assert answer.status_code == 200


async def test_a_broken_if_match_is_bad_input(api: httpx.AsyncClient) -> None:
    answer = await api.patch("/things/t_3", json={"name": "a"}, headers={"If-Match": "v1"})
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (400, "If-Match")


async def test_a_redirect_points_below_the_base_url(api: httpx.AsyncClient, world: World) -> None:
    answer = await api.get(f"/things/by-iccid/{world.things['t_2'].iccid}")
    assert answer.status_code == 302
    assert answer.headers["location"] == f"{str(api.base_url).rstrip('/')}/things/t_2"
    assert answer.content == b""


async def test_a_job_says_when_to_come_back(api: httpx.AsyncClient) -> None:
    answer = await api.post("/things/t_1/connection-reset")
    assert answer.status_code == 202
    assert int(answer.headers["retry-after"]) >= 1
    assert answer.headers["location"].endswith(f"/jobs/{answer.json()['jobId']}")


async def test_every_write_is_audited_also_a_refused_one(
    api: httpx.AsyncClient, world: World
) -> None:
    await api.get("/things")
    await api.patch("/things/t_1", json={"name": "a"})
    await api.patch("/things/t_404", json={"name": "a"})
    assert [(one.method, one.path, one.status) for one in world.audit] == [
        ("PATCH", "/things/t_1", 200),
        ("PATCH", "/things/t_404", 404),
    ]
    assert world.audit[0].user == "administrator@example.com"


async def test_a_failure_inside_is_500_without_its_traceback(
    api: httpx.AsyncClient, world: World
) -> None:
    world.time_zone = "Atlantis/Nowhere"
    answer = await api.get("/things")
    assert (answer.status_code, answer.json()["name"]) == (500, "INTERNAL")
    assert "Atlantis" not in answer.text
    world.time_zone = "Europe/Amsterdam"
    assert (await api.get("/things")).status_code == 200


async def test_the_world_catches_up_before_a_request(api: httpx.AsyncClient, world: World) -> None:
    job = (await api.post("/things/t_1/connection-reset")).json()["jobId"]
    world.clock.advance(5)
    assert (await api.get(f"/jobs/{job}")).status_code == 302
    assert (await api.get("/things/t_1")).json()["session"]["state"] == "OFFLINE"
    world.clock.advance(60)
    assert (await api.get("/things/t_1")).json()["session"]["state"] == "ONLINE"
