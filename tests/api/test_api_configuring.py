"""What each change of the configuration sends, what it makes of the answer, and that a key is
nowhere but in the body (contract §1.5, §2, §3.3 to §3.7)."""

from __future__ import annotations

import json
import logging
import traceback
from dataclasses import replace
from typing import Any

import httpx
import pytest

from simtui.errors import Conflict, Invalid, NotFound, OutcomeUnknown, SimtuiError
from simtui.models import Job
from simtui.models.config_change import ConfigChange, Kind, Ref
from simtui.models.saved import Saved
from simtui.models.settings import TunnelSettings
from tests.config_samples import AFTER, BEFORE, CHANGES, PSK, WITH_KEY, change_of

GROUP = {"thingsGroupId": "g_1", "name": "depot-7", "version": 8}
NETWORK = {"networkId": "n_1", "name": "depots", "version": 8}
POOL = {"ipPoolId": "p_1", "cidr": "10.0.0.0/23", "version": 8}
PROFILE = {"ipProfileId": "ip_1", "name": "closed", "version": 8}
NAT_RULE = {
    "natRuleId": "nat_1",
    "protocol": "TCP",
    "publicPorts": "8022",
    "thingId": "t_1",
    "privatePorts": "22",
    "version": 8,
}
TUNNEL = {"tunnelId": "tun_1", "name": "hq", "version": 8}
USER = {"userId": "u_1", "email": "zoe@example.com", "name": "Zoe Claes", "version": 8}
JOB = {"jobId": "j_7", "type": "TUNNEL", "status": "QUEUED"}
ITEMS = {"items": [], "offset": 0, "limit": 0, "total": 0}

ANSWERS = {
    Kind.GROUP: GROUP,
    Kind.NETWORK: NETWORK,
    Kind.POOL: POOL,
    Kind.PROFILE: PROFILE,
    Kind.NAT_RULE: NAT_RULE,
    Kind.TUNNEL: TUNNEL,
    Kind.USER: USER,
    Kind.ROUTES: ITEMS,
    Kind.CHAIN: ITEMS,
}

REQUESTS: dict[str, tuple[str, str, Any]] = {
    "create-user": (
        "POST",
        "/users",
        {"email": "zoe@example.com", "name": "Zoe Claes", "permissionLevel": "OPERATOR"},
    ),
    "change-user": (
        "PATCH",
        "/users/u_1",
        {"permissionLevel": "OPERATOR", "status": "DISABLED"},
    ),
    "delete-user": ("DELETE", "/users/u_1", None),
    "create-group": (
        "POST",
        "/things-groups",
        {
            "name": "depot-7",
            "description": "the yard",
            "networkId": "n_2",
            "ipProfileId": "ip_1",
        },
    ),
    "change-group": ("PATCH", "/things-groups/g_1", {"networkId": "n_2"}),
    "delete-group": ("DELETE", "/things-groups/g_1", None),
    "create-network": (
        "POST",
        "/networks",
        {"name": "depots", "description": "all of them", "thingIsolation": True},
    ),
    "change-network": ("PATCH", "/networks/n_1", {"thingIsolation": True}),
    "delete-network": ("DELETE", "/networks/n_1", None),
    "create-pool": ("POST", "/networks/n_1/ip-pools", {"cidr": "10.0.0.0/23"}),
    "change-pool": ("PATCH", "/networks/n_1/ip-pools/p_1", {"cidr": "10.0.0.0/23"}),
    "delete-pool": ("DELETE", "/networks/n_1/ip-pools/p_1", None),
    "change-routes": (
        "PUT",
        "/networks/n_1/routes",
        {
            "items": [
                {
                    "destinationCidr": "10.8.0.0/16",
                    "target": {"type": "IPSEC_TUNNEL", "tunnelId": "tun_1"},
                    "metric": 60,
                    "enabled": True,
                    "routeId": "rt_1",
                },
                {
                    "destinationCidr": "172.16.0.0/12",
                    "target": {"type": "INTERNET"},
                    "metric": 200,
                    "enabled": True,
                },
            ]
        },
    ),
    "create-profile": (
        "POST",
        "/ip-profiles",
        {"name": "closed", "description": "nothing comes in"},
    ),
    "change-profile": ("PATCH", "/ip-profiles/ip_1", {"description": "nothing comes in"}),
    "delete-profile": ("DELETE", "/ip-profiles/ip_1", None),
    "change-chain": (
        "PUT",
        "/ip-profiles/ip_1/chains/INBOUND",
        {
            "items": [
                {
                    "action": "ALLOW",
                    "protocol": "TCP",
                    "srcCidr": "10.0.0.0/8",
                    "srcPorts": "ANY",
                    "dstCidr": "ANY",
                    "dstPorts": "80,443",
                    "enabled": True,
                    "comment": "",
                    "ruleId": "r_2",
                },
                {
                    "action": "ALLOW",
                    "protocol": "UDP",
                    "srcCidr": "ANY",
                    "srcPorts": "ANY",
                    "dstCidr": "ANY",
                    "dstPorts": "53",
                    "enabled": True,
                    "comment": "names",
                },
                {
                    "action": "REJECT",
                    "protocol": "TCP",
                    "srcCidr": "ANY",
                    "srcPorts": "ANY",
                    "dstCidr": "ANY",
                    "dstPorts": "22",
                    "enabled": True,
                    "comment": "no ssh",
                    "ruleId": "r_1",
                },
            ]
        },
    ),
    "create-nat-rule": (
        "POST",
        "/networks/n_1/nat-rules",
        {
            "protocol": "TCP",
            "publicPorts": "8022",
            "thingId": "t_1",
            "privatePorts": "22",
            "name": "ssh",
            "allowedSources": ["203.0.113.0/24"],
            "enabled": False,
        },
    ),
    "change-nat-rule": (
        "PATCH",
        "/networks/n_1/nat-rules/nat_1",
        {"allowedSources": ["203.0.113.0/24"], "enabled": False, "expiresAt": None},
    ),
    "delete-nat-rule": ("DELETE", "/networks/n_1/nat-rules/nat_1", None),
    "create-tunnel": (
        "POST",
        "/networks/n_1/ipsec-tunnels",
        {
            "name": "hq",
            "remoteGateway": "198.51.100.7",
            "description": "",
            "enabled": True,
            "ikeVersion": "IKEV2",
            "exchangeMode": "MAIN",
            "phase1": {
                "encryption": ["AES256"],
                "integrity": ["SHA2_256"],
                "dhGroups": [19, 20],
                "lifetimeSeconds": 28_800,
            },
            "phase2": {
                "encryption": ["AES256"],
                "integrity": ["SHA2_256"],
                "pfsGroups": [],
                "lifetimeSeconds": 1800,
            },
            "dpd": {"delaySeconds": 10, "timeoutSeconds": 30, "action": "CLEAR"},
            "startupAction": "INITIATE",
            "localCidrs": ["10.0.0.0/24"],
            "remoteCidrs": ["192.168.0.0/24", "192.168.2.0/24"],
        },
    ),
    "change-tunnel": (
        "PATCH",
        "/networks/n_1/ipsec-tunnels/tun_1",
        {
            "localId": None,
            "phase1": {"dhGroups": [19, 20]},
            "phase2": {"pfsGroups": [], "lifetimeSeconds": 1800},
            "dpd": {"action": "CLEAR"},
            "remoteCidrs": ["192.168.0.0/24", "192.168.2.0/24"],
        },
    ),
    "delete-tunnel": ("DELETE", "/networks/n_1/ipsec-tunnels/tun_1", None),
}


def test_no_change_is_left_out() -> None:
    assert REQUESTS.keys() == CHANGES.keys()


def answer_to(change: ConfigChange) -> httpx.Response:
    if change.verb == "delete":
        return httpx.Response(200, json={})
    status = 201 if change.verb == "create" else 200
    return httpx.Response(status, json=ANSWERS[change.ref.kind], headers={"ETag": '"v9"'})


async def sent(api, change: ConfigChange) -> httpx.Request:
    api.answer_with(answer_to(change))
    await api.client().configure(change, request_id="r-1")
    (request,) = api.requests
    return request


def body_of(request: httpx.Request) -> Any:
    return json.loads(request.content) if request.content else None


@pytest.mark.parametrize("name", CHANGES)
async def test_what_it_sends(api, name) -> None:
    request = await sent(api, CHANGES[name])
    path = request.url.path.removeprefix("/iot/sim")
    assert (request.method, path, body_of(request)) == REQUESTS[name]
    assert request.headers["x-request-id"] == "r-1"
    assert not request.url.query


@pytest.mark.parametrize("name", CHANGES)
async def test_it_is_about_the_version_that_was_seen(api, name) -> None:
    request = await sent(api, CHANGES[name])
    expected = None if name.startswith("create") else '"v7"'
    assert request.headers.get("if-match") == expected


@pytest.mark.parametrize("name", ["change-group", "delete-nat-rule", "change-chain"])
async def test_a_version_that_is_not_known_is_not_made_up(api, name) -> None:
    request = await sent(api, replace(CHANGES[name], version=0))
    assert "if-match" not in request.headers


@pytest.mark.parametrize("name", CHANGES)
async def test_what_it_makes_of_a_success(api, name) -> None:
    change = CHANGES[name]
    api.answer_with(answer_to(change))
    saved = await api.client().configure(change, request_id="r-1")
    if change.verb == "delete":
        assert saved == Saved()
    elif change.ref.kind in (Kind.CHAIN, Kind.ROUTES):
        assert saved == Saved(change.ref.object_id, 9)
    else:
        (identity,) = [ANSWERS[change.ref.kind][key] for key in list(ANSWERS[change.ref.kind])[:1]]
        assert saved == Saved(identity, 9)


async def test_without_an_etag_the_version_is_the_objects_own(api) -> None:
    api.answer_with(httpx.Response(200, json=GROUP))
    saved = await api.client().configure(CHANGES["change-group"], request_id="r-1")
    assert saved == Saved("g_1", 8)


@pytest.mark.parametrize("name", [name for name in CHANGES if name.endswith("tunnel")])
async def test_what_a_job_does(api, name) -> None:
    api.answer_with(httpx.Response(202, json=JOB, headers={"location": "/jobs/j_7"}))
    job = await api.client().configure(CHANGES[name], request_id="r-1")
    assert isinstance(job, Job)
    assert job.job_id == "j_7"
    assert len(api.requests) == 1


@pytest.mark.parametrize("name", CHANGES)
@pytest.mark.parametrize(
    "body", [b"<html><title>Hotel WiFi</title>", b"[]", b'{"ok":', b'"done"', b"null"]
)
async def test_a_page_of_somebody_else_is_no_success(api, name, body) -> None:
    api.answer_with(httpx.Response(200, content=body))
    with pytest.raises(OutcomeUnknown):
        await api.client().configure(CHANGES[name], request_id="r-1")
    assert len(api.requests) == 1


@pytest.mark.parametrize(
    "ref",
    [
        Ref(Kind.NAT_RULE, "..", "n_1"),
        Ref(Kind.NAT_RULE, "nat_1", ".."),
        Ref(Kind.NAT_RULE, "", "n_1"),
        Ref(Kind.NAT_RULE, "nat_1"),
        Ref(Kind.ROUTES),
        Ref(Kind.GROUP),
    ],
)
async def test_an_impossible_id_reaches_nobody(api, ref) -> None:
    change = replace(change_of(ref.kind, "change"), ref=ref)
    with pytest.raises(NotFound):
        await api.client().configure(change, request_id="r-1")
    assert api.requests == []


async def test_ids_are_one_step_of_a_path_each(api) -> None:
    change = replace(CHANGES["change-nat-rule"], ref=Ref(Kind.NAT_RULE, "a/b?c", "n/1"))
    request = await sent(api, change)
    assert request.url.raw_path.endswith(b"/networks/n%2F1/nat-rules/a%2Fb%3Fc")


async def test_a_refusal_names_what_is_in_the_way(api) -> None:
    body = {"name": "POOL_IN_USE", "message": "12 Things have an address outside"}
    api.answer_with(httpx.Response(412, json=body))
    with pytest.raises(Conflict, match="Could not resize the IP pool") as caught:
        await api.client().configure(CHANGES["change-pool"], request_id="r-1")
    assert caught.value.name == "POOL_IN_USE"


async def test_bad_input_names_the_fields(api) -> None:
    problem = {"field": "items[1].dstPorts", "code": "PATTERN", "message": "no ports"}
    body = {"name": "VALIDATION_FAILED", "message": "Bad", "errors": [problem]}
    api.answer_with(httpx.Response(400, json=body))
    with pytest.raises(Invalid) as caught:
        await api.client().configure(CHANGES["change-chain"], request_id="r-1")
    assert caught.value.problems[0].field == "items[1].dstPorts"


# Merge patches


async def test_a_patch_of_nothing_but_a_name_has_nothing_but_a_name(api) -> None:
    before = BEFORE[Kind.TUNNEL]
    assert isinstance(before, TunnelSettings)
    change = replace(CHANGES["change-tunnel"], after=replace(before, name="office"))
    assert body_of(await sent(api, change)) == {"name": "office"}


@pytest.mark.parametrize(
    ("part", "fields", "body"),
    [
        ("phase1", {"lifetime_seconds": 900}, {"phase1": {"lifetimeSeconds": 900}}),
        ("phase2", {"encryption": ("AES128",)}, {"phase2": {"encryption": ["AES128"]}}),
        ("dpd", {"delay_seconds": 20}, {"dpd": {"delaySeconds": 20}}),
    ],
)
async def test_of_a_nested_part_only_what_differs_is_sent(api, part, fields, body) -> None:
    before = BEFORE[Kind.TUNNEL]
    wanted = replace(before, **{part: replace(getattr(before, part), **fields)})
    change = replace(CHANGES["change-tunnel"], after=wanted)
    assert body_of(await sent(api, change)) == body


@pytest.mark.parametrize("kind", [Kind.CHAIN, Kind.ROUTES])
async def test_a_list_is_sent_whole_even_when_it_is_empty(api, kind) -> None:
    change = change_of(kind, "change")
    empty = replace(change, after=type(AFTER[kind])())
    assert body_of(await sent(api, empty)) == {"items": []}


# The key


@pytest.mark.parametrize("name", WITH_KEY)
async def test_a_key_is_in_the_body_and_joins_what_else_is_sent(api, name) -> None:
    body = body_of(await sent(api, WITH_KEY[name]))
    assert body.pop("psk") == PSK
    without = REQUESTS[name][2] if name in REQUESTS else {}
    assert body == without


@pytest.mark.parametrize("name", CHANGES)
async def test_without_a_key_there_is_none(api, name) -> None:
    assert b"psk" not in (await sent(api, CHANGES[name])).content


ECHOES = [
    lambda text: httpx.Response(400, json={"message": f"bad key {text}", "name": text}),
    lambda text: httpx.Response(400, json={"errors": [{"field": "psk", "message": text}]}),
    lambda text: httpx.Response(412, text=text),
    lambda text: httpx.Response(500, json={"fault": {"faultstring": text}}),
    lambda text: httpx.Response(502, text=f"<html><title>{text}</title>"),
    lambda text: httpx.Response(200, text=f"<html><title>{text}</title>"),
    lambda text: httpx.Response(202, json={"status": text}),
    lambda text: httpx.Response(302, headers={"location": f"https://evil.example.net/?{text}"}),
    lambda text: httpx.Response(301, headers={"location": f"https://evil.example.net/?{text}"}),
]


@pytest.mark.parametrize("echo", ECHOES)
@pytest.mark.parametrize("name", WITH_KEY)
async def test_a_server_that_repeats_the_key_is_not_repeated(api, caplog, echo, name) -> None:
    caplog.set_level(logging.DEBUG)
    api.handler = lambda request: echo(json.loads(request.content)["psk"])
    with pytest.raises(SimtuiError) as caught:
        await api.client().configure(WITH_KEY[name], request_id="r-1")
    error = caught.value
    problems = getattr(error, "problems", ())
    shown = [str(error), repr(error), repr(vars(error)), repr(problems), caplog.text]
    shown += traceback.format_exception(error)
    assert PSK not in " ".join(shown)


async def test_a_key_is_in_no_log_when_all_is_well(api, caplog) -> None:
    caplog.set_level(logging.DEBUG)
    await sent(api, WITH_KEY["create-tunnel"])
    assert "ipsec-tunnels" in caplog.text
    assert PSK not in caplog.text


def test_a_change_does_not_show_its_key() -> None:
    change = WITH_KEY["create-tunnel"]
    assert PSK not in f"{change} {change!r}"
    assert not WITH_KEY["key-only"].changes_nothing
    assert replace(WITH_KEY["key-only"], psk=None).changes_nothing
