"""What is inside a network, as it is asked for and read."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest

from simtui.errors import NotFound, UnexpectedAnswer
from simtui.models import Lease, Route, RouteTarget, TunnelState
from simtui.models.route import SYSTEM, RouteTargetType
from tests.api.test_api_on_the_sandbox import Box

ROUTE = {
    "routeId": "rt_1",
    "destinationCidr": "10.8.0.0/16",
    "target": {"type": "IPSEC_TUNNEL", "tunnelId": "tun_1"},
    "metric": 50,
    "enabled": False,
    "origin": "STATIC",
}
TUNNEL = {
    "tunnelId": "tun_1",
    "name": "hq",
    "remoteGateway": "vpn.example.com",
    "localId": None,
    "pskSetAt": "2026-11-22T03:00:00Z",
    "phase1": {"encryption": ["3DES"], "integrity": ["SHA1"], "dhGroups": [2, 14]},
    "phase2": {"pfsGroups": []},
    "dpd": {"delaySeconds": 20},
    "localCidrs": ["10.0.0.0/24"],
    "remoteCidrs": ["192.168.0.0/24"],
    "status": {
        "state": "ERROR",
        "lastError": "NO_PROPOSAL_CHOSEN",
        "phase2Up": [{"localCidr": "10.0.0.0/24", "remoteCidr": "192.168.0.0/24", "up": True}],
        "bytesIn": 12,
        "asOf": "2026-11-22T03:12:05Z",
    },
    "version": 7,
}


def asked(api) -> tuple[str, str, dict[str, str]]:
    request = api.requests[-1]
    path = request.url.path.removeprefix("/iot/sim")
    return request.method, path, dict(request.url.params)


def answer(api, page_json, items: list[Any], **headers: str) -> None:
    api.answer_with(httpx.Response(200, json=page_json(items), headers=headers))


async def test_a_route_table_comes_with_the_version_it_is_replaced_by(api, page_json) -> None:
    answer(api, page_json, [ROUTE, ROUTE | {"routeId": "rt_2", "origin": SYSTEM}], ETag='"v17"')
    routes = await api.client().routes("n_1")
    assert asked(api) == ("GET", "/networks/n_1/routes", {"offset": "0", "limit": "500"})
    assert routes.version == 17
    assert routes.items[0] == Route(
        "rt_1", "10.8.0.0/16", RouteTarget(RouteTargetType.IPSEC_TUNNEL, "tun_1"), 50, False
    )
    assert routes.items[1].origin == SYSTEM


@pytest.mark.parametrize(
    ("header", "version"), [('W/"v4"', 4), ('"4"', 4), ('"abc"', 0), ('"v-1"', 0), ('"v²"', 0)]
)
async def test_a_version_that_cannot_be_read_is_none(api, page_json, header, version) -> None:
    headers = [(b"ETag", header.encode("latin-1"))]
    api.answer_with(httpx.Response(200, json=page_json([]), headers=headers))
    assert (await api.client().routes("n_1")).version == version


async def test_routes_with_nothing_but_an_id_and_a_destination(api, page_json) -> None:
    bare = {"routeId": "rt_1", "destinationCidr": "10.8.0.0/16", "target": {"type": "MOON"}}
    answer(api, page_json, [bare])
    (route,) = (await api.client().routes("n_1")).items
    assert (route.target.type, route.metric, route.enabled) == ("MOON", 100, True)


async def test_an_answer_that_is_no_table_is_told_as_such(api) -> None:
    api.answer_with(httpx.Response(200, text="<html><title>Hotel WiFi</title>"))
    with pytest.raises(UnexpectedAnswer):
        await api.client().routes("n_1")


async def test_tunnels_with_all_they_are_made_of(api, page_json) -> None:
    answer(api, page_json, [TUNNEL])
    (tunnel,) = await api.client().tunnels("n_1")
    assert asked(api)[:2] == ("GET", "/networks/n_1/ipsec-tunnels")
    assert (tunnel.tunnel_id, tunnel.version, tunnel.local_id) == ("tun_1", 7, None)
    assert tunnel.phase1.encryption == ("3DES",)
    assert (tunnel.phase1.dh_groups, tunnel.phase1.lifetime_seconds) == ((2, 14), 28_800)
    assert tunnel.phase2.pfs_groups == ()
    assert (tunnel.dpd.delay_seconds, tunnel.dpd.action) == (20, "RESTART")
    assert tunnel.psk_set_at == datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
    assert tunnel.status is not None
    assert (tunnel.status.state, tunnel.status.last_error) == ("ERROR", "NO_PROPOSAL_CHOSEN")
    assert tunnel.status.phase2_up[0].up
    assert tunnel.status.bytes_out is None


async def test_leases_of_a_pool(api, page_json) -> None:
    lease = {"address": "10.0.0.9", "thingId": "t_1", "locked": True, "leaseExpiresAt": None}
    answer(api, page_json, [lease])
    assert await api.client().leases("n_1", "p_1") == (Lease("10.0.0.9", "t_1", True),)
    assert asked(api)[:2] == ("GET", "/networks/n_1/ip-pools/p_1/leases")


@pytest.mark.parametrize(
    "ask",
    [
        lambda client: client.routes(".."),
        lambda client: client.tunnels(""),
        lambda client: client.leases("n_1", ".."),
        lambda client: client.nat_rules("."),
    ],
)
async def test_an_id_that_cannot_be_one_is_not_sent(api, ask) -> None:
    with pytest.raises(NotFound):
        await ask(api.client())
    assert api.requests == []


@pytest.fixture
async def box() -> AsyncIterator[Box]:
    box = Box(fresh=False)
    yield box
    await box.client.close()


async def test_the_sandbox_tells_everything_of_its_networks(box: Box) -> None:
    tunnels, leases, routes = [], [], []
    for network in await box.client.networks():
        tunnels += await box.client.tunnels(network.network_id)
        routes += (await box.client.routes(network.network_id)).items
        for pool in network.ip_pools:
            found = await box.client.leases(network.network_id, pool.ip_pool_id)
            assert len(found) == pool.leased
            assert sum(lease.locked for lease in found) == pool.locked
            leases += found
    assert leases
    assert {tunnel.status.state for tunnel in tunnels if tunnel.status} >= {TunnelState.UP}
    assert {route.origin for route in routes} == {"SYSTEM", "STATIC"}
    into = {route.target.tunnel_id for route in routes if route.target.tunnel_id}
    assert into <= {tunnel.tunnel_id for tunnel in tunnels}
