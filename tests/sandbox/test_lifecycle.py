"""The state machine of contract §4, and the state operations."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from simtui.sandbox.call import Refused
from simtui.sandbox.faults.switchboard import Faults
from simtui.sandbox.lifecycle import change_state
from simtui.sandbox.records import NatRuleRecord
from simtui.sandbox.world import World

STATES = ("PROVISIONED", "ACTIVE", "SUSPENDED", "RETIRED")
ALLOWED = {
    ("PROVISIONED", "ACTIVE"),
    ("PROVISIONED", "RETIRED"),
    ("ACTIVE", "SUSPENDED"),
    ("ACTIVE", "RETIRED"),
    ("SUSPENDED", "ACTIVE"),
    ("SUSPENDED", "RETIRED"),
}


@pytest.mark.parametrize("before", STATES)
@pytest.mark.parametrize("after", STATES)
def test_every_edge_of_the_state_machine(world: World, before: str, after: str) -> None:
    thing = world.things["t_3"]
    thing.state = before
    now = world.clock.now()
    if before == after:
        assert not change_state(world, thing, after, now, "me")
        assert thing.version == 1
    elif (before, after) in ALLOWED:
        assert change_state(world, thing, after, now, "me", "why")
        assert (thing.state, thing.state_changed_at, thing.version) == (after, now, 2)
        last = thing.state_changes[-1]
        assert (last.from_state, last.to_state, last.by, last.reason) == (
            before,
            after,
            "me",
            "why",
        )
    else:
        with pytest.raises(Refused) as refused:
            change_state(world, thing, after, now, "me")
        assert (refused.value.status, refused.value.name) == (412, "ILLEGAL_STATE_TRANSITION")
        assert thing.state == before


def test_retiring_releases_the_lock_and_disables_nat_rules(world: World) -> None:
    thing = world.things["t_1"]
    now = world.clock.now()
    rules = world.networks["n_1"].nat_rules
    rules["nat_1"] = NatRuleRecord("nat_1", "TCP", "8080", "t_1", "80", now)
    rules["nat_2"] = NatRuleRecord("nat_2", "TCP", "8081", "t_2", "80", now)
    change_state(world, thing, "RETIRED", now, "me")
    assert not thing.ip_locked
    assert thing.ip_address == "10.0.4.17"
    assert (rules["nat_1"].enabled, rules["nat_1"].version) == (False, 2)
    assert rules["nat_2"].enabled


async def put_state(api: httpx.AsyncClient, thing: str, state: str, **more: Any) -> httpx.Response:
    params, headers = more.pop("params", None), more.pop("headers", None)
    body = {"state": state, **more}
    return await api.put(f"/things/{thing}/state", json=body, params=params, headers=headers)


async def test_suspending_does_not_cut_the_session(api: httpx.AsyncClient, world: World) -> None:
    answer = await put_state(api, "t_2", "SUSPENDED", reason="INC-4711 stolen")
    body = answer.json()
    assert (answer.status_code, body["state"], body["session"]["state"]) == (
        200,
        "SUSPENDED",
        "ONLINE",
    )
    assert answer.headers["etag"] == '"v2"'
    assert not world.jobs
    history = (await api.get("/things/t_2/state-history")).json()["items"]
    assert history[0] == {
        "at": "2026-11-22T03:12:05Z",
        "from": "ACTIVE",
        "to": "SUSPENDED",
        "by": "administrator@example.com",
        "reason": "INC-4711 stolen",
    }


async def test_the_session_ends_when_asked(api: httpx.AsyncClient, world: World) -> None:
    await put_state(api, "t_2", "SUSPENDED", params={"endSession": "true"})
    assert [job.type for job in world.jobs.values()] == ["CONNECTION_RESET"]
    world.clock.advance(120)
    assert (await api.get("/things/t_2")).json()["session"]["state"] == "OFFLINE"


async def test_there_is_no_session_to_end(api: httpx.AsyncClient, world: World) -> None:
    await put_state(api, "t_4", "ACTIVE", params={"endSession": "true"})
    assert not world.jobs


async def test_the_same_state_again_changes_nothing(api: httpx.AsyncClient) -> None:
    answer = await put_state(api, "t_4", "SUSPENDED")
    assert (answer.status_code, answer.json()["version"]) == (200, 1)


async def test_a_retired_thing_stays_retired(api: httpx.AsyncClient) -> None:
    answer = await put_state(api, "t_6", "ACTIVE")
    assert (answer.status_code, answer.json()["name"]) == (412, "ILLEGAL_STATE_TRANSITION")


async def test_retiring_takes_a_version_and_the_iccid(api: httpx.AsyncClient, world: World) -> None:
    names = []
    iccid = world.things["t_4"].iccid
    wrong = world.things["t_3"].iccid
    for headers, confirmed in (
        ({}, iccid),
        ({"If-Match": "*"}, iccid),
        ({"If-Match": '"v9"'}, iccid),
        ({"If-Match": '"v1"'}, wrong),
    ):
        answer = await put_state(api, "t_4", "RETIRED", headers=headers, confirmIccid=confirmed)
        assert answer.status_code == 412
        names.append(answer.json()["name"])
    assert names == [
        "IF_MATCH_REQUIRED",
        "IF_MATCH_REQUIRED",
        "ETAG_MISMATCH",
        "CONFIRMATION_REQUIRED",
    ]
    headers = {"If-Match": '"v1"'}
    answer = await put_state(api, "t_4", "RETIRED", headers=headers, confirmIccid=iccid)
    assert (answer.status_code, answer.json()["state"]) == (200, "RETIRED")


async def test_an_operator_may_suspend_but_not_retire(
    api: httpx.AsyncClient, faults: Faults, world: World
) -> None:
    faults.switch_on("permission-level", {"level": "OPERATOR"})
    assert (await put_state(api, "t_2", "SUSPENDED")).status_code == 200
    headers = {"If-Match": '"v1"'}
    iccid = world.things["t_4"].iccid
    answer = await put_state(api, "t_4", "RETIRED", headers=headers, confirmIccid=iccid)
    assert (answer.status_code, answer.json()["name"]) == (403, "PERMISSION_DENIED")
