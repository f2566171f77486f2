"""Bulk actions in the words of contract §6."""

from __future__ import annotations

import json
from dataclasses import replace

import httpx
import pytest

from simtui.api.bulk import bulk_body
from simtui.errors import Conflict
from simtui.models.action import (
    ACTIONS,
    Action,
    AddTags,
    Describe,
    LockIp,
    MoveToGroup,
    Ping,
    RemoveTags,
    RenameTag,
    ResetConnection,
    SendSms,
    SetImeiLock,
    SetServices,
    SetState,
    SetTags,
    UnlockIp,
)
from simtui.models.bulk import BulkRequest, Target

REQUEST = BulkRequest(UnlockIp(), Target(tag="depot-7"), expected_count=482)

SPELLED: list[tuple[Action, str, dict[str, object]]] = [
    (SetState("ACTIVE"), "SET_STATE", {"state": "ACTIVE"}),
    (
        SetState("SUSPENDED", "INC-4711"),
        "SET_STATE",
        {"state": "SUSPENDED", "reason": "INC-4711"},
    ),
    (MoveToGroup("g_2"), "MOVE_TO_GROUP", {"thingsGroupId": "g_2"}),
    (AddTags(("a", "b")), "ADD_TAGS", {"tags": ["a", "b"]}),
    (RemoveTags(("a",)), "REMOVE_TAGS", {"tags": ["a"]}),
    (SetServices(("DATA",)), "SET_ALLOWED_SERVICES", {"allowedServices": ["DATA"]}),
    (SetServices(()), "SET_ALLOWED_SERVICES", {"allowedServices": []}),
    (LockIp(), "LOCK_IP", {}),
    (UnlockIp(), "UNLOCK_IP", {}),
    (
        SetImeiLock(True, tac="49015420"),
        "SET_IMEI_LOCK",
        {"enabled": True, "imei": None, "tac": "49015420"},
    ),
    (SetImeiLock(False), "SET_IMEI_LOCK", {"enabled": False, "imei": None, "tac": None}),
    (ResetConnection(), "CONNECTION_RESET", {}),
    (SendSms("RESET"), "SEND_SMS", {"text": "RESET", "validityMinutes": 1440}),
    (
        SendSms('{{"a": 1}}', 90, "OPS", "sms_7", 15),
        "SEND_SMS",
        {"text": '{"a": 1}', "validityMinutes": 90, "sender": "OPS"},
    ),
]
NO_BULK_FORM: list[Action] = [
    SetState("SUSPENDED", end_session=True),
    Describe(name="x"),
    SetTags(("a",)),
    RenameTag("a", "b"),
    LockIp("10.0.4.17"),
    Ping(),
    SendSms("SET NAME {name}"),
    SendSms("SET {unknown"),
]


@pytest.mark.parametrize(("action", "name", "parameters"), SPELLED)
def test_each_action_is_spelled(action, name, parameters) -> None:
    body = bulk_body(replace(REQUEST, action=action))
    assert (body["action"], body["parameters"]) == (name, parameters)


def test_the_messages_of_a_bulk_action_have_a_reference_of_their_own() -> None:
    sent = BulkRequest(
        SendSms("RESET"),
        Target(tag="depot-7"),
        482,
        client_reference="entry-1",
        message_reference="op-1",
    )
    body = bulk_body(sent)
    assert body["clientReference"] == "entry-1"
    assert body["parameters"]["clientReference"] == "op-1"


@pytest.mark.parametrize("action", NO_BULK_FORM)
def test_an_action_without_a_bulk_form_is_a_mistake_of_the_program(action) -> None:
    with pytest.raises(ValueError, match="no bulk form"):
        bulk_body(replace(REQUEST, action=action))


def test_no_action_is_left_out() -> None:
    known = {type(action) for action, *_ in SPELLED} | {type(action) for action in NO_BULK_FORM}
    assert known == set(ACTIONS.values())


@pytest.mark.parametrize(
    ("target", "spelled"),
    [
        (Target(tag="depot-7"), {"tags": ["depot-7"]}),
        (Target(things_group_id="g_1"), {"thingsGroupId": "g_1"}),
        (Target(thing_ids=("t_2", "t_1")), {"thingIds": ["t_2", "t_1"]}),
    ],
)
def test_each_target_is_spelled(target, spelled) -> None:
    assert bulk_body(replace(REQUEST, target=target))["target"] == spelled


@pytest.mark.parametrize(
    "target",
    [Target(), Target(tag=""), Target(("t_1",), tag="a"), Target(tag="a", things_group_id="g")],
)
def test_a_target_is_exactly_one(target) -> None:
    with pytest.raises(ValueError, match="exactly one"):
        bulk_body(replace(REQUEST, target=target))


def test_what_is_none_is_left_out() -> None:
    assert bulk_body(REQUEST) == {
        "action": "UNLOCK_IP",
        "parameters": {},
        "target": {"tags": ["depot-7"]},
        "expectedCount": 482,
        "dryRun": False,
    }


async def test_a_bulk_action_is_sent_as_one_request(api) -> None:
    bulk = BulkRequest(
        SetState("RETIRED"),
        Target(thing_ids=("t_1", "t_2")),
        expected_count=2,
        dry_run=True,
        confirm_count=2,
        client_reference="simtui-1",
    )
    job = {"jobId": "j_7", "type": "SET_STATE", "status": "QUEUED", "total": 2}
    api.answer_with(httpx.Response(202, json=job, headers={"location": "/jobs/j_7"}))
    started = await api.client().start_bulk(bulk, request_id="r-9")
    assert (started.job_id, started.total) == ("j_7", 2)
    (request,) = api.requests
    assert (request.method, request.url.path) == ("POST", "/iot/sim/bulk-actions")
    assert request.headers["x-request-id"] == "r-9"
    assert json.loads(request.content) == {
        "action": "SET_STATE",
        "parameters": {"state": "RETIRED"},
        "target": {"thingIds": ["t_1", "t_2"]},
        "expectedCount": 2,
        "confirmCount": 2,
        "dryRun": True,
        "clientReference": "simtui-1",
    }


async def test_a_target_that_changed_is_told_in_the_servers_words(api) -> None:
    words = {"name": "TARGET_COUNT_CHANGED", "message": "The target has 483 Things, not 482"}
    api.answer_with(httpx.Response(412, json=words))
    with pytest.raises(Conflict) as caught:
        await api.client().start_bulk(REQUEST, request_id="r-1")
    assert "483 Things, not 482" in caught.value.detail
    assert "plan it again" in caught.value.hint


async def test_a_program_mistake_sends_nothing(api) -> None:
    with pytest.raises(ValueError, match="no bulk form"):
        await api.client().start_bulk(replace(REQUEST, action=Ping()), request_id="r-1")
    assert api.requests == api.token_requests == []
