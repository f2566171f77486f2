"""Over a real loopback socket: what no fake transport can show."""

from __future__ import annotations

import asyncio
import logging
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import httpx
import pytest

from simtui.api.client import Client
from simtui.api.delivery import RetryPolicy
from simtui.api.endpoint import Endpoint
from simtui.errors import (
    ConfigError,
    OutcomeUnknown,
    ServerFault,
    SimtuiError,
    UnexpectedAnswer,
    Unreachable,
)
from simtui.secret import Secret

Reader, Writer = asyncio.StreamReader, asyncio.StreamWriter
Behaviour = Callable[[bytes, Reader, Writer], Awaitable[None]]

TOKEN = b'{"access_token":"wire-token-1","expires_in":"3599"}'
ONCE = RetryPolicy(pauses=())


def http(body: bytes, head: bytes = b"200 OK", length: int | None = None) -> bytes:
    size = len(body) if length is None else length
    return b"HTTP/1.1 %s\r\nContent-Length: %d\r\n\r\n%s" % (head, size, body)


@asynccontextmanager
async def server(behave: Behaviour) -> AsyncIterator[tuple[str, list[bytes]]]:
    """Speaks HTTP well for tokens, and ``behave``s for everything else."""
    asked: list[bytes] = []

    async def serve(reader: Reader, writer: Writer) -> None:
        try:
            while True:
                head = await reader.readuntil(b"\r\n\r\n")
                for line in head.lower().split(b"\r\n"):
                    if line.startswith(b"content-length:"):
                        await reader.readexactly(int(line.split(b":")[1]))
                if b"/token" in head:
                    writer.write(http(TOKEN))
                else:
                    asked.append(head)
                    await behave(head, reader, writer)
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()

    listening = await asyncio.start_server(serve, "127.0.0.1", 0)
    port = listening.sockets[0].getsockname()[1]
    try:
        yield f"http://127.0.0.1:{port}", asked
    finally:
        listening.close()


async def no_sleep(seconds: float) -> None:
    pass


@asynccontextmanager
async def client_of(url: str, token_url: str = "", **options: object) -> AsyncIterator[Client]:
    endpoint = Endpoint(url, token_url or f"{url}/token", "c", Secret("s3cret-wire"))
    client = Client(endpoint, sleep=no_sleep, **options)
    try:
        yield client
    finally:
        await client.close()


async def close_without_answer(head: bytes, reader: Reader, writer: Writer) -> None:
    writer.close()


async def reset(head: bytes, reader: Reader, writer: Writer) -> None:
    sock = writer.get_extra_info("socket")
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
    writer.transport.abort()


async def stop_in_the_middle(head: bytes, reader: Reader, writer: Writer) -> None:
    writer.write(http(b'{"accountId":', length=100))
    await writer.drain()
    writer.close()


async def talk_nonsense(head: bytes, reader: Reader, writer: Writer) -> None:
    writer.write(b"\x00\x01\x02 what is HTTP?\r\n\r\n")
    await writer.drain()
    writer.close()


BREAKS = [close_without_answer, reset, stop_in_the_middle, talk_nonsense]


@pytest.mark.parametrize("behave", BREAKS)
async def test_a_read_is_tried_four_times_then_says_what_broke(behave) -> None:
    async with server(behave) as (url, asked), client_of(url) as client:
        with pytest.raises(Unreachable) as caught:
            await client.account()
        assert len(asked) == 4
        assert "broke before the answer was complete" in caught.value.detail
        assert url.removeprefix("http://") in caught.value.detail
        assert caught.value.exit_code == 5


@pytest.mark.parametrize("behave", BREAKS)
async def test_a_write_is_sent_once_and_its_outcome_is_unknown(behave, write) -> None:
    async with server(behave) as (url, asked), client_of(url) as client:
        with pytest.raises(OutcomeUnknown):
            await write(client, "r-1")
        assert len(asked) == 1


async def test_a_read_recovers_after_a_broken_connection() -> None:
    async def behave(head: bytes, reader: Reader, writer: Writer) -> None:
        if len(asked) == 1:
            await reset(head, reader, writer)
        else:
            writer.write(http(b'{"accountId":"a"}'))

    async with server(behave) as (url, asked), client_of(url) as client:
        assert (await client.account()).account_id == "a"


async def test_an_answer_that_does_not_come(monkeypatch) -> None:
    monkeypatch.setattr("simtui.api.wire._TIMEOUT", httpx.Timeout(5.0, read=0.05, pool=None))

    async def behave(head: bytes, reader: Reader, writer: Writer) -> None:
        await reader.read()

    async with server(behave) as (url, asked), client_of(url, policy=ONCE) as client:
        with pytest.raises(Unreachable) as caught:
            await client.account()
        assert "no answer came in time" in caught.value.detail
        with pytest.raises(OutcomeUnknown):
            await client.edit_thing("t_1", {"name": "x"}, 1, request_id="r-1")
        assert len(asked) == 2


async def test_nobody_listens(write) -> None:
    async with server(reset) as (url, _):
        pass
    async with client_of(url) as client:
        with pytest.raises(Unreachable) as caught:
            await write(client, "r-1")
    assert "connection refused" in caught.value.detail
    assert caught.value.title == "Could not sign in"


async def test_the_api_is_gone_while_the_token_is_good(write) -> None:
    async with server(reset) as (other, _):
        pass
    async with server(reset) as (url, _), client_of(other, f"{url}/token") as client:
        with pytest.raises(Unreachable) as caught:
            await write(client, "r-1")
    assert caught.value.title.startswith("Could not ")
    assert caught.value.title != "Could not sign in"


async def test_https_where_http_is_spoken() -> None:
    async def refuse(reader: Reader, writer: Writer) -> None:
        writer.write(http(b"what is this?", b"400 Bad Request"))
        await writer.drain()
        writer.close()

    plain = await asyncio.start_server(refuse, "127.0.0.1", 0)
    port = plain.sockets[0].getsockname()[1]
    async with client_of(f"https://127.0.0.1:{port}") as client:
        with pytest.raises(Unreachable) as caught:
            await client.account()
    plain.close()
    assert f"No TLS connection to 127.0.0.1:{port}" in caught.value.detail


async def test_a_host_name_that_does_not_exist(monkeypatch) -> None:
    async def nowhere(*args: object, **options: object) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(asyncio.get_running_loop(), "getaddrinfo", nowhere)
    slept = []

    async def sleep(seconds: float) -> None:
        slept.append(seconds)

    client = Client(
        Endpoint("http://no.invalid/x", "http://no.invalid/token", "c", Secret("s3cret")),
        sleep=sleep,
    )
    with pytest.raises(Unreachable) as caught:
        await client.account()
    await client.close()
    assert caught.value.detail == "The host name in no.invalid is not known (DNS)"
    assert slept == [], "a spelling does not mend itself"


BAD_URLS = ["ftp://127.0.0.1/x", "nonsense", "http://[bad/x", "http://:0", "", "http://a b/"]


@pytest.mark.parametrize("url", BAD_URLS)
@pytest.mark.parametrize("which", ["base_url", "token_url"])
async def test_urls_that_are_none(url, which) -> None:
    async with server(reset) as (good, asked):
        urls = {"base_url": good, "token_url": f"{good}/token", which: url}
        async with client_of(urls["base_url"], urls["token_url"] or " ", policy=ONCE) as client:
            for ask in (
                client.account(),
                client.set_state("t", "ACTIVE", "", version=1, request_id="r-1"),
            ):
                with pytest.raises((ConfigError, Unreachable)):
                    await ask
        assert asked == []


async def test_a_web_page_from_a_gateway_and_a_captive_portal() -> None:
    page = b"<html><head><title>Sign in to Hotel WiFi</title></head></html>"

    async def behave(head: bytes, reader: Reader, writer: Writer) -> None:
        writer.write(http(page, b"200 OK" if len(asked) == 1 else b"502 Bad Gateway"))

    async with server(behave) as (url, asked), client_of(url, policy=ONCE) as client:
        with pytest.raises(UnexpectedAnswer, match="load the account") as portal:
            await client.account()
        with pytest.raises(ServerFault) as gateway:
            await client.account()
    assert "Hotel WiFi" in portal.value.detail
    assert gateway.value.detail == "The gateway answered 502 with a web page titled “" + (
        "Sign in to Hotel WiFi”"
    )


async def test_a_damaged_compression() -> None:
    async def behave(head: bytes, reader: Reader, writer: Writer) -> None:
        writer.write(http(b"not gzip", b"200 OK\r\nContent-Encoding: gzip"))

    async with server(behave) as (url, asked), client_of(url) as client:
        with pytest.raises(UnexpectedAnswer):
            await client.account()
        assert len(asked) == 1
        with pytest.raises(OutcomeUnknown):
            await client.set_state("t_1", "ACTIVE", "", version=1, request_id="r-1")


async def test_a_foreign_host_is_not_even_connected_to() -> None:
    connected = []

    async def greet(reader: Reader, writer: Writer) -> None:
        connected.append(1)
        writer.close()

    foreign = await asyncio.start_server(greet, "127.0.0.1", 0)
    port = foreign.sockets[0].getsockname()[1]

    async def behave(head: bytes, reader: Reader, writer: Writer) -> None:
        place = b"302 Found\r\nLocation: http://127.0.0.1:%d/things/t_1" % port
        writer.write(http(b"", place))

    async with server(behave) as (url, _), client_of(url) as client:
        with pytest.raises(UnexpectedAnswer):
            await client.thing_by_iccid("8931")
    foreign.close()
    assert connected == []


async def test_logs_of_real_connections_hold_no_secret(caplog) -> None:
    caplog.set_level(logging.DEBUG)

    async def behave(head: bytes, reader: Reader, writer: Writer) -> None:
        writer.write(http(b'{"accountId":"a"}') if len(asked) == 1 else b"junk\r\n\r\n")

    async with server(behave) as (url, asked), client_of(url, policy=ONCE) as client:
        await client.account()
        with pytest.raises(SimtuiError):
            await client.account()
    assert b"Bearer wire-token-1" in asked[0].replace(b"bearer", b"Bearer")
    assert "send_request_headers" in caplog.text
    assert "wire-token" not in caplog.text
    assert "s3cret" not in caplog.text
