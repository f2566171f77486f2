from __future__ import annotations

import asyncio
import json
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simtui.api.things_query import ThingsQuery
from simtui.api.token import read_token
from simtui.errors import (
    QuotaExceeded,
    ServerFault,
    SimtuiError,
    Unauthorized,
    UnexpectedAnswer,
    Unreachable,
)

NOW = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)


def answer(**changes: Any) -> str:
    issued_at = str(int(NOW.timestamp() * 1000))
    fields = {"access_token": "abc", "expires_in": "3599", "issued_at": issued_at}
    return json.dumps(fields | changes)


def life(text: str) -> float:
    token = read_token(text.encode(), NOW)
    assert token is not None
    return (token.renew_at - NOW).total_seconds()


def test_a_token_is_renewed_a_minute_before_its_end() -> None:
    assert life(answer()) == 3539


def test_its_age_counts_from_when_it_was_issued() -> None:
    earlier = str(int((NOW - timedelta(seconds=1000)).timestamp() * 1000))
    assert life(answer(issued_at=earlier)) == 2539


@pytest.mark.parametrize("hours", [-5, -1, 1, 400_000])
def test_a_server_with_another_clock_does_not_shorten_or_lengthen_it(hours: int) -> None:
    skewed = int(NOW.timestamp() * 1000) + hours * 3_600_000
    assert life(answer(issued_at=str(skewed))) == 3539


@pytest.mark.parametrize("issued_at", [None, "", "soon", {}, "9" * 40, -1, True])
def test_an_odd_issued_at_is_now(issued_at: object) -> None:
    assert life(answer(issued_at=issued_at)) == 3539


@pytest.mark.parametrize(
    ("expires_in", "seconds"),
    [
        (3599, 3539),
        ("30", 15),
        (None, 3539),
        ("0", 3539),
        ("-5", 3539),
        ("9" * 15, 30 * 86400 - 60),
    ],
)
def test_odd_lives(expires_in: object, seconds: float) -> None:
    assert life(answer(expires_in=expires_in)) == seconds


@pytest.mark.parametrize(
    "body",
    [
        "",
        "[]",
        "null",
        "<html>",
        "[" * 99999,
        '{"access_token":""}',
        '{"access_token":"a\nb"}',
        '{"access_token":"é"}',
        '{"access_token":5}',
        '{"error":"invalid_client"}',
    ],
)
def test_what_is_no_token(body: str) -> None:
    assert read_token(body.encode(), NOW) is None


@given(st.dictionaries(st.sampled_from(["access_token", "expires_in", "issued_at"]), st.text()))
def test_any_answer_is_a_usable_token_or_none(fields: dict[str, str]) -> None:
    token = read_token(json.dumps(fields).encode(), NOW)
    assert token is None or token.renew_at > NOW


async def test_fifty_parallel_requests_share_one_token(api, page_json) -> None:
    api.answer_with(httpx.Response(200, json=page_json([])))
    client = api.client()
    await asyncio.gather(*(client.things(ThingsQuery()) for _ in range(50)))
    assert len(api.token_requests) == 1
    assert {request.headers["authorization"] for request in api.requests} == {"Bearer token-1"}


async def test_the_request_for_a_token(api, page_json) -> None:
    api.answer_with(httpx.Response(200, json=page_json([])))
    await api.client().things(ThingsQuery())
    (request,) = api.token_requests
    assert request.method == "POST"
    assert request.url.params["grant_type"] == "client_credentials"
    assert request.content == b"client_id=client-7&client_secret=hush-hush-9f2c"
    assert "authorization" not in request.headers


async def test_it_is_renewed_early_and_once(api, time, page_json) -> None:
    api.answer_with(httpx.Response(200, json=page_json([])))
    client = api.client()
    await client.things(ThingsQuery())
    time.passed = 3538
    await client.things(ThingsQuery())
    assert len(api.token_requests) == 1
    time.passed = 3540
    await asyncio.gather(*(client.things(ThingsQuery()) for _ in range(9)))
    assert len(api.token_requests) == 2


async def test_a_token_that_expires_in_mid_load_costs_one_renewal(api, page_json) -> None:
    api.any_token = False
    served = 0

    def handler(request: httpx.Request) -> httpx.Response:
        nonlocal served
        served += 1
        if served == 20:
            api.token = "revoked"
        return httpx.Response(200, json=page_json([]))

    api.handler = handler
    client = api.client()
    pages = await asyncio.gather(*(client.things(ThingsQuery(offset=n)) for n in range(40)))
    assert len(pages) == 40
    assert served == 40
    assert len(api.token_requests) == 2


async def test_a_late_401_for_an_old_token_does_not_cost_the_new_one(api) -> None:
    late = asyncio.Event()

    async def handler(request: httpx.Request) -> httpx.Response:
        if request.headers["authorization"] != "Bearer token-1":
            return httpx.Response(200, json={"accountId": "a"})
        if len(api.requests) == 1:
            await late.wait()
        return httpx.Response(401)

    api.handler = handler
    client = api.client()
    slow = asyncio.create_task(client.account())
    await api.asked.wait()
    await client.account()
    late.set()
    await slow
    assert len(api.token_requests) == 2


async def test_a_write_is_repeated_after_a_401_and_only_once(api, thing_json) -> None:
    api.answer_with(httpx.Response(401), httpx.Response(200, json=thing_json()))
    await api.client().set_state("t_1", "ACTIVE", "why", version=1, request_id="r-1")
    assert [request.method for request in api.requests] == ["PUT", "PUT"]
    assert api.requests[0].content == api.requests[1].content


async def test_a_token_that_is_never_accepted(api) -> None:
    api.answer_with(httpx.Response(401, json={"message": "No product", "name": "INVALID_TOKEN"}))
    with pytest.raises(Unauthorized) as caught:
        await api.client().account()
    assert len(api.requests) == 2
    assert caught.value.detail == "No product"
    assert "project" in caught.value.hint
    assert caught.value.exit_code == 3


async def test_a_500_about_the_token_renews_it_for_a_get(api) -> None:
    api.answer_with(
        httpx.Response(500, text="Invalid access token"),
        httpx.Response(200, json={"accountId": "a"}),
    )
    await api.client().account()
    assert len(api.token_requests) == 2
    assert not api.time.slept


WRONG_SECRET = [
    httpx.Response(401, json={"error": "invalid_client", "error_description": "Wrong secret"}),
    httpx.Response(400, json={"error": "invalid_client"}),
    httpx.Response(500, json={"ErrorCode": "invalid_client", "Error": "ClientId is Invalid"}),
    httpx.Response(500, text="invalid_client"),
    httpx.Response(401),
]


@pytest.mark.parametrize("response", WRONG_SECRET)
async def test_a_wrong_secret_is_said_at_once_and_once_for_all(api, response) -> None:
    api.token_handler = lambda request: httpx.Response(
        response.status_code, headers=response.headers, content=response.content
    )
    client = api.client()
    asked = [client.things(ThingsQuery()) for _ in range(5)]
    errors = await asyncio.gather(*asked, return_exceptions=True)
    assert [type(error) for error in errors] == [Unauthorized] * 5
    assert errors[0].title == "Could not sign in"
    assert "client_secret" in errors[0].hint
    assert len(api.token_requests) == 1
    assert api.requests == []
    assert api.time.slept == []


async def test_a_later_try_signs_in_anew(api, page_json) -> None:
    api.answer_with(httpx.Response(200, json=page_json([])))
    mint, api.token_handler = api.token_handler, lambda request: httpx.Response(401)
    client = api.client()
    with pytest.raises(Unauthorized):
        await client.things(ThingsQuery())
    api.token_handler = mint
    await client.things(ThingsQuery())


@pytest.mark.parametrize(
    "response",
    [
        httpx.Response(200, text="<html><title>Welcome</title></html>"),
        httpx.Response(200, json={"hello": 1}),
        httpx.Response(200),
        httpx.Response(404, json={"fault": {"faultstring": "Unable to identify proxy"}}),
        httpx.Response(405),
        httpx.Response(302, headers={"location": "https://evil.example.net/"}),
        httpx.Response(204),
    ],
)
async def test_a_wrong_token_url(api, response) -> None:
    api.token_handler = lambda request: response
    with pytest.raises(UnexpectedAnswer) as caught:
        await api.client().account()
    assert "token_url" in caught.value.hint
    assert len(api.token_requests) == 1


async def test_a_token_endpoint_with_hiccups_is_asked_again(api) -> None:
    mint, failures = api.token_handler, [httpx.ReadError("x"), httpx.Response(503)]

    def handler(request: httpx.Request) -> httpx.Response:
        if not failures:
            return mint(request)
        failure = failures.pop(0)
        if isinstance(failure, Exception):
            raise failure
        return failure

    api.token_handler = handler
    api.answer_with(httpx.Response(200, json={"accountId": "a"}))
    await api.client().account()
    assert api.time.slept == [0.5, 1.0]


async def test_a_token_endpoint_that_stays_down(api) -> None:
    api.token_handler = lambda request: httpx.Response(502, text="<html><h1>Bad</h1>")
    with pytest.raises(ServerFault) as caught:
        await api.client().set_state("t_1", "ACTIVE", "", version=None, request_id="r-1")
    assert caught.value.title == "Could not sign in"
    assert len(api.token_requests) == 4


async def test_a_token_endpoint_over_its_quota_is_waited_for(api) -> None:
    mint = api.token_handler
    api.token_handler = lambda request: (
        mint(request)
        if len(api.token_requests) > 1
        else httpx.Response(429, headers={"Retry-After": "20"})
    )
    api.answer_with(httpx.Response(200, json={"accountId": "a"}))
    await api.client().account()
    assert api.time.slept == [20]
    api.time.passed = 4000
    api.token_handler = lambda request: httpx.Response(429, headers={"Retry-After": "9999"})
    with pytest.raises(QuotaExceeded):
        await api.client().account()


async def test_an_unreachable_token_endpoint_during_a_write_is_no_unknown_outcome(api) -> None:
    def handler(request: httpx.Request) -> httpx.Response:
        raise httpx.ReadTimeout("slow")

    api.token_handler = handler
    with pytest.raises(Unreachable) as caught:
        await api.client().set_state("t_1", "ACTIVE", "", version=None, request_id="r-1")
    assert caught.value.title == "Could not sign in"
    assert api.requests == []


async def test_a_waiter_that_gives_up_takes_nobody_with_it(api, page_json) -> None:
    gate = asyncio.Event()
    mint = api.token_handler

    async def slow(request: httpx.Request) -> httpx.Response:
        await gate.wait()
        return mint(request)

    api.token_handler = slow
    api.answer_with(httpx.Response(200, json=page_json([])))
    client = api.client()
    first = asyncio.create_task(client.things(ThingsQuery()))
    second = asyncio.create_task(client.things(ThingsQuery()))
    await api.token_asked.wait()
    first.cancel()
    await asyncio.sleep(0)
    gate.set()
    await second
    assert first.cancelled()
    assert len(api.token_requests) == 1


async def test_closing_stops_a_sign_in_that_nobody_waits_for(api) -> None:
    async def never(request: httpx.Request) -> httpx.Response:
        await asyncio.Event().wait()
        raise AssertionError

    api.token_handler = never
    client = api.client()
    asking = asyncio.create_task(client.account())
    await api.token_asked.wait()
    asking.cancel()
    await client.close()
    with pytest.raises((asyncio.CancelledError, SimtuiError)):
        await asking
