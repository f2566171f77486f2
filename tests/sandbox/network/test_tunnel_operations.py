"""IPsec tunnels over their operations (contract §3.7)."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from simtui.sandbox import limits
from simtui.sandbox.jobs import cancel_job
from simtui.sandbox.records import JobRecord, RouteRecord, TunnelRecord
from simtui.sandbox.tunnels import NEGOTIATION, set_state
from simtui.sandbox.validate.ipsec import check_psk
from simtui.sandbox.world import World

TUNNELS = "/networks/n_1/ipsec-tunnels"
NEW = {"name": "hq", "remoteGateway": "vpn.example.com", "remoteCidrs": ["172.16.0.0/16"]}
MINUTES = NEGOTIATION.total_seconds() + 1


def job_of(world: World, answer: Any) -> JobRecord:
    assert (answer.status, answer.body["type"]) == (202, "TUNNEL")
    assert answer.retry_after is not None
    return world.jobs[answer.location.removeprefix("/jobs/")]


@pytest.fixture
def tunnel(world: World, send: Any, wait: Callable[[float], None]) -> TunnelRecord:
    """A tunnel that is up; its ETag is ``"v1"``."""
    send("POST", TUNNELS, NEW | {"psk": "abcd1234"})
    wait(MINUTES)
    (record,) = world.networks["n_1"].tunnels.values()
    return record


@pytest.fixture
def path(tunnel: TunnelRecord) -> str:
    return f"{TUNNELS}/{tunnel.tunnel_id}"


def test_a_tunnel_takes_minutes(world: World, send: Any, wait: Callable[[float], None]) -> None:
    job = job_of(world, send("POST", TUNNELS, NEW))
    (listed,) = send("GET", TUNNELS).body["items"]
    assert listed["status"]["state"] == "NEGOTIATING"
    assert listed["status"]["phase1Up"] is False
    wait(60)
    assert job.status == "RUNNING"
    wait(MINUTES - 60)
    assert job.status == "COMPLETED"
    read = send("GET", f"{TUNNELS}/{listed['tunnelId']}")
    assert read.version == 1
    assert read.body["status"]["state"] == "UP"
    assert read.body["status"]["phase2Up"] == [
        {"localCidr": "10.0.4.0/24", "remoteCidr": "172.16.0.0/16", "up": True}
    ]
    assert job.document["tunnelId"] == listed["tunnelId"]
    assert job.document["status"]["state"] == "UP"


def test_the_contracts_defaults(send: Any, path: str) -> None:
    body = send("GET", path).body
    for field in ("tunnelId", "pskSetAt", "status"):
        assert body.pop(field)
    assert body == {
        "name": "hq",
        "description": "",
        "enabled": True,
        "ikeVersion": "IKEV2",
        "exchangeMode": "MAIN",
        "localGateway": "198.51.100.1",
        "remoteGateway": "vpn.example.com",
        "localId": "198.51.100.1",
        "remoteId": "vpn.example.com",
        "phase1": {
            "encryption": ["AES256"],
            "integrity": ["SHA2_256"],
            "dhGroups": [14],
            "lifetimeSeconds": 28800,
        },
        "phase2": {
            "encryption": ["AES256"],
            "integrity": ["SHA2_256"],
            "pfsGroups": [14],
            "lifetimeSeconds": 3600,
        },
        "dpd": {"delaySeconds": 10, "timeoutSeconds": 30, "action": "RESTART"},
        "startupAction": "INITIATE",
        "localCidrs": ["10.0.4.0/24"],
        "remoteCidrs": ["172.16.0.0/16"],
        "version": 1,
    }


@pytest.mark.parametrize("psk", [{}, {"psk": None}])
def test_a_key_that_was_not_given_is_generated(
    world: World, send: Any, wait: Callable[[float], None], psk: dict[str, None]
) -> None:
    job = job_of(world, send("POST", TUNNELS, NEW | psk))
    wait(MINUTES)
    key = job.shown_once["psk"].reveal()
    check_psk("psk", key)
    (tunnel,) = world.networks["n_1"].tunnels.values()
    assert key not in repr((job, tunnel))
    assert key not in json.dumps(send("GET", f"{TUNNELS}/{tunnel.tunnel_id}").body)


def test_a_given_key_is_never_shown_again(world: World, send: Any) -> None:
    job = job_of(world, send("POST", TUNNELS, NEW | {"psk": "correct.horse"}))
    assert job.shown_once == {}
    assert "correct.horse" not in repr(world.networks) + json.dumps(send("GET", TUNNELS).body)


def test_a_new_key_is_dated(
    world: World, send: Any, wait: Callable[[float], None], path: str
) -> None:
    before = send("GET", path).body["pskSetAt"]
    wait(1000)
    send("PATCH", path, {"name": "x"}, if_match='"v1"')
    assert send("GET", path).body["pskSetAt"] == before
    answer = send("PATCH", path, {"psk": "another.key"}, if_match='"v2"')
    assert answer.status == 202
    assert send("GET", path).body["pskSetAt"] > before


BAD_SETTINGS: list[tuple[dict[str, Any], str, str]] = [
    ({"name": "a\nb"}, "name", "CONTROL_CHARACTER"),
    ({"description": "\x00"}, "description", "CONTROL_CHARACTER"),
    ({"remoteGateway": "nowhere"}, "remoteGateway", "SYNTAX"),
    ({"localId": "a@b"}, "localId", "SYNTAX"),
    ({"remoteId": "not an id"}, "remoteId", "SYNTAX"),
    ({"exchangeMode": "AGGRESSIVE"}, "exchangeMode", "NOT_ALLOWED"),
    ({"phase1": {"encryption": []}}, "phase1.encryption", "REQUIRED"),
    ({"phase1": {"encryption": ["3DES"]}}, "phase1.encryption", "NOT_ALLOWED"),
    ({"phase2": {"encryption": ["AES256", "3DES"]}}, "phase2.encryption", "NOT_ALLOWED"),
    ({"phase1": {"encryption": ["AES128", "AES128"]}}, "phase1.encryption", "DUPLICATE"),
    ({"phase1": {"integrity": []}}, "phase1.integrity", "REQUIRED"),
    (
        {"phase2": {"encryption": ["AES128_GCM_16", "AES256"], "integrity": []}},
        "phase2.integrity",
        "REQUIRED",
    ),
    ({"phase1": {"dhGroups": []}}, "phase1.dhGroups", "REQUIRED"),
    ({"phase1": {"dhGroups": [5]}}, "phase1.dhGroups", "NOT_ALLOWED"),
    ({"phase1": {"pfsGroups": [14]}}, "phase1.pfsGroups", "UNKNOWN_FIELD"),
    ({"phase2": {"dhGroups": [14]}}, "phase2.dhGroups", "UNKNOWN_FIELD"),
    ({"phase2": {"lifetimeSeconds": 3601}}, "phase2.lifetimeSeconds", "RANGE"),
    ({"phase1": {"lifetimeSeconds": 3600}}, "phase2.lifetimeSeconds", "RANGE"),
    (
        {"phase1": {"lifetimeSeconds": 900}, "phase2": {"lifetimeSeconds": 900}},
        "phase2.lifetimeSeconds",
        "RANGE",
    ),
    ({"localCidrs": []}, "localCidrs", "REQUIRED"),
    ({"localCidrs": ["10.0.4.0/25"]}, "localCidrs[0]", "NOT_A_POOL"),
    ({"localCidrs": ["10.0.4.0/24", "10.0.4.0/24"]}, "localCidrs", "DUPLICATE"),
    ({"localCidrs": ["10.0.4.1/24"]}, "localCidrs[0]", "HOST_BITS_SET"),
    ({"remoteCidrs": ["172.17.0.0/16", "172.17.1.1/16"]}, "remoteCidrs[1]", "HOST_BITS_SET"),
    ({"remoteCidrs": ["172.17.0.0/16", "172.17.1.0/24"]}, "remoteCidrs", "OVERLAP"),
]


@pytest.mark.parametrize(("change", "field", "code"), BAD_SETTINGS)
def test_bad_settings_are_named(
    world: World, send: Any, path: str, change: dict[str, Any], field: str, code: str
) -> None:
    before = send("GET", path).body
    send.bad(field, code, "PATCH", path, change, if_match='"v1"')
    other = NEW | {"name": "other", "remoteCidrs": ["192.168.0.0/16"]}
    send.bad(field, code, "POST", TUNNELS, other | change)
    assert send("GET", path).body == before
    assert len(world.networks["n_1"].tunnels) == 1


@pytest.mark.parametrize(
    "change",
    [
        {"exchangeMode": "AGGRESSIVE", "ikeVersion": "IKEV1"},
        {"phase2": {"encryption": ["AES256_GCM_16"], "integrity": []}},
        {"phase2": {"pfsGroups": []}},
        {"phase2": {"pfsGroups": [5]}},
        {"phase1": {"dhGroups": [2, 24]}},
        {"phase1": {"lifetimeSeconds": 901}, "phase2": {"lifetimeSeconds": 900}},
        {"dpd": {"action": "NONE"}},
        {"localId": "gw@example.com", "remoteId": "203.0.113.9"},
        {"remoteCidrs": ["172.16.0.0/16", "172.17.0.0/16"]},
    ],
)
def test_good_settings_are_kept_and_the_rest_stays(
    send: Any, path: str, change: dict[str, Any]
) -> None:
    before = send("GET", path).body
    assert send("PATCH", path, change, if_match='"v1"').status == 202
    after = send("GET", path).body
    for field, value in before.items():
        if field in ("status", "version"):
            continue
        wanted = change.get(field, value)
        assert after[field] == ({**value, **wanted} if isinstance(value, dict) else wanted)


def test_remote_networks_belong_to_one_tunnel_and_no_pool(send: Any, path: str) -> None:
    other = NEW | {"name": "other"}
    taken = send.refused("RESOURCE_IN_USE", "POST", TUNNELS, other)
    assert "tunnel hq" in taken.message
    pool = other | {"remoteCidrs": ["10.0.0.0/8"]}
    send.refused("POOL_OVERLAP", "POST", TUNNELS, pool)
    send.refused("POOL_OVERLAP", "PATCH", path, {"remoteCidrs": ["10.0.4.0/26"]}, if_match='"v1"')
    assert send("PATCH", path, {"remoteCidrs": ["172.16.0.0/15"]}, if_match='"v1"').status == 202


def test_all_pools_are_behind_a_tunnel_unless_it_says_otherwise(world: World, send: Any) -> None:
    send("POST", "/networks/n_1/ip-pools", {"cidr": "10.9.0.0/24"})
    send("POST", TUNNELS, NEW)
    (tunnel,) = send("GET", TUNNELS).body["items"]
    assert tunnel["localCidrs"] == ["10.0.4.0/24", "10.9.0.0/24"]
    empty = send("POST", "/networks", {"name": "lab"}).location
    send.bad("localCidrs", "REQUIRED", "POST", f"{empty}/ipsec-tunnels", NEW)


def test_a_bad_key_is_refused(send: Any, path: str) -> None:
    """The document's pattern lets a trailing line feed through; the rule does not."""
    bad = {"psk": "abcd1234\n"}
    send.bad("psk", "SYNTAX", "PATCH", path, bad, if_match='"v1"')
    send.bad("psk", "SYNTAX", "POST", TUNNELS, NEW | {"remoteCidrs": ["172.20.0.0/16"]} | bad)


def test_3des_may_stay_but_not_come(send: Any, tunnel: TunnelRecord, path: str) -> None:
    tunnel.settings["phase1"]["encryption"] = ["3DES"]
    assert send("PATCH", path, {"name": "legacy"}, if_match='"v1"').status == 200
    assert send("GET", path).body["phase1"]["encryption"] == ["3DES"]


def test_words_are_changed_at_once_the_rest_is_negotiated(
    world: World, send: Any, wait: Callable[[float], None], path: str
) -> None:
    words = send("PATCH", path, {"name": " HQ ", "description": "x"}, if_match='"v1"')
    assert (words.status, words.version, words.body["name"]) == (200, 2, "HQ")
    assert words.body["status"]["state"] == "UP"
    job = job_of(world, send("PATCH", path, {"startupAction": "RESPOND"}, if_match='"v2"'))
    assert send("GET", path).body["status"]["state"] == "NEGOTIATING"
    wait(MINUTES)
    assert send("GET", path).body["status"]["state"] == "UP"
    assert job.document["startupAction"] == "RESPOND"


def test_a_second_change_starts_the_negotiation_over(
    send: Any, wait: Callable[[float], None], path: str
) -> None:
    send("PATCH", path, {"startupAction": "RESPOND"}, if_match='"v1"')
    wait(100)
    send("PATCH", path, {"startupAction": "INITIATE"}, if_match='"v2"')
    wait(100)
    assert send("GET", path).body["status"]["state"] == "NEGOTIATING"
    wait(100)
    assert send("GET", path).body["status"]["state"] == "UP"


def test_a_disabled_tunnel_is_down_until_it_is_enabled(
    send: Any, wait: Callable[[float], None], path: str
) -> None:
    off = send("PATCH", path, {"enabled": False}, if_match='"v1"')
    assert (off.status, off.body["status"]["state"]) == (200, "DISABLED")
    since = off.body["status"]["since"]
    wait(10)
    again = send("PATCH", path, {"dpd": {"delaySeconds": 20}}, if_match='"v2"')
    assert (again.status, again.body["status"]["since"]) == (200, since)
    wait(MINUTES)
    assert send("GET", path).body["status"]["state"] == "DISABLED"
    assert send("PATCH", path, {"enabled": True}, if_match='"v3"').status == 202
    wait(MINUTES)
    assert send("GET", path).body["status"]["state"] == "UP"


def test_a_tunnel_may_be_made_disabled(
    world: World, send: Any, wait: Callable[[float], None]
) -> None:
    job = job_of(world, send("POST", TUNNELS, NEW | {"enabled": False}))
    wait(MINUTES)
    assert job.document["status"]["state"] == "DISABLED"


def test_a_cancelled_job_takes_its_tunnel_away(
    world: World, send: Any, wait: Callable[[float], None]
) -> None:
    job = job_of(world, send("POST", TUNNELS, NEW))
    wait(10)
    cancel_job(job, world.clock.now())
    wait(MINUTES)
    assert send("GET", TUNNELS).body["total"] == 0


def test_a_tunnel_with_routes_into_it_outlives_its_cancelled_job(
    world: World, send: Any, wait: Callable[[float], None]
) -> None:
    job = job_of(world, send("POST", TUNNELS, NEW))
    (tunnel_id,) = world.networks["n_1"].tunnels
    route = RouteRecord("r_1", "172.16.0.0/16", "IPSEC_TUNNEL", tunnel_id)
    world.networks["n_1"].routes.append(route)
    cancel_job(job, world.clock.now())
    wait(MINUTES)
    assert send("GET", f"{TUNNELS}/{tunnel_id}").body["status"]["state"] == "UP"


def test_a_tunnel_that_was_deleted_does_not_come_back(
    world: World, send: Any, wait: Callable[[float], None]
) -> None:
    job = job_of(world, send("POST", TUNNELS, NEW))
    (tunnel_id,) = world.networks["n_1"].tunnels
    assert send("DELETE", f"{TUNNELS}/{tunnel_id}", if_match='"v1"').body == {}
    wait(MINUTES)
    assert job.document is None
    assert send("GET", TUNNELS).body["total"] == 0


def test_the_state_tells_how_far_the_peers_got(
    world: World, send: Any, tunnel: TunnelRecord, path: str
) -> None:
    set_state(tunnel, "ERROR", world.clock.now(), "TS_UNACCEPTABLE")
    status = send("GET", path).body["status"]
    assert (status["phase1Up"], status["phase2Up"][0]["up"]) == (True, False)
    set_state(tunnel, "DOWN", world.clock.now(), "DPD_TIMEOUT")
    status = send("GET", path).body["status"]
    assert (status["state"], status["lastError"]) == ("DOWN", "DPD_TIMEOUT")
    assert (status["phase1Up"], status["asOf"]) == (False, status["since"])


def test_a_tunnel_with_routes_into_it_stays(world: World, send: Any, path: str) -> None:
    tunnel_id = path.rpartition("/")[2]
    routes = world.networks["n_1"].routes
    routes.append(RouteRecord("r_1", "172.16.0.0/16", "IPSEC_TUNNEL", tunnel_id))
    refused = send.refused("RESOURCE_IN_USE", "DELETE", path, if_match='"v1"')
    assert refused.info == "172.16.0.0/16"
    routes.clear()
    send("DELETE", path, if_match='"v1"')
    send.refused("NOT_FOUND", "GET", path)


def test_changes_need_if_match(send: Any, path: str) -> None:
    send.refused("IF_MATCH_REQUIRED", "PATCH", path, {"name": "x"})
    send.refused("ETAG_MISMATCH", "PATCH", path, {"name": "x"}, if_match='"v2"')
    send.refused("IF_MATCH_REQUIRED", "DELETE", path)
    send.refused("ETAG_MISMATCH", "DELETE", path, if_match='"v2"')


def test_there_is_a_limit(world: World, send: Any) -> None:
    for number in range(limits.TUNNELS):
        cidrs = {"remoteCidrs": [f"172.{16 + number}.0.0/16"]}
        send("POST", TUNNELS, NEW | {"name": f"t{number}"} | cidrs)
    more = NEW | {"remoteCidrs": ["192.168.0.0/16"]}
    send.refused("LIMIT_REACHED", "POST", TUNNELS, more)


def test_tunnels_are_sorted(send: Any, path: str) -> None:
    send("POST", TUNNELS, NEW | {"name": "Alpha", "remoteCidrs": ["192.168.0.0/16"]})
    names = [t["name"] for t in send("GET", TUNNELS, query={"sort": "name"}).body["items"]]
    assert names == ["Alpha", "hq"]
    states = send("GET", TUNNELS, query={"sort": "-state"}).body["items"]
    assert [tunnel["status"]["state"] for tunnel in states] == ["UP", "NEGOTIATING"]
