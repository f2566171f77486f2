"""Port forwarding over its operations (contract §3.6)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from simtui.sandbox import limits
from simtui.sandbox.addressing import lock_address
from simtui.sandbox.lifecycle import change_state
from simtui.sandbox.records import NatRuleRecord
from simtui.sandbox.world import World

RULES = "/networks/n_1/nat-rules"
NEW = {"protocol": "TCP", "publicPorts": "8080", "thingId": "t_1", "privatePorts": "80"}


def test_a_rule_has_the_contracts_defaults(world: World, send: Any) -> None:
    answer = send("POST", RULES, NEW)
    assert (answer.status, answer.version) == (201, 1)
    rule_id = answer.body.pop("natRuleId")
    assert answer.location == f"{RULES}/{rule_id}"
    assert answer.body == {
        "name": "",
        "protocol": "TCP",
        "publicAddress": "198.51.100.1",
        "publicPorts": "8080",
        "thingId": "t_1",
        "privateAddress": "10.0.4.17",
        "privatePorts": "80",
        "allowedSources": ["0.0.0.0/0"],
        "enabled": True,
        "expiresAt": None,
        "createdAt": "2026-11-22T03:12:05Z",
        "version": 1,
    }
    assert send("GET", answer.location).body == {"natRuleId": rule_id, **answer.body}


def test_everything_can_be_said_and_changed(world: World, send: Any) -> None:
    lock_address(world, world.things["t_3"], None)
    path = send("POST", RULES, NEW).location
    change = {
        "name": " web ",
        "protocol": "UDP",
        "publicPorts": "9000-9010",
        "privatePorts": "1-11",
        "thingId": "t_3",
        "allowedSources": ["203.0.113.0/24", "192.0.2.1"],
        "enabled": False,
        "expiresAt": "2026-11-23T04:00:00+01:00",
    }
    body = send("PATCH", path, change).body
    assert body["name"] == "web"
    assert body["allowedSources"] == ["203.0.113.0/24", "192.0.2.1/32"]
    assert body["expiresAt"] == "2026-11-23T03:00:00Z"
    assert body["privateAddress"] == world.things["t_3"].ip_address
    assert {field: body[field] for field in ("protocol", "publicPorts", "enabled")} == {
        "protocol": "UDP",
        "publicPorts": "9000-9010",
        "enabled": False,
    }
    assert send("PATCH", path, {"expiresAt": None}).body["expiresAt"] is None


@pytest.mark.parametrize(
    ("change", "field", "code"),
    [
        ({"publicPorts": "80"}, "publicPorts", "RANGE"),
        ({"publicPorts": "1023-1024", "privatePorts": "1-2"}, "publicPorts", "RANGE"),
        ({"publicPorts": "70000"}, "publicPorts", "RANGE"),
        ({"publicPorts": "ANY"}, "publicPorts", "SYNTAX"),
        ({"publicPorts": "8080,8081"}, "publicPorts", "SYNTAX"),
        ({"publicPorts": "4500", "protocol": "UDP"}, "publicPorts", "RESERVED"),
        ({"privatePorts": "80-81"}, "privatePorts", "LENGTH_MISMATCH"),
        ({"privatePorts": "0"}, "privatePorts", "RANGE"),
        ({"privatePorts": "ANY"}, "privatePorts", "SYNTAX"),
        ({"allowedSources": ["10.0.0.0/8", "10.0.0.1/8"]}, "allowedSources[1]", "HOST_BITS_SET"),
        ({"thingId": "t_99"}, "thingId", "UNKNOWN_ID"),
        ({"name": "a\x1bb"}, "name", "CONTROL_CHARACTER"),
        ({"expiresAt": "2026-11-22T03:12:05Z"}, "expiresAt", "PAST"),
        ({"expiresAt": "2026-11-22T03:12:04Z", "enabled": False}, "expiresAt", "PAST"),
        ({"expiresAt": "tomorrow"}, "expiresAt", "SYNTAX"),
    ],
)
def test_bad_fields_are_named(
    world: World, send: Any, change: dict[str, Any], field: str, code: str
) -> None:
    send.bad(field, code, "POST", RULES, NEW | change)
    path = send("POST", RULES, NEW).location
    before = send("GET", path).body
    send.bad(field, code, "PATCH", path, change)
    assert send("GET", path).body == before


def test_the_thing_is_in_this_network_and_its_address_is_locked(world: World, send: Any) -> None:
    send.refused("WRONG_NETWORK", "POST", RULES, NEW | {"thingId": "t_5"})
    refused = send.refused("IP_NOT_LOCKED", "POST", RULES, NEW | {"thingId": "t_2"})
    assert "valve-2" in refused.message
    send.refused("IP_NOT_LOCKED", "POST", RULES, NEW | {"thingId": "t_3", "enabled": False})
    path = send("POST", RULES, NEW).location
    send.refused("WRONG_NETWORK", "PATCH", path, {"thingId": "t_5"})
    send.refused("IP_NOT_LOCKED", "PATCH", path, {"thingId": "t_3", "enabled": False})


@pytest.mark.parametrize("ports", ["8080", "8000-8080", "8080-8090", "8000-9000"])
def test_a_public_port_leads_to_one_place(send: Any, ports: str) -> None:
    first = send("POST", RULES, NEW | {"enabled": False})
    length = {"8080": "1", "8000-8080": "1-81", "8080-8090": "1-11", "8000-9000": "1-1001"}
    taken = NEW | {"publicPorts": ports, "privatePorts": length[ports]}
    refused = send.refused("PORT_IN_USE", "POST", RULES, taken)
    assert first.body["natRuleId"] in refused.info
    assert send("POST", RULES, taken | {"protocol": "UDP"}).status == 201


def test_neighbouring_ports_are_free(send: Any) -> None:
    send("POST", RULES, NEW | {"publicPorts": "8080-8089", "privatePorts": "1-10"})
    for ports in ("8079", "8090"):
        assert send("POST", RULES, NEW | {"publicPorts": ports}).status == 201


def test_a_rule_is_not_in_its_own_way(send: Any) -> None:
    path = send("POST", RULES, NEW).location
    send("POST", RULES, NEW | {"publicPorts": "9090"})
    assert send("PATCH", path, {"publicPorts": "8080", "name": "x"}).status == 200
    send.refused("PORT_IN_USE", "PATCH", path, {"publicPorts": "9090"})


def test_ports_are_counted_per_public_address(world: World, send: Any) -> None:
    send("POST", RULES, NEW)
    lock_address(world, world.things["t_5"], None)
    other = "/networks/n_2/nat-rules"
    assert send("POST", other, NEW | {"thingId": "t_5"}).status == 201
    world.networks["n_2"].nat_public_address = world.networks["n_1"].nat_public_address
    send("POST", RULES, NEW | {"publicPorts": "9000"})
    send.refused("PORT_IN_USE", "POST", other, NEW | {"thingId": "t_5", "publicPorts": "9000"})


def test_there_is_a_limit(world: World, send: Any) -> None:
    rules = world.networks["n_1"].nat_rules
    for number in range(limits.NAT_RULES):
        port = str(20_000 + number)
        rules[f"nat_x{number}"] = NatRuleRecord(
            f"nat_x{number}", "TCP", port, "t_1", "80", world.clock.now()
        )
    send.refused("LIMIT_REACHED", "POST", RULES, NEW)


def test_a_rule_ends_when_it_expires(
    world: World, send: Any, wait: Callable[[float], None]
) -> None:
    ends = (world.clock.now() + timedelta(hours=1)).isoformat()
    path = send("POST", RULES, NEW | {"expiresAt": ends}).location
    wait(3599)
    assert send("GET", path).body["enabled"] is True
    wait(1)
    ended = send("GET", path)
    assert (ended.body["enabled"], ended.version) == (False, 2)
    assert world.events[-1].type == "NAT_RULE_EXPIRED"
    assert send("PATCH", path, {"name": "old"}).body["expiresAt"] is not None
    send.bad("expiresAt", "PAST", "PATCH", path, {"enabled": True})
    assert send("PATCH", path, {"enabled": True, "expiresAt": None}).body["enabled"] is True


def test_more_time_can_be_given(world: World, send: Any, wait: Callable[[float], None]) -> None:
    start = world.clock.now()
    first, second = (start + timedelta(hours=hours) for hours in (1, 2))
    path = send("POST", RULES, NEW | {"expiresAt": first.isoformat()}).location
    send("PATCH", path, {"expiresAt": second.isoformat()})
    wait(3700)
    assert send("GET", path).body["enabled"] is True
    wait(3600)
    assert send("GET", path).body["enabled"] is False


def test_nothing_ends_that_was_deleted(
    world: World, send: Any, wait: Callable[[float], None]
) -> None:
    ends = (world.clock.now() + timedelta(hours=1)).isoformat()
    path = send("POST", RULES, NEW | {"expiresAt": ends}).location
    send("DELETE", path)
    wait(3700)
    assert not [event for event in world.events if event.type == "NAT_RULE_EXPIRED"]


def test_the_rule_of_a_retired_thing_is_off_and_can_only_stay_so(world: World, send: Any) -> None:
    path = send("POST", RULES, NEW).location
    change_state(world, world.things["t_1"], "RETIRED", world.clock.now(), "anna")
    retired = send("GET", path)
    assert (retired.body["enabled"], retired.version) == (False, 2)
    assert "privateAddress" not in retired.body
    send.refused("IP_NOT_LOCKED", "PATCH", path, {"enabled": True})
    assert send("PATCH", path, {"name": "old"}).body["name"] == "old"
    assert send("DELETE", path).body == {}


def test_if_match_is_optional_and_honoured(send: Any) -> None:
    path = send("POST", RULES, NEW).location
    assert send("PATCH", path, {"name": "a"}, if_match='"v1"').version == 2
    send.refused("ETAG_MISMATCH", "PATCH", path, {"name": "b"}, if_match='"v1"')
    send.refused("ETAG_MISMATCH", "DELETE", path, if_match='"v1"')
    assert send("DELETE", path, if_match='"v1", "v2"').body == {}
    send.refused("NOT_FOUND", "GET", path)


def test_rules_are_sorted_by_port_number(send: Any) -> None:
    for ports in ("10000", "2000", "3000"):
        send("POST", RULES, NEW | {"publicPorts": ports})
    items = send("GET", RULES, query={"sort": "publicPorts"}).body["items"]
    assert [rule["publicPorts"] for rule in items] == ["2000", "3000", "10000"]
