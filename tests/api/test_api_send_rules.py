from __future__ import annotations

import asyncio
import json
from datetime import timedelta
from email.utils import format_datetime
from uuid import UUID

import httpx
import pytest

from simtui.api.things_query import ThingsQuery
from simtui.errors import (
    Conflict,
    OutcomeUnknown,
    QuotaExceeded,
    ServerFault,
    SimtuiError,
    Unreachable,
)

ACCOUNT = httpx.Response(200, json={"accountId": "a"})


@pytest.mark.parametrize("status", [500, 502, 503, 504])
async def test_a_get_is_tried_again_after_half_a_second_one_and_two(api, status) -> None:
    api.answer_with(httpx.Response(status))
    with pytest.raises(ServerFault) as caught:
        await api.client().account()
    assert api.time.slept == [0.5, 1.0, 2.0]
    assert len(api.requests) == 4
    assert caught.value.status == status


@pytest.mark.parametrize(
    "error",
    [
        httpx.ConnectTimeout("x"),
        httpx.ReadTimeout("x"),
        httpx.ReadError("x"),
        httpx.WriteError("x"),
        httpx.RemoteProtocolError("x"),
        httpx.ConnectError("x"),
        httpx.ProxyError("x"),
        OSError("x"),
    ],
)
async def test_a_get_survives_a_broken_connection(api, error) -> None:
    api.answer_with(error, error, ACCOUNT)
    assert (await api.client().account()).account_id == "a"
    assert api.time.slept == [0.5, 1.0]


async def test_jitter_makes_pauses_longer_by_at_most_a_half(api) -> None:
    api.answer_with(httpx.Response(503), ACCOUNT)
    await api.client(random=lambda: 1.0).account()
    assert api.time.slept == [0.75]


@pytest.mark.parametrize("status", [400, 403, 404, 409, 412, 418, 422, 501])
async def test_a_definite_refusal_is_not_tried_again(api, status) -> None:
    api.answer_with(httpx.Response(status))
    with pytest.raises(SimtuiError):
        await api.client().account()
    assert len(api.requests) == 1


async def test_retry_after_on_503_is_honoured(api) -> None:
    api.answer_with(httpx.Response(503, headers={"Retry-After": "12"}), ACCOUNT)
    await api.client().account()
    assert api.time.slept == [12]


async def test_a_503_that_asks_for_too_much_is_not_waited_for(api) -> None:
    api.answer_with(httpx.Response(503, headers={"Retry-After": "600"}))
    with pytest.raises(ServerFault):
        await api.client().account()
    assert api.time.slept == []


@pytest.mark.parametrize("status", [500, 502, 503, 504, 599])
async def test_a_write_that_met_a_server_error_is_not_repeated(api, status) -> None:
    api.answer_with(httpx.Response(status, json={"message": "Oops", "transactionId": "x1"}))
    with pytest.raises(OutcomeUnknown) as caught:
        await api.client().set_state("t_1", "ACTIVE", "", version=3, request_id="r-1")
    assert len(api.requests) == 1
    assert "Oops" in caught.value.detail
    assert "change the state of the Thing" in caught.value.detail
    assert (caught.value.status, caught.value.transaction_id) == (status, "x1")


@pytest.mark.parametrize(
    "error",
    [
        httpx.ReadTimeout("x"),
        httpx.WriteTimeout("x"),
        httpx.ReadError("x"),
        httpx.WriteError("x"),
        httpx.RemoteProtocolError("x"),
        httpx.DecodingError("x"),
        OSError("x"),
    ],
)
async def test_a_write_whose_answer_is_lost_has_an_unknown_outcome(api, error) -> None:
    api.answer_with(error)
    with pytest.raises(OutcomeUnknown):
        await api.client().edit_thing("t_1", {"name": "x"}, 3, request_id="r-1")
    assert len(api.requests) == 1


@pytest.mark.parametrize("error", [httpx.ConnectError("x"), httpx.ConnectTimeout("x")])
async def test_a_write_that_did_not_leave_is_tried_again(api, thing_json, error) -> None:
    api.answer_with(error, httpx.Response(200, json=thing_json()))
    await api.client().set_state("t_1", "ACTIVE", "", version=3, request_id="r-1")
    assert len(api.requests) == 2
    api.answer_with(error)
    with pytest.raises(Unreachable):
        await api.client().set_state("t_1", "ACTIVE", "", version=3, request_id="r-1")


async def test_a_write_is_sent_again_after_a_429(api, thing_json) -> None:
    refused = httpx.Response(429, headers={"Retry-After": "5"})
    api.answer_with(refused, httpx.Response(200, json=thing_json()))
    await api.client().set_state("t_1", "ACTIVE", "", version=3, request_id="r-1")
    assert api.time.slept == [5]


async def test_a_write_with_an_answer_that_says_nothing_has_an_unknown_outcome(api) -> None:
    api.answer_with(httpx.Response(200, text="<html><title>Hotel WiFi</title>"))
    with pytest.raises(OutcomeUnknown) as caught:
        await api.client().set_state("t_1", "ACTIVE", "", version=3, request_id="r-1")
    assert "Hotel WiFi" in caught.value.detail


async def test_a_refused_write_is_a_definite_answer(api) -> None:
    api.answer_with(httpx.Response(412, json={"name": "ETAG_MISMATCH", "message": "By anna"}))
    with pytest.raises(Conflict) as caught:
        await api.client().set_state("t_1", "ACTIVE", "", version=3, request_id="r-1")
    assert caught.value.name == "ETAG_MISMATCH"


async def test_a_read_only_endpoint_still_reads(api) -> None:
    api.answer_with(ACCOUNT)
    await api.client(read_only=True).account()
    assert [request.method for request in api.requests] == ["GET"]


async def test_every_request_has_an_id_of_its_own(api, page_json) -> None:
    api.answer_with(httpx.Response(503), httpx.Response(200, json=page_json([])))
    client = api.client()
    await client.things(ThingsQuery())
    await client.things(ThingsQuery())
    ids = [request.headers["x-request-id"] for request in api.requests + api.token_requests]
    assert len({UUID(id_) for id_ in ids}) == 4


# 429 --------------------------------------------------------------------------------------


def quota_headers(api, seconds: float) -> dict[str, str]:
    reset = api.time.now() + timedelta(seconds=seconds)
    return {"quota-limit": "10", "quota-used": "10", "quota-reset-UTC": reset.isoformat()}


async def test_429_waits_until_the_reset(api) -> None:
    headers = quota_headers(api, 42) | {"Retry-After": "3"}
    api.answer_with(httpx.Response(429, headers=headers), ACCOUNT)
    await api.client().account()
    assert api.time.slept == [42]


async def test_429_measures_the_reset_by_the_servers_own_clock(api) -> None:
    ahead = api.time.now() + timedelta(minutes=7)
    headers = {
        "quota-reset-UTC": str(int((ahead + timedelta(seconds=20)).timestamp())),
        "Date": format_datetime(ahead, usegmt=True),
    }
    api.answer_with(httpx.Response(429, headers=headers), ACCOUNT)
    await api.client().account()
    assert api.time.slept == [20]


@pytest.mark.parametrize(
    ("headers", "pause"),
    [
        ({"Retry-After": "30"}, 30),
        ({"quota-reset-UTC": "gibberish", "Retry-After": "30"}, 30),
        ({"quota-reset-UTC": "1000000000", "Retry-After": "30"}, 30),
        ({"Retry-After": "0"}, 1),
        ({}, 15),
    ],
)
async def test_429_with_less_to_go_by(api, headers, pause) -> None:
    api.answer_with(httpx.Response(429, headers=headers), ACCOUNT)
    await api.client().account()
    assert api.time.slept == [pause]


async def test_429_in_mid_load_holds_everyone_back_once(api, page_json) -> None:
    """Ten per minute: fifteen parallel requests need one reset and lose nothing."""
    used, refused, window = 0, 0, 0.0

    def handler(request: httpx.Request) -> httpx.Response:
        nonlocal used, refused, window
        if api.time.passed >= window + 60:
            used, window = 0, api.time.passed
        if used >= 10:
            refused += 1
            return httpx.Response(429, headers=quota_headers(api, window + 60 - api.time.passed))
        used += 1
        return httpx.Response(200, json=page_json([]))

    api.handler = handler
    client = api.client()
    pages = await asyncio.gather(*(client.things(ThingsQuery(offset=n)) for n in range(15)))
    assert len(pages) == 15
    assert refused == 5
    assert api.time.passed == 60


async def test_nothing_is_sent_during_a_cool_down(api, page_json) -> None:
    waiting = asyncio.Event()

    async def sleep(seconds: float) -> None:
        await waiting.wait()
        await api.time.sleep(seconds)

    api.answer_with(httpx.Response(429, headers={"Retry-After": "60"}), ACCOUNT)
    client = api.client(sleep=sleep)
    first = asyncio.create_task(client.account())
    await api.asked.wait()
    for _ in range(20):
        await asyncio.sleep(0)
    others = [asyncio.create_task(client.account()) for _ in range(5)]
    for _ in range(50):
        await asyncio.sleep(0)
    assert len(api.requests) == 1
    waiting.set()
    await asyncio.gather(first, *others)
    assert len(api.requests) == 7


async def test_a_reset_too_far_away_fails_at_once_and_for_everybody(api) -> None:
    api.answer_with(httpx.Response(429, headers=quota_headers(api, 3600)))
    client = api.client(max_wait=900)
    for _ in range(2):
        with pytest.raises(QuotaExceeded) as caught:
            await client.account()
        assert caught.value.reset_at == api.time.now() + timedelta(hours=1)
        assert "2026-11-22 04:00:00 UTC" in caught.value.hint
    assert len(api.requests) == 1
    assert api.time.slept == []


async def test_after_the_reset_it_is_sent_again(api) -> None:
    api.answer_with(httpx.Response(429, headers=quota_headers(api, 3600)), ACCOUNT)
    client = api.client()
    with pytest.raises(QuotaExceeded):
        await client.account()
    api.time.passed += 3601
    await client.account()


async def test_a_server_that_only_ever_says_429_is_not_asked_for_ever(api) -> None:
    api.answer_with(httpx.Response(429, headers={"Retry-After": "0"}))
    with pytest.raises(QuotaExceeded):
        await api.client().account()
    assert api.time.slept == [1, 2, 4, 8, 16]


# What answers tell besides ------------------------------------------------------------------


async def test_quota_and_sunset_are_heard_from_every_answer(api) -> None:
    heard = []
    api.answer_with(
        httpx.Response(200, json={"accountId": "a"}, headers=quota_headers(api, 9)),
        httpx.Response(403, headers={"quota-limit": "10", "quota-used": "11", "sunset": "n/a"}),
        httpx.Response(200, json={"accountId": "a"}, headers={"sunset": "2027-01-01"}),
    )
    client = api.client(on_quota=heard.append)
    assert client.quota is None
    await client.account()
    assert client.quota is not None
    assert client.quota.share == 1.0
    with pytest.raises(SimtuiError):
        await client.account()
    assert client.sunset is None
    await client.account()
    assert client.sunset == "2027-01-01"
    assert [quota.used for quota in heard] == [10, 11]
    client.on_quota = None
    await client.account()


async def test_bodies_are_ascii_json_with_a_charset(api, thing_json) -> None:
    api.answer_with(httpx.Response(200, json=thing_json()))
    await api.client().edit_thing("t_1", {"name": "é\ud800"}, None, request_id="r-1")
    (request,) = api.requests
    assert request.headers["content-type"] == "application/json; charset=utf-8"
    assert json.loads(request.content) == {"name": "é\ud800"}
    assert "if-match" not in request.headers
