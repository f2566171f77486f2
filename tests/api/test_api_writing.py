"""What each write sends, and what it makes of the answer (contract §2, §4)."""

from __future__ import annotations

import json

import httpx
import pytest

from simtui.errors import Invalid
from simtui.models import ImeiLock, Job, Thing


def sent(api) -> tuple[str, str, list[tuple[str, str]]]:
    request = api.requests[-1]
    path = request.url.path.removeprefix("/iot/sim")
    return request.method, path, request.url.params.multi_items()


async def test_a_state_change_that_is_done_at_once(api, thing_json) -> None:
    api.answer_with(httpx.Response(200, json=thing_json(state="RETIRED", version=18)))
    changed = await api.client().set_state(
        "t_1",
        "RETIRED",
        "scrapped",
        version=17,
        end_session=True,
        confirm_iccid="8931",
        request_id="r-1",
    )
    assert isinstance(changed, Thing)
    assert changed.version == 18
    assert sent(api) == ("PUT", "/things/t_1/state", [("endSession", "true")])
    request = api.requests[-1]
    assert request.headers["if-match"] == '"v17"'
    assert json.loads(request.content) == {
        "state": "RETIRED",
        "reason": "scrapped",
        "confirmIccid": "8931",
    }


async def test_a_state_change_without_extras(api, thing_json) -> None:
    api.answer_with(httpx.Response(200, json=thing_json()))
    await api.client().set_state("t_1", "ACTIVE", "", version=None, request_id="r-1")
    assert sent(api)[2] == []
    assert json.loads(api.requests[-1].content) == {"state": "ACTIVE"}
    assert "if-match" not in api.requests[-1].headers


async def test_a_state_change_that_becomes_a_job(api) -> None:
    job = {"jobId": "j_7", "type": "STATE", "status": "QUEUED"}
    api.answer_with(httpx.Response(202, json=job, headers={"location": "/jobs/j_7"}))
    changed = await api.client().set_state("t_1", "ACTIVE", "", version=1, request_id="r-1")
    assert isinstance(changed, Job)
    assert changed.job_id == "j_7"


@pytest.mark.parametrize("status", [200, 204])
async def test_a_change_without_a_word_is_read_back(api, thing_json, status) -> None:
    api.answer_with(httpx.Response(status), httpx.Response(200, json=thing_json(version=5)))
    assert (await api.client().edit_thing("t_1", {"name": "x"}, 4, request_id="r-1")).version == 5
    assert [request.method for request in api.requests] == ["PATCH", "GET"]


async def test_an_edit_is_a_merge_patch_in_the_wires_spelling(api, thing_json) -> None:
    api.answer_with(httpx.Response(200, json=thing_json(version=5)))
    changes = {
        "things_group_id": "g_2",
        "description": None,
        "tags": ("a",),
        "imei_lock": ImeiLock(enabled=True, tac="49015420"),
    }
    await api.client().edit_thing("t_1", changes, 4, request_id="r-1")
    request = api.requests[-1]
    assert (request.method, request.headers["if-match"]) == ("PATCH", '"v4"')
    assert json.loads(request.content) == {
        "thingsGroupId": "g_2",
        "description": None,
        "tags": ["a"],
        "imeiLock": {"enabled": True, "imei": None, "tac": "49015420"},
    }


async def test_an_edit_that_is_a_job_reads_the_thing(api, thing_json) -> None:
    job = {"jobId": "j", "type": "x", "status": "QUEUED"}
    api.answer_with(httpx.Response(202, json=job), httpx.Response(200, json=thing_json()))
    assert (
        await api.client().edit_thing("t_1", {"name": "x"}, 4, request_id="r-1")
    ).thing_id == "t_1"


async def test_bad_input_names_the_fields(api) -> None:
    problem = {"field": "name", "code": "TOO_LONG", "message": "at most 64"}
    body = {"name": "VALIDATION_FAILED", "message": "Bad", "errors": [problem]}
    api.answer_with(httpx.Response(400, json=body))
    with pytest.raises(Invalid) as caught:
        await api.client().edit_thing("t_1", {"name": "x" * 65}, 4, request_id="r-1")
    assert caught.value.problems[0].field == "name"


async def test_tags_are_replaced(api, thing_json) -> None:
    api.answer_with(httpx.Response(200, json=thing_json(tags=["a", "b"], version=5)))
    changed = await api.client().set_tags("t_1", ("a", "b"), 4, request_id="r-1")
    assert changed.tags == ("a", "b")
    assert sent(api) == ("PUT", "/things/t_1/tags", [])
    assert json.loads(api.requests[-1].content) == {"tags": ["a", "b"]}
    assert api.requests[-1].headers["if-match"] == '"v4"'


@pytest.mark.parametrize(
    ("address", "body"), [(None, {}), ("10.0.4.17", {"ipAddress": "10.0.4.17"})]
)
async def test_an_address_is_locked(api, thing_json, address, body) -> None:
    ip = {"address": "10.0.4.17", "allocation": "LOCKED"}
    api.answer_with(httpx.Response(200, json=thing_json(ip=ip)))
    changed = await api.client().lock_ip("t_1", address, 4, request_id="r-1")
    assert changed.ip is not None
    assert changed.ip.locked
    assert sent(api) == ("PUT", "/things/t_1/ip-lock", [])
    assert json.loads(api.requests[-1].content) == body
    assert api.requests[-1].headers["if-match"] == '"v4"'


async def test_an_address_is_unlocked(api, thing_json) -> None:
    api.answer_with(httpx.Response(200, json=thing_json(version=5)))
    assert (await api.client().unlock_ip("t_1", 4, request_id="r-1")).version == 5
    assert sent(api) == ("DELETE", "/things/t_1/ip-lock", [])
    assert api.requests[-1].content == b""
    assert api.requests[-1].headers["if-match"] == '"v4"'


@pytest.mark.parametrize(
    ("name", "path", "body"),
    [
        ("reset_connection", "/things/t_1/connection-reset", b""),
        ("ping", "/things/t_1/ping", b'{"count": 3, "size": 56}'),
        ("cancel_job", "/jobs/j_1/cancel", b""),
    ],
)
async def test_what_is_answered_with_a_job(api, writes, name, path, body) -> None:
    job = {"jobId": "j_7", "type": "PING", "status": "QUEUED", "total": 3}
    api.answer_with(httpx.Response(202, json=job))
    assert (await writes[name](api.client(), "r-1")).job_id == "j_7"
    assert sent(api) == ("POST", path, [])
    assert api.requests[-1].content == body
