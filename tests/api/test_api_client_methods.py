from __future__ import annotations

import json
from datetime import UTC, datetime

import httpx
import pytest

from simtui.api.things_query import ThingsQuery
from simtui.errors import NotFound

START = datetime(2026, 11, 1, tzinfo=UTC)
END = datetime(2026, 11, 22, 12, 30, tzinfo=UTC)


def sent(api) -> tuple[str, str, list[tuple[str, str]]]:
    request = api.requests[-1]
    path = request.url.path.removeprefix("/iot/sim")
    return request.method, path, request.url.params.multi_items()


async def test_the_query_of_a_things_page(api, thing_json, page_json) -> None:
    api.answer_with(httpx.Response(200, json=page_json([thing_json(1), {}], total=9)))
    client = api.client()
    page = await client.things(
        ThingsQuery(
            offset=5,
            limit=7,
            sort=("-modified_at", "iccid"),
            iccids=("8931", "8932"),
            q="pump",
            states=("ACTIVE",),
            groups=("g_1",),
            tags=("a", "b c"),
        )
    )
    method, path, params = sent(api)
    assert (method, path) == ("GET", "/things")
    assert sorted(params) == [
        ("iccid", "8931"),
        ("iccid", "8932"),
        ("limit", "7"),
        ("offset", "5"),
        ("q", "pump"),
        ("sort", "-modifiedAt,iccid"),
        ("state", "ACTIVE"),
        ("tag", "a"),
        ("tag", "b c"),
        ("thingsGroupId", "g_1"),
    ]
    assert [thing.thing_id for thing in page.items] == ["t_1"]
    assert page.total == 9
    assert client.unreadable == 1


async def test_a_plain_query_asks_for_a_plain_page(api, page_json) -> None:
    api.answer_with(httpx.Response(200, json=page_json([])))
    await api.client().things(ThingsQuery())
    assert sent(api)[2] == [("offset", "0"), ("limit", "50")]


async def test_account_and_thing(api, thing_json) -> None:
    api.answer_with(httpx.Response(200, json={"accountId": "a", "currentCycle": {"cycleId": "c"}}))
    account = await api.client().account()
    assert account.current_cycle is not None
    assert account.current_cycle.cycle_id == "c"
    assert sent(api)[:2] == ("GET", "/account")
    api.answer_with(httpx.Response(200, json=thing_json(3)))
    assert (await api.client().thing("t_3")).thing_id == "t_3"
    assert sent(api)[:2] == ("GET", "/things/t_3")


async def test_the_raw_json_is_the_servers_own(api, thing_json) -> None:
    body = thing_json(3, surprise={"z": 1, "a": [None]})
    api.answer_with(httpx.Response(200, json=body))
    text = await api.client().thing_json("t_3")
    assert json.loads(text) == body
    assert text.count("\n") > 5


async def test_histories_come_newest_first(api, page_json) -> None:
    states = [{"to": "ACTIVE", "at": "2026-01-01T00:00:00Z"}, {"to": "X"}]
    states.append({"to": "SUSPENDED", "from": "ACTIVE", "at": "2026-02-01T00:00:00Z"})
    api.answer_with(httpx.Response(200, json=page_json(states)))
    history = await api.client().state_history("t_1")
    assert [entry.to for entry in history] == ["SUSPENDED", "ACTIVE", "X"]
    assert sent(api)[1] == "/things/t_1/state-history"
    imeis = [{"imei": "1", "lastSeenAt": "2026-01-01T00:00:00Z"}]
    imeis.append({"imei": "2", "lastSeenAt": "2026-03-01T00:00:00Z"})
    api.answer_with(httpx.Response(200, json=page_json(imeis)))
    assert [entry.imei for entry in await api.client().imei_history("t_1")] == ["2", "1"]
    assert sent(api)[1] == "/things/t_1/imei-history"


@pytest.mark.parametrize(
    ("method", "path", "item"),
    [
        (
            "groups",
            "/things-groups",
            {"thingsGroupId": "x", "name": "n", "countsByState": {}},
        ),
        ("networks", "/networks", {"networkId": "x", "name": "n", "limits": {"ipPools": 3}}),
        ("ip_profiles", "/ip-profiles", {"ipProfileId": "x", "name": "n"}),
    ],
)
async def test_the_small_lists(api, page_json, method, path, item) -> None:
    api.answer_with(httpx.Response(200, json=page_json([item, item])))
    (found,) = await getattr(api.client(), method)()
    assert found.name == "n"
    assert sent(api)[1] == path


async def test_the_nat_rules_of_a_network(api, page_json) -> None:
    rule = {"natRuleId": "nat_1", "protocol": "UDP", "thingId": "t_1", "publicPorts": "8000-8010"}
    rules = [{**rule, "privatePorts": "80-90", "enabled": False}, rule, {"natRuleId": "nat_3"}]
    api.answer_with(httpx.Response(200, json=page_json(rules)))
    (found,) = await api.client().nat_rules("n_1")
    assert (found.thing_id, found.public_ports, found.enabled) == ("t_1", "8000-8010", False)
    assert sent(api)[1] == "/networks/n_1/nat-rules"


async def test_sms_and_events_come_newest_first_and_limited(api, page_json) -> None:
    messages = [
        {"smsId": str(n), "text": "", "submittedAt": f"2026-01-0{n}T00:00:00Z"} for n in (1, 2)
    ]
    api.answer_with(httpx.Response(200, json=page_json(messages)))
    assert [sms.sms_id for sms in await api.client().thing_sms("t_1", 20)] == ["2", "1"]
    params = [("sort", "-submittedAt"), ("offset", "0"), ("limit", "20")]
    assert sent(api) == ("GET", "/things/t_1/sms", params)
    events = [{"eventId": "e", "severity": "INFO", "type": "x", "at": None}]
    api.answer_with(httpx.Response(200, json=page_json(events)))
    assert (await api.client().events("t_1", 5))[0].event_id == "e"
    params = [("thingId", "t_1"), ("sort", "-at"), ("offset", "0"), ("limit", "5")]
    assert sent(api) == ("GET", "/events", params)


async def test_sessions_and_usage_of_a_span(api, page_json) -> None:
    span = [("from", "2026-11-01T00:00:00Z"), ("to", "2026-11-22T12:30:00Z")]
    page = [("offset", "0"), ("limit", "500")]
    api.answer_with(httpx.Response(200, json=page_json([{"state": "OFFLINE"}])))
    assert len(await api.client().sessions("t_1", START, END)) == 1
    assert sent(api) == ("GET", "/things/t_1/sessions", span + page)
    points = [{"at": "2026-11-02T00:00:00Z"}, {"at": "2026-11-01T00:00:00Z", "bytesUp": 5}]
    api.answer_with(httpx.Response(200, json=page_json(points)))
    usage = await api.client().usage("t_1", START, END, "DAY")
    assert [point.bytes_up for point in usage] == [5, None]
    assert sent(api)[2] == [*span, ("granularity", "DAY"), *page]


async def test_the_session(api) -> None:
    session = {"state": "ATTACHED", "asOf": "2026-11-22T03:10:02Z", "rat": "LTE_M"}
    api.answer_with(httpx.Response(200, json=session))
    assert (await api.client().session("t_1")).rat == "LTE_M"
    assert sent(api)[1] == "/things/t_1/session"


async def test_an_id_that_cannot_be_one_is_not_sent(api) -> None:
    for thing_id in ("", ".."):
        with pytest.raises(NotFound):
            await api.client().thing(thing_id)
    assert api.requests == []


async def test_a_base_url_with_a_slash_at_its_end(api) -> None:
    api.answer_with(httpx.Response(200, json={"accountId": "a"}))
    await api.client(base_url="https://api.example.com/iot/sim/").account()
    assert api.requests[0].url.path == "/iot/sim/account"
