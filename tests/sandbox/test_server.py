"""The sandbox over a real socket: cut connections, a taken port, a clean end."""

from __future__ import annotations

import json
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator

import httpx
import pytest

from simtui.errors import UsageError
from simtui.sandbox.openapi import BASE_PATH
from simtui.sandbox.server import Endpoint, LiveServer, in_process, serve
from simtui.sandbox.world import World
from simtui.secret import Secret

PROGRAM = """
import json
from simtui.sandbox.server import serve
serve(port=0, things=10, seed=1, fresh=False,
      announce=lambda endpoint: print(json.dumps(endpoint.announcement()), flush=True))
"""


def token_of(endpoint: Endpoint) -> str:
    form = {
        "client_id": endpoint.client_id,
        "client_secret": endpoint.client_secret.reveal(),
        "grant_type": "client_credentials",
    }
    answer = httpx.post(endpoint.token_url, data=form)
    return str(answer.json()["access_token"])


@pytest.fixture
def live(world: World) -> Iterator[tuple[LiveServer, httpx.Client]]:
    """A live server and a client with a token."""
    with LiveServer(world) as server:
        headers = {"Authorization": f"Bearer {token_of(server.endpoint)}"}
        with httpx.Client(base_url=server.endpoint.base_url, headers=headers) as client:
            yield server, client


def test_it_answers_over_a_socket(live: tuple[LiveServer, httpx.Client]) -> None:
    server, client = live
    assert client.get("/things").json()["total"] == 6
    location = client.post("/things/t_1/connection-reset").headers["location"]
    assert location.startswith(server.endpoint.base_url + "/jobs/")


def test_a_connection_can_be_cut_before_a_request_is_handled(
    live: tuple[LiveServer, httpx.Client],
) -> None:
    server, client = live
    server.faults.switch_on("drop-before", {"method": "PATCH"})
    with pytest.raises(httpx.TransportError):
        client.patch("/things/t_1", json={"name": "lost"})
    assert client.get("/things/t_1").json()["name"] == "pump-1"


def test_a_connection_can_be_cut_after_a_request_was_handled(
    live: tuple[LiveServer, httpx.Client],
) -> None:
    server, client = live
    server.faults.switch_on("drop-after", {"method": "PATCH"})
    with pytest.raises(httpx.TransportError):
        client.patch("/things/t_1", json={"name": "done"})
    assert client.get("/things/t_1").json()["name"] == "done"
    log = httpx.get(f"{server.endpoint.base_url.removesuffix(BASE_PATH)}/_sandbox/requests").json()
    assert [(one["method"], one["status"]) for one in log["items"][1:]] == [
        ("PATCH", None),
        ("GET", 200),
    ]


def test_a_slow_answer_comes_too_late(live: tuple[LiveServer, httpx.Client]) -> None:
    server, client = live
    server.faults.switch_on("slow", {"seconds": 0.5, "times": 1})
    with pytest.raises(httpx.ReadTimeout):
        client.get("/things", timeout=0.05)


def test_a_taken_port_is_a_sentence() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(UsageError, match="Another program uses it"):
            serve(port=port, things=10, seed=1, fresh=False, announce=lambda endpoint: None)


@pytest.mark.parametrize("port", [-1, 65536])
def test_a_port_that_is_none_is_a_sentence(port: int) -> None:
    with pytest.raises(UsageError, match="within 0 and 65535"):
        serve(port=port, things=10, seed=1, fresh=False, announce=lambda endpoint: None)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_it_cleanly(number: signal.Signals) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", PROGRAM], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as program:
        assert program.stdout is not None
        announced = json.loads(program.stdout.readline())
        assert set(announced) == {"baseUrl", "tokenUrl", "clientId", "clientSecret"}
        assert httpx.get(announced["baseUrl"] + "/things").status_code == 401
        program.send_signal(number)
        rest, errors = program.communicate()
    assert (program.returncode, rest, errors) == (0, "", "")


async def test_it_runs_inside_the_process_too() -> None:
    app, endpoint = in_process(things=10, seed=1, fresh=True)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app)) as client:
        form = {
            "client_id": endpoint.client_id,
            "client_secret": endpoint.client_secret.reveal(),
            "grant_type": "client_credentials",
        }
        token = (await client.post(endpoint.token_url, data=form)).json()["access_token"]
        given = {"Authorization": f"Bearer {token}"}
        things = (await client.get(endpoint.base_url + "/things", headers=given)).json()
    assert {thing["state"] for thing in things["items"]} == {"PROVISIONED"}


def test_a_fleet_out_of_range_is_a_sentence() -> None:
    with pytest.raises(UsageError, match="10 to 1,000,000"):
        in_process(things=9, seed=1, fresh=False)


def test_the_secret_is_announced_but_not_shown_otherwise() -> None:
    endpoint = Endpoint("b", "t", "id", Secret("hush"))
    assert endpoint.announcement()["clientSecret"] == "hush"
    assert "hush" not in repr(endpoint)
