from __future__ import annotations

import logging
import pickle
import traceback
from datetime import UTC, datetime

import httpx
import pytest

from simtui.api.things_query import ThingsQuery
from simtui.api.token import read_token
from simtui.errors import SimtuiError

SECRET = "hush-hush-9f2c"
TOKEN = "eyJ0b2tlbiI6MX0.sEcReT"


def mint(request: httpx.Request) -> httpx.Response:
    return httpx.Response(200, json={"access_token": TOKEN, "expires_in": "3599"})


def everything_about(error: SimtuiError) -> str:
    trace = "".join(traceback.format_exception(error))
    return " ".join([repr(error), str(error), repr(vars(error)), trace])


def everything_of(thing: object, depth: int = 4) -> str:
    """The repr of an object and of all it holds, as a debugger shows them."""
    parts = [repr(thing)]
    if depth:
        for value in getattr(thing, "__dict__", {}).values():
            parts.append(everything_of(value, depth - 1))
    return " ".join(parts)


def test_a_token_does_not_show_itself() -> None:
    token = read_token(b'{"access_token":"%s"}' % TOKEN.encode(), datetime.now(UTC))
    assert TOKEN not in f"{token} {token!r}"
    with pytest.raises(TypeError):
        pickle.dumps(token)


async def test_neither_the_client_nor_its_parts_show_secrets(api, page_json) -> None:
    api.token_handler = mint
    api.answer_with(httpx.Response(200, json=page_json([])))
    client = api.client()
    await client.things(ThingsQuery())
    shown = everything_of(client)
    assert "client-7" in shown
    assert SECRET not in shown
    assert TOKEN not in shown


ECHOES = [
    lambda text: httpx.Response(400, json={"message": f"got {text}", "name": text}),
    lambda text: httpx.Response(401, text=f"bad {text}"),
    lambda text: httpx.Response(403, text=f"<html><title>{text}</title>"),
    lambda text: httpx.Response(500, json={"fault": {"faultstring": text}}),
    lambda text: httpx.Response(200, text=f"<html><title>{text}</title>"),
    lambda text: httpx.Response(302, headers={"location": f"https://evil.example.net/?{text}"}),
    lambda text: httpx.Response(301, headers={"location": f"https://evil.example.net/?{text}"}),
    lambda text: httpx.Response(412, json={"message": "m", "errors": [{"field": text}]}),
]


@pytest.mark.parametrize("echo", ECHOES)
@pytest.mark.parametrize("write", [False, True])
async def test_a_server_that_repeats_what_it_got(api, echo, write) -> None:
    api.token_handler = mint
    api.handler = lambda request: echo(f"{request.headers['authorization']} {SECRET}")
    client = api.client()
    ask = (
        client.set_state("t_1", "ACTIVE", "", version=1, request_id="r-1")
        if write
        else client.account()
    )
    with pytest.raises(SimtuiError) as caught:
        await ask
    shown = everything_about(caught.value)
    assert TOKEN not in shown
    assert SECRET not in shown


@pytest.mark.parametrize("echo", ECHOES)
async def test_a_token_endpoint_that_repeats_what_it_got(api, echo) -> None:
    api.token_handler = lambda request: echo(request.content.decode())
    with pytest.raises(SimtuiError) as caught:
        await api.client().account()
    assert SECRET not in everything_about(caught.value)


async def test_a_token_that_cannot_be_sent_is_not_shown(api) -> None:
    api.token_handler = lambda request: httpx.Response(200, json={"access_token": TOKEN + "\n"})
    with pytest.raises(SimtuiError) as caught:
        await api.client().account()
    assert TOKEN not in everything_about(caught.value)


async def test_logs_at_their_most_talkative(api, page_json, caplog) -> None:
    caplog.set_level(logging.DEBUG)
    api.token_handler = mint
    api.answer_with(
        httpx.Response(503), httpx.Response(401), httpx.Response(200, json=page_json([]))
    )
    await api.client().things(ThingsQuery())
    assert "/things" in caplog.text
    assert SECRET not in caplog.text
    assert TOKEN not in caplog.text
