"""The route table over its operations (contract §3.4, and §3.5 on identities)."""

from __future__ import annotations

from typing import Any

import pytest

from simtui.sandbox import limits
from simtui.sandbox.records import RouteRecord, TunnelRecord
from simtui.sandbox.world import World

ROUTES = "/networks/n_1/routes"


@pytest.fixture(autouse=True)
def _table(world: World) -> None:
    """The system's default route, one static route, and a tunnel to lead into."""
    network = world.networks["n_1"]
    network.routes = [
        RouteRecord("r_sys", "0.0.0.0/0", "INTERNET", metric=255, origin="SYSTEM"),
        RouteRecord("r_own", "172.16.0.0/16", "BLACKHOLE"),
    ]
    network.tunnels["tun_1"] = TunnelRecord(
        "tun_1", {"name": "hq", "remoteCidrs": []}, world.clock.now()
    )


def item(cidr: str = "172.20.0.0/16", target: str = "INTERNET", **more: Any) -> dict[str, Any]:
    return {"destinationCidr": cidr, "target": {"type": target}, **more}


def put(send: Any, *items: dict[str, Any], version: int = 1) -> Any:
    return send("PUT", ROUTES, {"items": list(items)}, if_match=f'"v{version}"')


def test_the_table_has_an_etag_of_its_own(send: Any) -> None:
    answer = send("GET", ROUTES)
    assert answer.version == 1
    assert [route["origin"] for route in answer.body["items"]] == ["SYSTEM", "STATIC"]
    assert answer.body["items"][1] == {
        "routeId": "r_own",
        "destinationCidr": "172.16.0.0/16",
        "target": {"type": "BLACKHOLE", "tunnelId": None},
        "metric": 100,
        "enabled": True,
        "origin": "STATIC",
    }
    assert put(send).version == 2
    assert send("GET", "/networks/n_1").version == 1


def test_it_is_written_as_a_whole_and_system_routes_stay(send: Any) -> None:
    answer = put(send, item(metric=7, enabled=False), item("0.0.0.0/0", "BLACKHOLE"))
    cidrs = [route["destinationCidr"] for route in answer.body["items"]]
    assert cidrs == ["0.0.0.0/0", "172.20.0.0/16", "0.0.0.0/0"]
    assert (answer.body["items"][1]["metric"], answer.body["items"][1]["enabled"]) == (7, False)
    assert [route["destinationCidr"] for route in put(send, version=2).body["items"]] == [
        "0.0.0.0/0"
    ]


def test_a_route_keeps_its_identity(send: Any) -> None:
    items = put(send, item(), item("172.17.0.0/16", routeId="r_own")).body["items"]
    assert items[2]["routeId"] == "r_own"
    assert items[2]["destinationCidr"] == "172.17.0.0/16"
    assert items[1]["routeId"] not in ("r_own", "r_sys")


def test_a_write_needs_the_version(send: Any) -> None:
    send.refused("IF_MATCH_REQUIRED", "PUT", ROUTES, {"items": []})
    send.refused("IF_MATCH_REQUIRED", "PUT", ROUTES, {"items": []}, if_match="*")
    put(send)
    refused = send.refused("ETAG_MISMATCH", "PUT", ROUTES, {"items": []}, if_match='"v1"')
    assert "administrator@example.com" in refused.message


@pytest.mark.parametrize(
    ("bad", "field", "code"),
    [
        (item(routeId="r_none"), "items[0].routeId", "UNKNOWN_ID"),
        (item(routeId="r_sys"), "items[0].routeId", "READ_ONLY"),
        (item("172.20.0.1/16"), "items[0].destinationCidr", "HOST_BITS_SET"),
        (item(target="IPSEC_TUNNEL"), "items[0].target.tunnelId", "REQUIRED"),
        (
            {**item(), "target": {"type": "IPSEC_TUNNEL", "tunnelId": "tun_9"}},
            "items[0].target.tunnelId",
            "UNKNOWN_ID",
        ),
        (
            {**item(), "target": {"type": "INTERNET", "tunnelId": "tun_1"}},
            "items[0].target.tunnelId",
            "NOT_ALLOWED",
        ),
    ],
)
def test_bad_routes_change_nothing(
    world: World, send: Any, bad: dict[str, Any], field: str, code: str
) -> None:
    send.bad(field, code, "PUT", ROUTES, {"items": [bad, item("172.30.0.0/16")]}, if_match='"v1"')
    assert [route.route_id for route in world.networks["n_1"].routes] == ["r_sys", "r_own"]


def test_one_route_is_not_sent_twice(send: Any) -> None:
    twice = [item(routeId="r_own"), item("172.17.0.0/16", routeId="r_own")]
    send.bad("items", "DUPLICATE", "PUT", ROUTES, {"items": twice}, if_match='"v1"')


def test_a_route_leads_into_a_tunnel_or_nowhere_special(send: Any) -> None:
    into = {**item(), "target": {"type": "IPSEC_TUNNEL", "tunnelId": "tun_1"}}
    without = {**item("172.21.0.0/16"), "target": {"type": "BLACKHOLE", "tunnelId": None}}
    items = put(send, into, without).body["items"]
    assert items[1]["target"] == {"type": "IPSEC_TUNNEL", "tunnelId": "tun_1"}
    assert items[2]["target"] == {"type": "BLACKHOLE", "tunnelId": None}


def test_a_route_does_not_lead_a_pool_away(send: Any) -> None:
    for cidr in ("10.0.4.0/25", "10.0.0.0/8"):
        send.refused("POOL_OVERLAP", "PUT", ROUTES, {"items": [item(cidr)]}, if_match='"v1"')


def test_there_is_a_limit(send: Any) -> None:
    many = [item(f"172.16.{number}.0/24") for number in range(limits.ROUTES + 1)]
    send.refused("LIMIT_REACHED", "PUT", ROUTES, {"items": many}, if_match='"v1"')
    body = put(send, *many[:-1]).body
    assert (body["total"], len(body["items"])) == (limits.ROUTES + 1, limits.ROUTES + 1)


def test_the_table_is_sorted_on_request(send: Any) -> None:
    items = send("GET", ROUTES, query={"sort": "metric"}).body["items"]
    assert [route["metric"] for route in items] == [100, 255]
    by_cidr = send("GET", ROUTES, query={"sort": "-destinationCidr,origin"}).body["items"]
    assert by_cidr[0]["routeId"] == "r_own"
