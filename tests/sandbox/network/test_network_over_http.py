"""A day's work of a network engineer, over HTTP: headers, permissions, jobs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import httpx
import pytest

BASE = "http://sandbox.test/iot/jpu/iotprogrammablesim"
TUNNEL = {"name": "hq", "remoteGateway": "203.0.113.9", "remoteCidrs": ["172.16.0.0/16"]}


async def test_a_network_is_built_from_nothing(api: httpx.AsyncClient) -> None:
    network = await api.post(f"{BASE}/networks", json={"name": "lab"})
    assert network.status_code == 201
    assert network.headers["etag"] == '"v1"'
    path = network.headers["location"]
    pool = await api.post(f"{path}/ip-pools", json={"cidr": "10.77.0.0/24"})
    assert (pool.status_code, pool.json()["available"]) == (201, 253)
    profile = await api.post(f"{BASE}/ip-profiles", json={"name": "strict"})
    group = await api.post(
        f"{BASE}/things-groups",
        json={
            "name": "lab",
            "networkId": network.json()["networkId"],
            "ipProfileId": profile.json()["ipProfileId"],
        },
    )
    assert group.status_code == 201
    read = await api.get(path)
    assert [pool["cidr"] for pool in read.json()["ipPools"]] == ["10.77.0.0/24"]


async def test_a_chain_is_read_changed_and_written_back(api: httpx.AsyncClient) -> None:
    path = f"{BASE}/ip-profiles/ip_1/chains/INBOUND"
    read = await api.get(path)
    items = [{"action": "DROP", "protocol": "TCP", "dstPorts": "23"}]
    written = await api.put(path, json={"items": items}, headers={"If-Match": read.headers["etag"]})
    assert (written.status_code, written.headers["etag"]) == (200, '"v2"')
    again = await api.put(path, json={"items": []}, headers={"If-Match": read.headers["etag"]})
    assert (again.status_code, again.json()["name"]) == (412, "ETAG_MISMATCH")


@pytest.mark.parametrize("psk", [{}, {"psk": None}])
async def test_a_generated_key_is_shown_once(
    api: httpx.AsyncClient, wait: Callable[[float], None], psk: dict[str, Any]
) -> None:
    created = await api.post(f"{BASE}/networks/n_1/ipsec-tunnels", json=TUNNEL | psk)
    assert created.status_code == 202
    assert int(created.headers["retry-after"]) > 0
    wait(200)
    done = await api.get(created.headers["location"])
    assert done.status_code == 302
    first = await api.get(done.headers["location"])
    second = await api.get(done.headers["location"])
    assert len(first.json()["document"]["psk"]) >= 8
    assert "psk" not in second.json()["document"]
    assert second.json()["document"]["name"] == "hq"


async def test_a_bad_field_is_named(api: httpx.AsyncClient) -> None:
    answer = await api.post(f"{BASE}/networks/n_1/ip-pools", json={"cidr": "10.77.0.1/24"})
    assert (answer.status_code, answer.json()["name"]) == (400, "VALIDATION_FAILED")
    (problem,) = answer.json()["errors"]
    assert (problem["field"], problem["code"]) == ("cidr", "HOST_BITS_SET")


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/networks", {"name": "x", "apn": {}}),
        ("/networks/n_1/ipsec-tunnels", TUNNEL | {"dpd": {"delay": 10}}),
        ("/networks/n_1/ipsec-tunnels", TUNNEL | {"phase1": {"cipher": "AES"}}),
    ],
)
async def test_an_unknown_field_is_refused(
    api: httpx.AsyncClient, path: str, body: dict[str, Any]
) -> None:
    answer = await api.post(f"{BASE}{path}", json=body)
    assert (answer.status_code, answer.json()["name"]) == (400, "VALIDATION_FAILED")
