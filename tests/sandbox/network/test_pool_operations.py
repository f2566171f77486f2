"""IP pools and their leases over their operations (contract §3.4)."""

from __future__ import annotations

from typing import Any

import pytest

from simtui.sandbox import limits
from simtui.sandbox.addressing import lease_address
from simtui.sandbox.records import PoolRecord, RouteRecord, TunnelRecord
from simtui.sandbox.world import World

POOLS = "/networks/n_1/ip-pools"


def add_route(world: World, cidr: str) -> None:
    world.networks["n_1"].routes.append(RouteRecord("r_1", cidr, "INTERNET"))


def add_tunnel(world: World, remote: str, local: str = "10.0.4.0/24") -> TunnelRecord:
    settings = {"name": "hq", "localCidrs": [local], "remoteCidrs": [remote]}
    tunnel = TunnelRecord("tun_1", settings, world.clock.now())
    world.networks["n_1"].tunnels["tun_1"] = tunnel
    return tunnel


def test_a_pool_is_shown_with_its_fill(send: Any) -> None:
    answer = send("GET", f"{POOLS}/p_1")
    assert answer.version == 1
    assert answer.body == {
        "ipPoolId": "p_1",
        "cidr": "10.0.4.0/24",
        "gateway": "10.0.4.1",
        "size": 253,
        "leased": 2,
        "locked": 1,
        "available": 251,
        "isDefault": True,
        "version": 1,
    }
    assert send("GET", POOLS).body["items"] == [answer.body]
    assert send("GET", "/networks/n_1").body["ipPools"] == [answer.body]


@pytest.mark.parametrize(
    ("cidr", "size"), [("10.9.0.0/16", 65533), ("10.9.0.0/29", 5), ("192.168.7.0/24", 253)]
)
def test_a_new_pool_has_all_but_three_of_its_addresses(send: Any, cidr: str, size: int) -> None:
    answer = send("POST", POOLS, {"cidr": cidr})
    assert (answer.status, answer.body["size"], answer.body["available"]) == (201, size, size)
    assert answer.body["isDefault"] is False
    assert send("GET", answer.location).body == answer.body


def test_the_first_pool_of_a_network_is_its_default(send: Any) -> None:
    network = send("POST", "/networks", {"name": "lab"}).location
    assert send("POST", f"{network}/ip-pools", {"cidr": "10.9.0.0/24"}).body["isDefault"] is True


@pytest.mark.parametrize(
    ("cidr", "code"),
    [
        ("10.9.0.1/24", "HOST_BITS_SET"),
        ("10.8.0.0/15", "PREFIX_LENGTH"),
        ("10.9.0.0/30", "PREFIX_LENGTH"),
        ("10.9.0.0", "PREFIX_LENGTH"),
        ("192.0.2.0/24", "NOT_PRIVATE"),
        ("10.9.0.999/24", "SYNTAX"),
        ("10.9.0.0/99", "RANGE"),
    ],
)
def test_what_is_no_pool(send: Any, cidr: str, code: str) -> None:
    send.bad("cidr", code, "POST", POOLS, {"cidr": cidr})
    send.bad("cidr", code, "PATCH", f"{POOLS}/p_1", {"cidr": cidr}, if_match='"v1"')


@pytest.mark.parametrize("cidr", ["10.0.4.0/24", "10.0.0.0/16", "10.0.4.128/25"])
def test_pools_of_a_network_do_not_overlap(send: Any, cidr: str) -> None:
    send.refused("POOL_OVERLAP", "POST", POOLS, {"cidr": cidr})
    assert send("POST", "/networks/n_2/ip-pools", {"cidr": "10.0.4.0/24"}).status == 201


def test_a_pool_does_not_overlap_routes_and_tunnels(world: World, send: Any) -> None:
    add_route(world, "10.20.0.0/16")
    add_tunnel(world, "10.30.0.0/16")
    route = send.refused("POOL_OVERLAP", "POST", POOLS, {"cidr": "10.20.9.0/24"})
    assert "route r_1" in route.message
    tunnel = send.refused("POOL_OVERLAP", "POST", POOLS, {"cidr": "10.30.9.0/24"})
    assert "tunnel hq" in tunnel.message
    send.refused("POOL_OVERLAP", "PATCH", f"{POOLS}/p_1", {"cidr": "10.30.0.0/24"}, if_match='"v1"')


def test_a_default_route_takes_no_space(world: World, send: Any) -> None:
    add_route(world, "0.0.0.0/0")
    assert send("POST", POOLS, {"cidr": "10.9.0.0/24"}).status == 201


def test_the_limit_names_who_can_lift_it(world: World, send: Any) -> None:
    for number in range(10, 9 + limits.IP_POOLS):
        pool = PoolRecord(f"p_{number}", f"10.{number}.0.0/24")
        world.networks["n_1"].pools[pool.pool_id] = pool
    refused = send.refused("POOL_LIMIT_REACHED", "POST", POOLS, {"cidr": "10.99.0.0/24"})
    assert "contact KPN for an extension" in refused.info


def test_a_resize_needs_if_match(send: Any) -> None:
    change = {"cidr": "10.0.4.0/23"}
    send.refused("IF_MATCH_REQUIRED", "PATCH", f"{POOLS}/p_1", change)
    send.refused("ETAG_MISMATCH", "PATCH", f"{POOLS}/p_1", change, if_match='"v2"')
    send.refused("IF_MATCH_REQUIRED", "DELETE", f"{POOLS}/p_1")


def test_growing_keeps_what_is_in_use(world: World, send: Any) -> None:
    answer = send("PATCH", f"{POOLS}/p_1", {"cidr": "10.0.4.0/22"}, if_match='"v1"')
    assert (answer.version, answer.body["size"]) == (2, 1021)
    assert (answer.body["leased"], answer.body["locked"]) == (2, 1)
    assert world.things["t_1"].ip_address == "10.0.4.17"
    assert lease_address(world, world.things["t_3"], world.clock.now()) not in (
        world.things["t_1"].ip_address,
        world.things["t_2"].ip_address,
    )


def test_shrinking_leaves_nobody_out(world: World, send: Any) -> None:
    small = {"cidr": "10.0.4.0/28"}
    refused = send.refused("POOL_IN_USE", "PATCH", f"{POOLS}/p_1", small, if_match='"v1"')
    assert refused.info == "2 leased, 1 of them locked"
    fits = send("PATCH", f"{POOLS}/p_1", {"cidr": "10.0.4.0/27"}, if_match='"v1"').body
    assert (fits["size"], fits["leased"]) == (29, 2)


def test_an_address_that_would_become_the_gateway_is_in_use(world: World, send: Any) -> None:
    assert world.things["t_2"].ip_address == "10.0.4.2"
    for cidr in ("10.0.4.0/25", "10.0.4.0/26"):
        version = world.networks["n_1"].pools["p_1"].version
        send("PATCH", f"{POOLS}/p_1", {"cidr": cidr}, if_match=f'"v{version}"')
    elsewhere = {"cidr": "10.0.4.16/28"}
    send.refused("POOL_IN_USE", "PATCH", f"{POOLS}/p_1", elsewhere, if_match='"v3"')


def test_a_tunnel_follows_the_pool_behind_it(world: World, send: Any) -> None:
    tunnel = add_tunnel(world, "172.16.0.0/16")
    send("PATCH", f"{POOLS}/p_1", {"cidr": "10.0.4.0/23"}, if_match='"v1"')
    assert tunnel.settings["localCidrs"] == ["10.0.4.0/23"]
    assert tunnel.version == 2


def test_only_an_unused_pool_is_deleted(world: World, send: Any) -> None:
    used = send.refused("POOL_IN_USE", "DELETE", f"{POOLS}/p_1", if_match='"v1"')
    assert "2 Things" in used.message
    new = send("POST", POOLS, {"cidr": "10.9.0.0/24"})
    add_tunnel(world, "172.16.0.0/16", local="10.9.0.0/24")
    tunnelled = send.refused("POOL_IN_USE", "DELETE", new.location, if_match='"v1"')
    assert "Tunnel hq" in tunnelled.message
    del world.networks["n_1"].tunnels["tun_1"]
    assert send("DELETE", new.location, if_match='"v1"').body == {}
    send.refused("NOT_FOUND", "GET", new.location)
    assert new.body["ipPoolId"] not in world.addresses


def test_when_the_default_pool_goes_the_next_one_is_default(world: World, send: Any) -> None:
    heir = send("POST", "/networks/n_2/ip-pools", {"cidr": "10.9.0.0/24"}).location
    send("DELETE", "/networks/n_2/ip-pools/p_2", if_match='"v1"')
    assert send("GET", heir).body["isDefault"] is True


@pytest.mark.parametrize(
    "path",
    ["/networks/n_9/ip-pools", "/networks/n_1/ip-pools/p_2", "/networks/n_1/ip-pools/p_2/leases"],
)
def test_unknown_networks_and_pools(send: Any, path: str) -> None:
    send.refused("NOT_FOUND", "GET", path)


def test_leases_are_listed_lowest_address_first(world: World, send: Any) -> None:
    body = send("GET", f"{POOLS}/p_1/leases").body
    assert [lease["address"] for lease in body["items"]] == ["10.0.4.2", "10.0.4.17"]
    leased, locked = body["items"]
    assert (leased["thingId"], leased["locked"]) == ("t_2", False)
    assert leased["leaseExpiresAt"].endswith("Z")
    assert locked == {
        "address": "10.0.4.17",
        "thingId": "t_1",
        "locked": True,
        "leaseExpiresAt": None,
    }


@pytest.mark.parametrize("sort", ["-address", "-leaseExpiresAt", "-locked"])
def test_leases_are_sorted(send: Any, sort: str) -> None:
    items = send("GET", f"{POOLS}/p_1/leases", query={"sort": sort}).body["items"]
    first = {"-address": "t_1", "-leaseExpiresAt": "t_2", "-locked": "t_1"}[sort]
    assert items[0]["thingId"] == first


def test_pools_are_sorted_by_number_not_by_text(send: Any) -> None:
    for cidr in ("10.100.0.0/24", "10.20.0.0/28"):
        send("POST", POOLS, {"cidr": cidr})
    by_cidr = send("GET", POOLS, query={"sort": "cidr"}).body["items"]
    assert [pool["cidr"] for pool in by_cidr] == ["10.0.4.0/24", "10.20.0.0/28", "10.100.0.0/24"]
    by_size = send("GET", POOLS, query={"sort": "size,-leased"}).body["items"]
    assert by_size[0]["cidr"] == "10.20.0.0/28"
