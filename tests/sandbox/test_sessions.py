"""Sessions: how they begin and end, and the operations on them (contract §3.2)."""

from __future__ import annotations

from datetime import timedelta

import httpx
import pytest

from simtui.sandbox.addressing import lock_address
from simtui.sandbox.records import ThingRecord
from simtui.sandbox.sessions import Cell, end_session, start_session
from simtui.sandbox.world import World

KPN = Cell("GSM", "204", "08", "KPN", "NL", "0A1B2C", "4D2")


@pytest.fixture
def thing(world: World) -> ThingRecord:
    """An ACTIVE Thing that was never seen."""
    return world.things["t_3"]


def test_a_session_takes_an_address_and_a_device(world: World, thing: ThingRecord) -> None:
    now = world.clock.now()
    session = start_session(world, thing, now, KPN, "490154203237518")
    assert (session.state, session.ip_address, session.since) == ("ONLINE", "10.0.4.3", now)
    assert (thing.imei, thing.previous_imei, thing.last_seen_at) == ("490154203237518", None, now)
    assert not [event for event in world.events if event.type == "IMEI_CHANGED"]


def test_another_device_is_noticed(world: World) -> None:
    thing = world.things["t_2"]
    before, now = thing.imei, world.clock.now()
    start_session(world, thing, now, KPN, "490154203237518")
    assert (thing.previous_imei, thing.imei_changed_at) == (before, now)
    assert world.events[-1].type == "IMEI_CHANGED"
    assert len(thing.past_sessions) == 1


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"state": "SUSPENDED"}, "STATE_NOT_ACTIVE"),
        ({"allowed_services": ("SMS",)}, "DATA_SERVICE_BARRED"),
        (
            {"imei_lock_enabled": True, "imei_lock_imei": "490154203237518"},
            "IMEI_LOCK_BREACHED",
        ),
        ({"imei_lock_enabled": True, "imei_lock_tac": "35209900"}, "IMEI_LOCK_BREACHED"),
    ],
)
def test_a_rule_blocks_a_session(world: World, change: dict[str, object], reason: str) -> None:
    thing = world.things["t_2"]
    for name, value in change.items():
        setattr(thing, name, value)
    session = start_session(world, thing, world.clock.now(), KPN)
    assert (session.state, session.end_reason) == ("BLOCKED", reason)


def test_a_device_of_the_right_model_is_let_in(world: World) -> None:
    thing = world.things["t_2"]
    thing.imei_lock_enabled, thing.imei_lock_tac = True, "49015420"
    assert start_session(world, thing, world.clock.now(), KPN).state == "ONLINE"


def test_without_a_free_address_a_thing_is_only_attached(world: World, thing: ThingRecord) -> None:
    thing.group_id = "g_2"
    for number in range(2, 7):
        world.things["t_5"].group_id = "g_2"
        holder = ThingRecord(f"h_{number}", f"{number}", "0", world.clock.now(), "g_2")
        world.add_thing(holder)
        lock_address(world, holder, None)
    session = start_session(world, thing, world.clock.now(), KPN, "490154203237518")
    assert (session.state, session.end_reason) == ("ATTACHED", "IP_POOL_EXHAUSTED")
    assert world.events[-1].severity == "CRITICAL"


def test_an_ended_session_is_kept_and_the_thing_is_offline(world: World) -> None:
    thing = world.things["t_2"]
    begun = thing.session.since if thing.session else None
    now = world.clock.now()
    past = end_session(world, thing, now, "INACTIVITY_TIMER_EXPIRED")
    assert past is not None
    assert (past.since, past.ended_at, past.end_reason) == (begun, now, "INACTIVITY_TIMER_EXPIRED")
    assert thing.session is not None
    assert (thing.session.state, thing.session.since) == ("OFFLINE", now)
    assert thing.past_sessions == (past,)
    assert end_session(world, thing, now) is None


async def test_the_session_can_be_read_with_its_age(api: httpx.AsyncClient, world: World) -> None:
    world.clock.advance(3000)
    body = (await api.get("/things/t_1/session")).json()
    assert (body["state"], body["asOf"]) == ("ONLINE", "2026-11-22T01:12:05Z")
    assert (body["rat"], body["tac"], body["lac"]) == ("LTE_M", "4D2", None)
    assert (await api.get("/things/t_3/session")).status_code == 404


async def test_gsm_has_a_lac(api: httpx.AsyncClient, world: World, thing: ThingRecord) -> None:
    start_session(world, thing, world.clock.now(), KPN, "490154203237518")
    body = (await api.get("/things/t_3/session")).json()
    assert (body["rat"], body["tac"], body["lac"]) == ("GSM", None, "4D2")


async def test_past_sessions_are_listed_by_period(api: httpx.AsyncClient, world: World) -> None:
    thing, now = world.things["t_2"], world.clock.now()
    for hours in (30, 20, 10):
        start_session(world, thing, now - timedelta(hours=hours), KPN)
        end_session(world, thing, now - timedelta(hours=hours - 1))
    thing.past_sessions = thing.past_sessions[1:]
    start_session(world, thing, now, KPN)
    items = (await api.get("/things/t_2/sessions")).json()["items"]
    assert [item["endedAt"] for item in items][:2] == [None, "2026-11-21T18:12:05Z"]
    assert len(items) == 4
    period = {"from": "2026-11-21T08:00:00Z", "to": "2026-11-21T18:00:00Z"}
    some = (await api.get("/things/t_2/sessions", params=period)).json()["items"]
    assert [item["since"] for item in some] == ["2026-11-21T17:12:05Z", "2026-11-21T07:12:05Z"]


@pytest.mark.parametrize(
    "params",
    [
        {"from": "2026-11-22T00:00:00Z", "to": "2026-11-21T00:00:00Z"},
        {"from": "2026-01-01T00:00:00Z"},
    ],
)
async def test_a_wrong_period_is_refused(api: httpx.AsyncClient, params: dict[str, str]) -> None:
    answer = await api.get("/things/t_2/sessions", params=params)
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (400, "from")


async def test_devices_are_listed_latest_first(api: httpx.AsyncClient, world: World) -> None:
    start_session(world, world.things["t_2"], world.clock.now(), KPN, "490154203237518")
    items = (await api.get("/things/t_2/imei-history")).json()["items"]
    assert [item["imei"] for item in items] == ["490154203237518", "490154200000026"]
    assert items[0]["tac"] == "49015420"
    assert (await api.get("/things/t_3/imei-history")).json()["items"] == []


async def test_a_reset_needs_something_to_reset(api: httpx.AsyncClient) -> None:
    for thing in ("t_4", "t_5", "t_6"):
        answer = await api.post(f"/things/{thing}/connection-reset")
        assert (answer.status_code, answer.json()["name"]) == (412, "STATE_NOT_ACTIVE")


async def test_a_silent_device_does_not_come_back(api: httpx.AsyncClient, world: World) -> None:
    world.things["t_1"].silent = True
    await api.post("/things/t_1/connection-reset")
    world.clock.advance(600)
    assert (await api.get("/things/t_1")).json()["session"]["state"] == "OFFLINE"


async def test_a_ping_is_a_job_with_replies(api: httpx.AsyncClient, world: World) -> None:
    answer = await api.post("/things/t_1/ping", json={"count": 3, "size": 100})
    job = answer.json()
    assert (answer.status_code, job["type"], job["total"]) == (202, "PING", 3)
    world.clock.advance(5)
    followed = await api.get(f"/jobs/{job['jobId']}", follow_redirects=True)
    replies = followed.json()["items"]
    assert [reply["after"]["sequence"] for reply in replies] == [1, 2, 3]
    assert all(reply["message"].startswith("100 bytes from 10.0.4.17") for reply in replies)


async def test_nobody_answers_a_ping_to_a_thing_that_is_offline(
    api: httpx.AsyncClient, world: World
) -> None:
    job = (await api.post("/things/t_3/ping", json={})).json()["jobId"]
    world.clock.advance(5)
    result = (await api.get(f"/jobs/{job}/result")).json()
    assert result["job"]["status"] == "COMPLETED_WITH_ERRORS"
    assert {item["name"] for item in result["items"]} == {"TIMEOUT"}


@pytest.mark.parametrize(
    ("change", "name"),
    [
        ({"state": "SUSPENDED"}, "STATE_NOT_ACTIVE"),
        ({"allowed_services": ()}, "SERVICE_RESTRICTED"),
    ],
)
async def test_what_may_not_talk_cannot_be_pinged(
    api: httpx.AsyncClient, world: World, change: dict[str, object], name: str
) -> None:
    for attribute, value in change.items():
        setattr(world.things["t_1"], attribute, value)
    answer = await api.post("/things/t_1/ping", json={})
    assert (answer.status_code, answer.json()["name"]) == (412, name)
