"""IP profiles, their chains and their rules over the operations (contract §3.5)."""

from __future__ import annotations

from typing import Any

import pytest

from simtui.sandbox import limits
from simtui.sandbox.records import IpProfileRecord, RuleRecord
from simtui.sandbox.world import World

PROFILE = "/ip-profiles/ip_2"
INBOUND = f"{PROFILE}/chains/INBOUND"
OUTBOUND = f"{PROFILE}/chains/OUTBOUND"
RULES = f"{PROFILE}/rules"
DROP = {"action": "DROP", "protocol": "ANY"}


@pytest.fixture(autouse=True)
def profile(world: World) -> IpProfileRecord:
    """A profile nobody uses, with rules a, b, c towards the Thing and x from it."""
    record = IpProfileRecord("ip_2", "scada")
    record.inbound = [RuleRecord(name, "ALLOW", "TCP", hits=7) for name in "abc"]
    record.outbound = [RuleRecord("x", "DROP", "UDP", dst_ports="53")]
    world.ip_profiles["ip_2"] = record
    return record


def ids(profile: IpProfileRecord) -> str:
    return "".join(rule.rule_id for rule in profile.inbound)


def test_a_profile_is_shown_with_both_chains(send: Any) -> None:
    answer = send("GET", PROFILE)
    assert answer.version == 1
    assert (answer.body["defaultInbound"], answer.body["defaultOutbound"]) == ("ALLOW", "ALLOW")
    assert answer.body["groupCount"] == 0
    assert [rule["position"] for rule in answer.body["inbound"]] == [1, 2, 3]
    assert answer.body["outbound"] == [
        {
            "ruleId": "x",
            "chain": "OUTBOUND",
            "position": 1,
            "action": "DROP",
            "protocol": "UDP",
            "srcCidr": "ANY",
            "srcPorts": "ANY",
            "dstCidr": "ANY",
            "dstPorts": "53",
            "enabled": True,
            "comment": "",
            "hits": 0,
            "lastHitAt": None,
        }
    ]
    send.refused("NOT_FOUND", "GET", "/ip-profiles/ip_9")


def test_profiles_are_listed_and_sorted(send: Any) -> None:
    items = send("GET", "/ip-profiles", query={"sort": "-name"}).body["items"]
    assert [profile["name"] for profile in items] == ["scada", "everything allowed"]
    items = send("GET", "/ip-profiles", query={"sort": "-groupCount"}).body["items"]
    assert items[0]["groupCount"] == 2


def test_a_new_profile_is_empty(send: Any) -> None:
    answer = send("POST", "/ip-profiles", {"name": " lab ", "description": "d"})
    assert (answer.status, answer.version) == (201, 1)
    assert (answer.body["name"], answer.body["inbound"], answer.body["outbound"]) == ("lab", [], [])
    assert send("GET", answer.location).body == answer.body
    send.bad("name", "LENGTH", "POST", "/ip-profiles", {"name": " "})
    send.bad(
        "description",
        "CONTROL_CHARACTER",
        "POST",
        "/ip-profiles",
        {"name": "x", "description": "\t"},
    )


def test_there_is_a_limit_of_profiles(world: World, send: Any) -> None:
    for number in range(3, limits.IP_PROFILES + 1):
        world.ip_profiles[f"ip_{number}"] = IpProfileRecord(f"ip_{number}", "p")
    send.refused("LIMIT_REACHED", "POST", "/ip-profiles", {"name": "one more"})


def test_a_profile_is_changed_and_deleted_with_if_match(world: World, send: Any) -> None:
    send.refused("IF_MATCH_REQUIRED", "PATCH", PROFILE, {"name": "x"})
    changed = send("PATCH", PROFILE, {"description": "pumps"}, if_match='"v1"')
    assert (changed.body["name"], changed.body["description"]) == ("scada", "pumps")
    send.refused("ETAG_MISMATCH", "PATCH", PROFILE, {"name": "x"}, if_match='"v1"')
    bad = {"name": "new", "description": "\x01"}
    send.bad("description", "CONTROL_CHARACTER", "PATCH", PROFILE, bad, if_match='"v2"')
    assert world.ip_profiles["ip_2"].name == "scada"
    send.refused("IF_MATCH_REQUIRED", "DELETE", PROFILE)
    assert send("DELETE", PROFILE, if_match='"v2"').body == {}
    send.refused("NOT_FOUND", "GET", PROFILE)


def test_a_profile_in_use_is_not_deleted(send: Any) -> None:
    refused = send.refused("RESOURCE_IN_USE", "DELETE", "/ip-profiles/ip_1", if_match='"v1"')
    assert "2 groups" in refused.message


def test_a_chain_has_the_profiles_etag(send: Any) -> None:
    answer = send("GET", INBOUND)
    assert answer.version == 1
    assert [rule["ruleId"] for rule in answer.body["items"]] == ["a", "b", "c"]
    put = send("PUT", OUTBOUND, {"items": []}, if_match='"v1"')
    assert put.version == 2
    assert put.body["items"] == []
    refused = send.refused("ETAG_MISMATCH", "PUT", INBOUND, {"items": []}, if_match='"v1"')
    assert "administrator@example.com" in refused.message
    send.refused("IF_MATCH_REQUIRED", "PUT", INBOUND, {"items": []})
    send.refused("IF_MATCH_REQUIRED", "PUT", INBOUND, {"items": []}, if_match="*")


@pytest.mark.parametrize("path", [f"{PROFILE}/chains/FORWARD", "/ip-profiles/ip_9/chains/INBOUND"])
def test_unknown_chains(send: Any, path: str) -> None:
    send.refused("NOT_FOUND", "GET", path)
    send.refused("NOT_FOUND", "PUT", path, {"items": []}, if_match='"v1"')


def test_a_chain_is_sorted_on_request_only(send: Any) -> None:
    items = send("GET", INBOUND, query={"sort": "-position", "limit": 2}).body["items"]
    assert [(rule["ruleId"], rule["position"]) for rule in items] == [("c", 3), ("b", 2)]


def test_rules_named_by_their_id_keep_their_hits(send: Any, profile: IpProfileRecord) -> None:
    items = [
        {"ruleId": "c", "action": "REJECT", "protocol": "6", "dstPorts": "22"},
        DROP,
        {"ruleId": "a", "action": "ALLOW", "protocol": "TCP"},
    ]
    body = send("PUT", INBOUND, {"items": items}, if_match='"v1"').body
    assert [rule["hits"] for rule in body["items"]] == [7, 0, 7]
    assert [rule["position"] for rule in body["items"]] == [1, 2, 3]
    assert body["items"][0]["action"] == "REJECT"
    new = body["items"][1]["ruleId"]
    assert ids(profile) == f"c{new}a"
    assert new not in "abcx"


def test_what_an_item_leaves_out_becomes_the_default(send: Any, profile: IpProfileRecord) -> None:
    profile.inbound[0].comment = "old"
    profile.inbound[0].enabled = False
    items = [{"ruleId": "a", "action": "ALLOW", "protocol": "TCP"}]
    (rule,) = send("PUT", INBOUND, {"items": items}, if_match='"v1"').body["items"]
    assert (rule["comment"], rule["enabled"]) == ("", True)


BAD_RULES: list[tuple[dict[str, Any], str, str]] = [
    ({"protocol": "256"}, "protocol", "RANGE"),
    ({"protocol": "ICMP", "dstPorts": "80"}, "dstPorts", "NOT_ALLOWED"),
    ({"protocol": "1", "dstPorts": "80"}, "dstPorts", "NOT_ALLOWED"),
    ({"protocol": "ANY", "srcPorts": "80"}, "srcPorts", "NOT_ALLOWED"),
    ({"protocol": "TCP", "dstPorts": "0"}, "dstPorts", "RANGE"),
    ({"protocol": "TCP", "srcPorts": "9-8"}, "srcPorts", "RANGE"),
    ({"protocol": "TCP", "srcPorts": ",".join(["1"] * 16)}, "srcPorts", "TOO_MANY"),
    ({"srcCidr": "10.0.0.1/8"}, "srcCidr", "HOST_BITS_SET"),
    ({"dstCidr": "fd00::/8"}, "dstCidr", "IPV6"),
    ({"dstCidr": "any"}, "dstCidr", "SYNTAX"),
    ({"comment": "\x1b[31m"}, "comment", "CONTROL_CHARACTER"),
]


@pytest.mark.parametrize(("change", "field", "code"), BAD_RULES)
def test_a_bad_rule_changes_nothing(
    send: Any, profile: IpProfileRecord, change: dict[str, Any], field: str, code: str
) -> None:
    before = send("GET", PROFILE).body
    bad = DROP | change
    items = [{"ruleId": "a", **DROP}, bad]
    send.bad(f"items[1].{field}", code, "PUT", INBOUND, {"items": items}, if_match='"v1"')
    send.bad(field, code, "POST", RULES, bad | {"chain": "INBOUND"})
    send.bad(field, code, "PATCH", f"{RULES}/x", {"dstPorts": "ANY"} | bad)
    assert send("GET", PROFILE).body == before


def test_ports_go_with_every_other_protocol(send: Any) -> None:
    for protocol in ("TCP", "UDP", "6", "132"):
        rule = {"chain": "INBOUND", "action": "ALLOW", "protocol": protocol, "dstPorts": "22,80-90"}
        assert send("POST", RULES, rule).body["dstPorts"] == "22,80-90"


def test_what_was_sent_is_normalised(send: Any) -> None:
    rule = DROP | {"chain": "INBOUND", "protocol": "047", "srcCidr": "10.0.0.1", "comment": " x "}
    body = send("POST", RULES, rule).body
    assert (body["protocol"], body["srcCidr"], body["comment"]) == ("47", "10.0.0.1/32", "x")


def test_ids_in_a_chain_are_known_and_sent_once(send: Any) -> None:
    unknown = {"items": [{"ruleId": "x", **DROP}]}
    send.bad("items[0].ruleId", "UNKNOWN_ID", "PUT", INBOUND, unknown, if_match='"v1"')
    twice = {"items": [{"ruleId": "a", **DROP}, {"ruleId": "a", **DROP}]}
    send.bad("items", "DUPLICATE", "PUT", INBOUND, twice, if_match='"v1"')


def test_a_chain_holds_a_hundred_rules(send: Any, profile: IpProfileRecord) -> None:
    hundred = {"items": [DROP] * limits.RULES_PER_CHAIN}
    body = send("PUT", INBOUND, hundred, if_match='"v1"').body
    assert (body["total"], len(body["items"])) == (100, 100)
    send.refused("LIMIT_REACHED", "POST", RULES, DROP | {"chain": "INBOUND"})
    send.refused("LIMIT_REACHED", "PATCH", f"{RULES}/x", {"chain": "INBOUND"})
    first = profile.inbound[0].rule_id
    assert send("PATCH", f"{RULES}/{first}", {"position": 100}).body["position"] == 100
    assert len(profile.inbound) == 100


@pytest.mark.parametrize(
    ("position", "order"), [(1, "Nabc"), (3, "abNc"), (4, "abcN"), (None, "abcN")]
)
def test_a_rule_is_added_where_it_says(
    send: Any, profile: IpProfileRecord, position: int | None, order: str
) -> None:
    rule: dict[str, Any] = DROP | {"chain": "INBOUND"}
    if position is not None:
        rule["position"] = position
    answer = send("POST", RULES, rule)
    assert (answer.status, answer.version) == (201, 2)
    assert answer.location == f"{RULES}/{answer.body['ruleId']}"
    assert answer.body["position"] == order.index("N") + 1
    assert ids(profile).replace(answer.body["ruleId"], "N") == order


def test_a_position_is_inside_the_chain(send: Any, profile: IpProfileRecord) -> None:
    send.bad("position", "RANGE", "POST", RULES, DROP | {"chain": "INBOUND", "position": 5})
    send.bad("position", "RANGE", "PATCH", f"{RULES}/a", {"position": 4, "comment": "x"})
    assert ids(profile) == "abc"
    assert profile.inbound[0].comment == ""


@pytest.mark.parametrize(("position", "order"), [(1, "bac"), (2, "abc"), (3, "acb")])
def test_a_rule_is_moved(send: Any, profile: IpProfileRecord, position: int, order: str) -> None:
    body = send("PATCH", f"{RULES}/b", {"position": position}).body
    assert (body["position"], body["hits"]) == (position, 7)
    assert ids(profile) == order


def test_a_changed_rule_stays_in_its_place(send: Any, profile: IpProfileRecord) -> None:
    answer = send("PATCH", f"{RULES}/b", {"enabled": False, "dstPorts": "443"}, if_match='"v1"')
    assert (answer.version, answer.body["position"]) == (2, 2)
    assert (answer.body["enabled"], answer.body["dstPorts"]) == (False, "443")
    assert (answer.body["action"], answer.body["protocol"]) == ("ALLOW", "TCP")
    assert ids(profile) == "abc"


@pytest.mark.parametrize(("position", "order"), [(None, "abcx"), (1, "xabc")])
def test_a_rule_moves_to_the_other_chain(
    send: Any, profile: IpProfileRecord, position: int | None, order: str
) -> None:
    change: dict[str, Any] = {"chain": "INBOUND"}
    if position is not None:
        change["position"] = position
    body = send("PATCH", f"{RULES}/x", change).body
    assert (body["chain"], body["ruleId"]) == ("INBOUND", "x")
    assert ids(profile) == order
    assert profile.outbound == []


def test_a_rule_is_deleted(send: Any, profile: IpProfileRecord) -> None:
    send.refused("ETAG_MISMATCH", "DELETE", f"{RULES}/b", if_match='"v9"')
    assert send("DELETE", f"{RULES}/b").body == {}
    assert ids(profile) == "ac"
    assert profile.version == 2
    for method, body in (("DELETE", None), ("PATCH", {"enabled": True})):
        send.refused("NOT_FOUND", method, f"{RULES}/b", body)
    send.refused("NOT_FOUND", "DELETE", "/ip-profiles/ip_1/rules/a")
