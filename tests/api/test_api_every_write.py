"""What holds for every write: sent once, known by its id, and never half known (contract §1)."""

from __future__ import annotations

import httpx
import pytest

from simtui.errors import Conflict, OutcomeUnknown, ReadOnly, Unreachable
from simtui.models import Job, Sms, Thing
from simtui.models.saved import Saved
from simtui.store.source import Writing


@pytest.fixture
def done(thing_json) -> httpx.Response:
    """A success that says all that any write can be answered with."""
    job = {"jobId": "j_7", "type": "BULK", "status": "QUEUED"}
    ids = (
        "thingsGroupId",
        "networkId",
        "ipPoolId",
        "ipProfileId",
        "natRuleId",
        "tunnelId",
        "userId",
    )
    words = ("name", "cidr", "protocol", "publicPorts", "privatePorts")
    configured = dict.fromkeys((*ids, *words), "x_1") | {"items": []}
    sms = {"smsId": "sms_1", "text": "RESET pump"}
    return httpx.Response(200, json=configured | thing_json(version=5) | sms | job)


def ids(api) -> list[str]:
    return [request.headers["x-request-id"] for request in api.requests]


def test_no_write_is_left_out(writes) -> None:
    promised = {name for name in vars(Writing) if not name.startswith("_")}
    assert set(writes) == promised


async def test_it_answers_with_what_it_changed(api, write, done) -> None:
    api.answer_with(done)
    assert isinstance(await write(api.client(), "r-1"), Thing | Job | Sms | Saved)
    assert len(api.requests) == 1


async def test_a_read_only_endpoint_sends_nothing(api, write) -> None:
    with pytest.raises(ReadOnly) as caught:
        await write(api.client(read_only=True), "r-1")
    assert caught.value.exit_code == 2
    assert api.requests == api.token_requests == []


@pytest.mark.parametrize("error", [httpx.ReadError("x"), httpx.ReadTimeout("x")])
async def test_a_lost_answer_is_an_unknown_outcome_and_one_request(api, write, error) -> None:
    api.answer_with(error)
    with pytest.raises(OutcomeUnknown):
        await write(api.client(), "r-1")
    assert ids(api) == ["r-1"]


@pytest.mark.parametrize("status", [500, 503])
async def test_a_server_error_is_an_unknown_outcome_and_one_request(api, write, status) -> None:
    api.answer_with(httpx.Response(status, headers={"Retry-After": "1"}))
    with pytest.raises(OutcomeUnknown) as caught:
        await write(api.client(), "r-1")
    assert ids(api) == ["r-1"]
    assert caught.value.status == status


@pytest.mark.parametrize(
    "answer",
    [
        httpx.Response(200, json=[{"surprise": 1}]),
        httpx.Response(202, json={"status": "QUEUED"}),
        httpx.Response(202, content=b'{"jobId":"j_7"'),
        httpx.Response(200, text="<html><title>Hotel WiFi</title>"),
    ],
)
async def test_an_unreadable_success_is_an_unknown_outcome(api, write, answer) -> None:
    api.answer_with(answer)
    with pytest.raises(OutcomeUnknown):
        await write(api.client(), "r-1")
    assert ids(api) == ["r-1"]


async def test_a_success_without_what_it_is_about_is_an_unknown_outcome(
    api, write, deletes
) -> None:
    api.answer_with(httpx.Response(200, json={"surprise": 1}))
    if deletes:  # there is nothing to tell of what is gone
        assert await write(api.client(), "r-1") == Saved()
    else:
        with pytest.raises(OutcomeUnknown):
            await write(api.client(), "r-1")
    assert ids(api) == ["r-1"]


@pytest.mark.parametrize("status", [200, 204])
async def test_a_success_without_a_word_is_never_a_failure(api, write, deletes, status) -> None:
    api.answer_with(httpx.Response(status), httpx.Response(404))
    if deletes:
        assert await write(api.client(), "r-1") == Saved()
    else:
        with pytest.raises(OutcomeUnknown):
            await write(api.client(), "r-1")
    writes = [request for request in api.requests if request.method != "GET"]
    assert len(writes) == 1


@pytest.mark.parametrize("location", ["/things/t_1", "https://evil.example.net/iot/sim/things/t_1"])
async def test_a_redirect_that_leads_nowhere_is_an_unknown_outcome(api, write, location) -> None:
    api.answer_with(httpx.Response(302, headers={"location": location}), httpx.Response(404))
    with pytest.raises(OutcomeUnknown):
        await write(api.client(), "r-1")
    assert [request.method for request in api.requests[1:]] in ([], ["GET"])
    assert {request.url.host for request in api.requests} == {"api.example.com"}


async def test_a_refusal_is_a_definite_answer(api, write) -> None:
    api.answer_with(httpx.Response(412, json={"name": "ETAG_MISMATCH", "message": "By anna"}))
    with pytest.raises(Conflict):
        await write(api.client(), "r-1")
    assert ids(api) == ["r-1"]


@pytest.mark.parametrize(
    "before",
    [
        httpx.Response(401),
        httpx.Response(429, headers={"Retry-After": "1"}),
        httpx.ConnectError("refused"),
    ],
)
async def test_what_did_not_arrive_is_sent_again_under_the_same_id(
    api, write, done, before
) -> None:
    api.answer_with(before, done)
    await write(api.client(), "r-1")
    assert ids(api) == ["r-1", "r-1"]
    assert api.requests[0].content == api.requests[1].content


async def test_a_connection_that_never_comes_is_told_as_such(api, write) -> None:
    api.answer_with(httpx.ConnectError("refused"))
    with pytest.raises(Unreachable):
        await write(api.client(), "r-1")


async def test_what_is_read_after_a_write_has_an_id_of_its_own(api, thing_json) -> None:
    api.answer_with(httpx.Response(204), httpx.Response(200, json=thing_json()))
    await api.client().edit_thing("t_1", {"name": "x"}, 1, request_id="r-1")
    assert ids(api)[0] == "r-1"
    assert ids(api)[1] != "r-1"
    api.requests.clear()
    moved = httpx.Response(302, headers={"location": "/things/t_1"})
    api.answer_with(moved, httpx.Response(200, json=thing_json()))
    await api.client().edit_thing("t_1", {"name": "x"}, 1, request_id="r-1")
    assert ids(api)[0] == "r-1"
    assert ids(api)[1] != "r-1"
