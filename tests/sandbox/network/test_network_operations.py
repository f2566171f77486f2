"""Networks over their operations (contract §3.4)."""

from __future__ import annotations

from typing import Any

from simtui.sandbox import limits
from simtui.sandbox.addressing import lease_address
from simtui.sandbox.records import NetworkRecord
from simtui.sandbox.world import World


def test_a_network_is_shown_with_everything_around_it(world: World, send: Any) -> None:
    body = send("GET", "/networks/n_1").body
    assert body["apn"]["shared"] is True
    assert body["thingCount"] == 4
    assert body["thingIsolation"] is False
    assert body["natPublicAddress"] == "198.51.100.1"
    assert body["limits"] == dict(limits.PER_NETWORK)
    assert [pool["cidr"] for pool in body["ipPools"]] == ["10.0.4.0/24"]
    send.refused("NOT_FOUND", "GET", "/networks/n_9")


def test_the_list_is_sorted_and_paged(send: Any) -> None:
    body = send("GET", "/networks", query={"sort": "-name", "limit": 1}).body
    assert [network["networkId"] for network in body["items"]] == ["n_2"]
    assert body["total"] == 2


def test_a_new_network_has_a_way_out_and_no_pool(world: World, send: Any) -> None:
    answer = send("POST", "/networks", {"name": " lab ", "thingIsolation": True})
    assert (answer.status, answer.version) == (201, 1)
    assert (answer.body["name"], answer.body["thingIsolation"]) == ("lab", True)
    assert answer.body["ipPools"] == []
    other = send("POST", "/networks", {"name": "lab 2"}).body
    addresses = {network.nat_public_address for network in world.networks.values()}
    assert {answer.body["natPublicAddress"], other["natPublicAddress"]} <= addresses
    assert len(addresses) == 4
    (route,) = send("GET", f"{answer.location}/routes").body["items"]
    assert (route["destinationCidr"], route["target"]["type"], route["origin"]) == (
        "0.0.0.0/0",
        "INTERNET",
        "SYSTEM",
    )


def test_a_name_has_no_control_characters(world: World, send: Any) -> None:
    send.bad("name", "CONTROL_CHARACTER", "POST", "/networks", {"name": "a\nb"})
    assert len(world.networks) == 2


def test_there_is_a_limit(world: World, send: Any) -> None:
    for number in range(3, limits.NETWORKS + 1):
        world.networks[f"n_{number}"] = NetworkRecord(f"n_{number}", "n", f"192.0.2.{number}")
    send.refused("LIMIT_REACHED", "POST", "/networks", {"name": "one more"})


def test_a_change_needs_if_match(send: Any) -> None:
    change = {"thingIsolation": True}
    send.refused("IF_MATCH_REQUIRED", "PATCH", "/networks/n_1", change)
    send.refused("IF_MATCH_REQUIRED", "PATCH", "/networks/n_1", change, if_match="*")
    send.refused("ETAG_MISMATCH", "PATCH", "/networks/n_1", change, if_match='"v7"')
    answer = send("PATCH", "/networks/n_1", change, if_match='"v1"')
    assert (answer.version, answer.body["thingIsolation"]) == (2, True)
    assert answer.body["name"] == "network-1"
    renamed = send("PATCH", "/networks/n_1", {"name": "yards", "description": "d"}, if_match='"v2"')
    assert (renamed.body["name"], renamed.body["thingIsolation"]) == ("yards", True)


def test_a_refused_change_changes_nothing(world: World, send: Any) -> None:
    change = {"description": "new", "name": "\x01"}
    send.bad("name", "CONTROL_CHARACTER", "PATCH", "/networks/n_1", change, if_match='"v1"')
    assert world.networks["n_1"].description == ""
    change = {"description": "\x01", "name": "new"}
    send.bad("description", "CONTROL_CHARACTER", "PATCH", "/networks/n_1", change, if_match='"v1"')
    assert world.networks["n_1"].name == "network-1"


def test_only_an_unused_network_is_deleted(world: World, send: Any) -> None:
    send.refused("IF_MATCH_REQUIRED", "DELETE", "/networks/n_2")
    used = send.refused("RESOURCE_IN_USE", "DELETE", "/networks/n_2", if_match='"v1"')
    assert used.info == "depot-7"
    lease_address(world, world.things["t_5"], world.clock.now())
    world.groups["g_2"].network_id = "n_1"
    leased = send.refused("RESOURCE_IN_USE", "DELETE", "/networks/n_2", if_match='"v1"')
    assert "1 Things" in leased.message
    lease_address(world, world.things["t_5"], world.clock.now())
    assert send("DELETE", "/networks/n_2", if_match='"v1"').body == {}
    send.refused("NOT_FOUND", "GET", "/networks/n_2")
    assert "p_2" not in world.addresses
