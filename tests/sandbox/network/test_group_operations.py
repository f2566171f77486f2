"""Things Groups over their operations (contract §3.3)."""

from __future__ import annotations

from typing import Any

import pytest

from simtui.sandbox import limits
from simtui.sandbox.records import GroupRecord, IpProfileRecord
from simtui.sandbox.world import World

NEW = {"name": "north-yard", "networkId": "n_2", "ipProfileId": "ip_1"}


def test_the_list_has_counts_and_the_default_group_first(world: World, send: Any) -> None:
    world.groups["g_2"].is_default, world.groups["g_1"].is_default = True, False
    body = send("GET", "/things-groups").body
    assert [group["thingsGroupId"] for group in body["items"]] == ["g_2", "g_1"]
    assert body["total"] == 2
    second = body["items"][1]
    assert second["thingCount"] == 4
    assert second["countsByState"] == {
        "PROVISIONED": 0,
        "ACTIVE": 3,
        "SUSPENDED": 1,
        "RETIRED": 0,
    }


@pytest.mark.parametrize(
    ("sort", "ids"),
    [("name", ["g_1", "g_2"]), ("-name", ["g_2", "g_1"]), ("thingCount", ["g_2", "g_1"])],
)
def test_the_list_is_sorted(send: Any, sort: str, ids: list[str]) -> None:
    items = send("GET", "/things-groups", query={"sort": sort}).body["items"]
    assert [group["thingsGroupId"] for group in items] == ids


def test_a_new_group_is_empty_and_can_be_read(send: Any) -> None:
    answer = send("POST", "/things-groups", NEW | {"name": " De\u0301pot "})
    assert (answer.status, answer.version) == (201, 1)
    assert answer.body["name"] == "D\u00e9pot"
    assert answer.body["thingCount"] == 0
    assert answer.body["isDefault"] is False
    read = send("GET", answer.location)
    assert read.body == answer.body
    assert read.version == 1


def test_a_name_is_used_once_ignoring_case(send: Any) -> None:
    send.refused("NAME_IN_USE", "POST", "/things-groups", NEW | {"name": " DEPOT-7 "})
    send.refused("NAME_IN_USE", "PATCH", "/things-groups/g_1", {"name": "Depot-7"})
    assert send("PATCH", "/things-groups/g_2", {"name": "DEPOT-7"}).body["name"] == "DEPOT-7"


@pytest.mark.parametrize(
    ("change", "field", "code"),
    [
        ({"name": "\t"}, "name", "CONTROL_CHARACTER"),
        ({"name": " "}, "name", "LENGTH"),
        ({"description": "a\0"}, "description", "CONTROL_CHARACTER"),
        ({"networkId": "n_9"}, "networkId", "UNKNOWN_ID"),
        ({"ipProfileId": "ip_9"}, "ipProfileId", "UNKNOWN_ID"),
    ],
)
def test_bad_fields_are_named(
    world: World, send: Any, change: dict[str, str], field: str, code: str
) -> None:
    send.bad(field, code, "POST", "/things-groups", NEW | change)
    send.bad(field, code, "PATCH", "/things-groups/g_1", change)
    assert list(world.groups) == ["g_1", "g_2"]
    assert world.groups["g_1"].version == 1


def test_there_is_a_limit(world: World, send: Any) -> None:
    for number in range(3, limits.THINGS_GROUPS + 1):
        world.groups[f"g_{number}"] = GroupRecord(f"g_{number}", f"group {number}", "n_1", "ip_1")
    refused = send.refused("LIMIT_REACHED", "POST", "/things-groups", NEW)
    assert refused.info == "contact KPN for an extension"


def test_a_patch_changes_only_what_it_names(world: World, send: Any) -> None:
    world.ip_profiles["ip_2"] = IpProfileRecord("ip_2", "strict")
    answer = send("PATCH", "/things-groups/g_1", {"description": "spare", "ipProfileId": "ip_2"})
    assert (answer.status, answer.version, answer.body["version"]) == (200, 2, 2)
    assert (answer.body["name"], answer.body["description"]) == ("default", "spare")
    assert answer.body["ipProfileId"] == "ip_2"
    assert "effectiveAfter" not in answer.body


def test_another_network_is_taken_at_the_next_session(world: World, send: Any) -> None:
    revision = world.revision
    body = send("PATCH", "/things-groups/g_2", {"networkId": "n_1"}).body
    assert world.revision > revision
    assert (body["effectiveAfter"], body["affectedThings"]) == ("NEXT_SESSION", 2)
    again = send("PATCH", "/things-groups/g_2", {"networkId": "n_1"}).body
    assert "affectedThings" not in again


def test_a_group_with_locked_addresses_stays_in_its_network(world: World, send: Any) -> None:
    send.refused("IP_LOCKED", "PATCH", "/things-groups/g_1", {"networkId": "n_2"})
    assert world.groups["g_1"].network_id == "n_1"
    world.things["t_1"].group_id = "g_2"
    assert send("PATCH", "/things-groups/g_1", {"networkId": "n_2"}).body["affectedThings"] == 3


def test_if_match_is_optional_and_honoured(send: Any) -> None:
    send("PATCH", "/things-groups/g_2", {"description": "x"}, if_match='"v1"')
    mismatch = send.refused(
        "ETAG_MISMATCH", "PATCH", "/things-groups/g_2", {"name": "y"}, if_match='"v1"'
    )
    assert "administrator@example.com" in mismatch.message
    assert mismatch.info == "current version v2"
    send.refused("ETAG_MISMATCH", "DELETE", "/things-groups/g_2", if_match='"v1"')
    send("PATCH", "/things-groups/g_2", {"description": "z"}, if_match="*")


def test_only_an_empty_group_is_deleted_and_never_the_default_one(world: World, send: Any) -> None:
    send.refused("RESOURCE_IN_USE", "DELETE", "/things-groups/g_2")
    send.refused("DEFAULT_GROUP", "DELETE", "/things-groups/g_1")
    new = send("POST", "/things-groups", NEW).location
    assert send("DELETE", new).body == {}
    send.refused("NOT_FOUND", "GET", new)
    send.refused("NOT_FOUND", "DELETE", new)
    send.refused("NOT_FOUND", "PATCH", new, {"name": "x"})


def test_the_things_of_a_group(send: Any) -> None:
    body = send("GET", "/things-groups/g_2/things").body
    assert {thing["thingId"] for thing in body["items"]} == {"t_5", "t_6"}
    assert send("GET", "/things-groups/g_2/things", query={"state": ["RETIRED"]}).body["total"] == 1
    send.refused("NOT_FOUND", "GET", "/things-groups/g_9/things")
