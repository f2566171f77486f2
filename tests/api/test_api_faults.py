from __future__ import annotations

import json
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from simtui.api.complaint import MOST_WORDS, plain, read_complaint
from simtui.api.things_query import ThingsQuery
from simtui.errors import (
    CapabilityAbsent,
    Conflict,
    FieldProblem,
    Forbidden,
    Invalid,
    NotFound,
    QuotaExceeded,
    ServerFault,
    SimtuiError,
    Unauthorized,
    UnexpectedAnswer,
    Unreachable,
)

ENVELOPE = {"transactionId": "tx-1", "status": "412", "name": "SOME_NAME", "message": "Not so"}


async def failure_of(api: Any, response: httpx.Response) -> SimtuiError:
    api.answer_with(response)
    with pytest.raises(SimtuiError) as caught:
        await api.client(max_wait=1).thing("t_1")
    return caught.value


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (400, Invalid),
        (401, Unauthorized),
        (403, Forbidden),
        (404, NotFound),
        (405, UnexpectedAnswer),
        (412, Conflict),
        (429, QuotaExceeded),
        (500, ServerFault),
        (502, ServerFault),
        (503, ServerFault),
        # by class: codes that are not in the table of the contract
        (204, UnexpectedAnswer),
        (301, UnexpectedAnswer),
        (304, UnexpectedAnswer),
        (307, UnexpectedAnswer),
        (407, UnexpectedAnswer),
        (409, Conflict),
        (410, NotFound),
        (418, UnexpectedAnswer),
        (422, Invalid),
        (501, ServerFault),
        (504, ServerFault),
        (599, ServerFault),
        (600, UnexpectedAnswer),
        (999, UnexpectedAnswer),
    ],
)
@pytest.mark.parametrize("body", ["envelope", "empty"])
async def test_every_code_is_one_typed_error(api, status, kind, body) -> None:
    content = json.dumps(ENVELOPE) if body == "envelope" and status != 204 else ""
    error = await failure_of(api, httpx.Response(status, content=content))
    assert type(error) is kind
    assert error.title == "Could not load the Thing"
    assert error.detail
    assert error.status == status
    if body == "envelope" and status // 100 in (4, 5):
        assert error.name == "SOME_NAME"
        assert error.transaction_id == "tx-1"
        assert error.detail == "Not so"


@pytest.mark.parametrize(
    ("body", "detail", "name"),
    [
        ('{"name":"N","message":"Gone wrong","info":"see https://x"}',
         "Gone wrong – see https://x", "N"),
        ('{"message":"m","info":{"a":[1]},"status":412}', 'm – {"a": [1]}', ""),
        ('{"fault":{"faultstring":"Rate limit","detail":{"errorcode":"policies.rate"}}}',
         "Rate limit", "policies.rate"),
        ('{"fault":{"detail":{"errorcode":"policies.rate"}}}', "policies.rate", "policies.rate"),
        ('{"fault":"x","message":"m"}', "m", ""),
        ('{"something":"else"}', '{"something": "else"}', ""),
        ("{}", "The answer was 412 Precondition Failed, no more", ""),
        ("plain\r\n text\x1b[31m\x00 here", "plain text [31m here", ""),
        ("  \n ", "The answer was 412 Precondition Failed, no more", ""),
        ("<html><head><title>Bad &amp; Gateway</title>", "web page titled “Bad & Gateway”", ""),
        ("\ufeff<!DOCTYPE html><body><h1>Oops</h1>", "web page titled “Oops”", ""),
        ("<HTML></HTML>", "web page", ""),
        ("<Fault><code>7</code><text>no</text></Fault>", "7 no", ""),
        ('"just a string"', '"just a string"', ""),
        ('{"message":', '{"message":', ""),
    ],
)  # fmt: skip
async def test_whatever_the_words_are_written_in(api, body, detail, name) -> None:
    error = await failure_of(api, httpx.Response(412, content=body.encode()))
    assert error.detail.removeprefix("The gateway answered 412 with a ") == detail
    assert error.name == name


async def test_the_fields_of_a_400(api) -> None:
    problems = [
        {"field": "name", "code": "TOO_LONG", "message": "≤ 64"},
        {"field": None, "code": 5},
        "nonsense",
    ]
    body = {"name": "VALIDATION_FAILED", "message": "Bad input", "errors": problems}
    error = await failure_of(api, httpx.Response(400, json=body))
    assert isinstance(error, Invalid)
    assert error.problems == (FieldProblem("name", "TOO_LONG", "≤ 64"), FieldProblem("", "5", ""))


def test_words_are_of_bearable_length() -> None:
    assert len(plain("x" * 100_000)) == MOST_WORDS
    assert len(read_complaint(json.dumps({"message": "y " * 9999}).encode()).words) <= MOST_WORDS


@pytest.mark.parametrize("tag", ["<title", "<title>", "<h1 ", "<", "<html><title <title"])
def test_hostile_pages_take_no_time(tag: str) -> None:
    read_complaint(tag.encode() * 50_000)


def test_masking_finds_encoded_forms_and_leaves_short_words_alone() -> None:
    text = "a%2Fb%2Bc+d, a%2Fb%2Bc%20d, a/b+c d, and it is"
    assert read_complaint(text.encode(), ["a/b+c d", "is"]).words == "•••, •••, •••, and it is"


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("ETAG_MISMATCH", "reload"),
        ("ILLEGAL_STATE_TRANSITION", "state"),
        ("CONFIRMATION_REQUIRED", "number of Things"),
        ("STATE_NOT_ACTIVE", "resume"),
        ("SERVICE_RESTRICTED", "Allow the service"),
        ("IP_LOCKED", "Unlock its IP address, move it, then lock"),
        ("IP_NOT_LOCKED", "Lock the IP address"),
        ("IP_IN_USE", "free address"),
        ("IP_OUT_OF_POOL", "inside a pool"),
        ("RESOURCE_IN_USE", "NAT rule"),
        ("TARGET_COUNT_CHANGED", "plan it again"),
        ("TARGET_EMPTY", "No Thing"),
        ("JOB_FINISHED", "result"),
        ("OTHER", "Reload it"),
    ],
)
async def test_what_to_do_after_a_412(api, name, hint) -> None:
    error = await failure_of(api, httpx.Response(412, json={**ENVELOPE, "name": name}))
    assert hint in error.hint


async def test_a_403_names_what_is_missing(api) -> None:
    error = await failure_of(api, httpx.Response(403, json={**ENVELOPE, "name": "NOT_ENTITLED"}))
    assert "developer portal" in error.hint
    denied = {**ENVELOPE, "name": "PERMISSION_DENIED", "message": "It takes one of: OPERATOR"}
    error = await failure_of(api, httpx.Response(403, json=denied))
    assert "It takes one of: OPERATOR" in error.detail
    assert "Ask an administrator" in error.hint
    error = await failure_of(api, httpx.Response(403))
    assert "permission level" in error.hint


async def test_a_404_on_a_list_means_the_wrong_address(api) -> None:
    api.answer_with(httpx.Response(404, text="nothing here"))
    with pytest.raises(NotFound) as caught:
        await api.client().things(ThingsQuery())
    assert "base_url" in caught.value.hint


@pytest.mark.parametrize(
    ("response", "detail"),
    [
        (httpx.Response(200, text="<html><title>Welcome</title>"), "web page titled “Welcome”"),
        (httpx.Response(200, text=""), "The address answers, but not with the API"),
        (httpx.Response(200, text="hello"), "not in the form that the API's contract says"),
        (httpx.Response(200, json={"hello": 1}), "not in the form that the API's contract says"),
        (
            httpx.Response(301, headers={"location": "https://new/x"}),
            "redirect (301) to https://new",
        ),
    ],
)
async def test_an_address_that_is_not_the_api(api, response, detail) -> None:
    api.answer_with(response)
    with pytest.raises(UnexpectedAnswer) as caught:
        await api.client().things(ThingsQuery())
    assert detail in caught.value.detail
    assert "base_url" in caught.value.hint


async def test_raw_json_of_a_web_page_is_refused(api) -> None:
    api.answer_with(httpx.Response(200, text="<html>"))
    with pytest.raises(UnexpectedAnswer):
        await api.client().thing_json("t_1")


@pytest.mark.parametrize("charset", ["hex", "idna", "undefined", "zip", "utf-7", "base64", "x"])
@pytest.mark.parametrize("status", [200, 400, 500])
async def test_a_charset_that_is_a_trap(api, charset, status) -> None:
    headers = {"content-type": f"text/html; charset={charset}"}
    error = await failure_of(api, httpx.Response(status, content=b"+zz\xff", headers=headers))
    assert error.status == status


TELLING_HEADERS = [
    "location",
    "retry-after",
    "quota-reset-UTC",
    "quota-used",
    "quota-limit",
    "sunset",
    "date",
    "content-type",
    "content-encoding",
]


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    status=st.integers(200, 999),
    body=st.binary(max_size=200)
    | st.sampled_from([b"{", b"[]", b'{"items":[]}', b'{"items":[{}],"total":9}', b"<html>"]),
    headers=st.dictionaries(
        st.sampled_from(TELLING_HEADERS),
        st.text(st.characters(min_codepoint=32, max_codepoint=255), max_size=30),
    ),
    write=st.booleans(),
)
async def test_whatever_comes_only_our_own_errors_come_out(
    api, status, body, headers, write
) -> None:
    raw = [(name.encode(), value.encode("latin-1")) for name, value in headers.items()]
    stream = httpx.ByteStream(body)
    api.handler = lambda request: httpx.Response(status, headers=raw, stream=stream)
    client = api.client(max_wait=100)
    asks = [
        lambda: client.thing("t_1"),
        lambda: client.things(ThingsQuery()),
        lambda: client.session("t_1"),
    ]
    if write:
        asks = [lambda: client.set_state("t_1", "ACTIVE", "", version=1, request_id="r-1")]
    for ask in asks:
        try:
            await ask()
        except SimtuiError as error:
            assert str(error)


# EXT -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "response",
    [
        httpx.Response(404, text="no"),
        httpx.Response(404),
        httpx.Response(404, json={"fault": {"detail": {"errorcode": "ApplicationNotFound"}}}),
        httpx.Response(405),
        httpx.Response(405, json={"name": "METHOD_NOT_ALLOWED"}),
    ],
)
async def test_an_absent_capability_is_asked_for_once(api, response) -> None:
    api.answer_with(response)
    client = api.client()
    for _ in range(3):
        with pytest.raises(CapabilityAbsent):
            await client.session("t_1")
    assert len(api.requests) == 1
    with pytest.raises(CapabilityAbsent):
        await client.events("t_1", 5)
    assert len(api.requests) == 2


async def test_a_thing_without_a_session_does_not_hide_those_of_others(api) -> None:
    words = "There is no session of Thing t_1"
    api.answer_with(
        httpx.Response(404, json={"name": "NOT_FOUND", "message": words}),
        httpx.Response(200, json={"state": "ONLINE"}),
    )
    client = api.client()
    with pytest.raises(CapabilityAbsent) as caught:
        await client.session("t_1")
    assert caught.value.detail == words
    assert (await client.session("t_2")).state == "ONLINE"


async def test_a_404_on_a_core_operation_is_never_an_absent_capability(api) -> None:
    api.answer_with(httpx.Response(404))
    with pytest.raises(NotFound):
        await api.client().state_history("t_1")


class _Unread(httpx.AsyncByteStream):
    """A body as a socket brings it: not there before somebody reads it."""

    async def __aiter__(self) -> AsyncIterator[bytes]:
        yield b"<html><head><title>Oops</title></head></html>"


@pytest.mark.parametrize("status", [403, 429, 500, 502, 503])
async def test_a_body_that_is_still_on_its_way_is_read_before_it_is_judged(
    api: Any, status: int
) -> None:
    api.handler = lambda request: httpx.Response(status, stream=_Unread())
    with pytest.raises(SimtuiError) as caught:
        await api.client(max_wait=0.0).account()
    assert not isinstance(caught.value, Unreachable)
    assert caught.value.status == status
