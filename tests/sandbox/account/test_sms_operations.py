from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from simtui.sandbox.call import Answer, Call, Refused
from simtui.sandbox.operations.sms import (
    cancel_sms,
    get_sms,
    list_sms,
    list_sms_of_thing,
    send_to_thing,
)
from simtui.sandbox.world import World

Run = Callable[..., Answer]
Conforms = Callable[[Answer, str, str], Any]


def send(call: Run, thing: str = "t_1", **body: Any) -> Answer:
    return call(send_to_thing, path={"thingId": thing}, body={"text": "STATUS"} | body)


def test_a_message_is_accepted_and_can_be_followed(call: Run, conforms: Conforms) -> None:
    answer = send(call, sender="OPS", validityMinutes=60, clientReference="INC-1")
    body = conforms(answer, "POST", "/things/{thingId}/sms")
    assert answer.status == 202 and answer.location == f"/sms/{body['smsId']}"
    assert body["status"] == "QUEUED" and body["segments"] == 1
    assert body["createdBy"] == "administrator@example.com"
    assert body["expiresAt"] == "2026-11-22T04:12:05Z"
    followed = call(get_sms, path={"smsId": body["smsId"]})
    assert conforms(followed, "GET", "/sms/{smsId}") == body


def test_the_default_validity_is_a_day(call: Run) -> None:
    body = send(call).body
    assert body["validityMinutes"] == 1440
    assert body["expiresAt"] - body["submittedAt"] == timedelta(days=1)


@pytest.mark.parametrize(
    ("thing", "name"),
    [
        ("t_4", "STATE_NOT_ACTIVE"),
        ("t_5", "STATE_NOT_ACTIVE"),
        ("t_6", "STATE_NOT_ACTIVE"),
    ],
)
def test_only_active_things_receive(call: Run, thing: str, name: str) -> None:
    with pytest.raises(Refused) as refused:
        send(call, thing)
    assert (refused.value.status, refused.value.name) == (412, name)


def test_sms_must_be_an_allowed_service(world: World, call: Run) -> None:
    world.things["t_1"].allowed_services = ("DATA",)
    with pytest.raises(Refused) as refused:
        send(call)
    assert (refused.value.status, refused.value.name) == (412, "SERVICE_RESTRICTED")


def test_an_unknown_thing(call: Run) -> None:
    with pytest.raises(Refused) as refused:
        send(call, "t_99")
    assert refused.value.status == 404


@pytest.mark.parametrize("sender", ["1", "123456789012345", "OPS", "Example BV", "12345678901"])
def test_good_senders(call: Run, sender: str) -> None:
    assert send(call, sender=sender).body["sender"] == sender


@pytest.mark.parametrize(
    "sender", ["", "1234567890123456", "TwelveLetter", "a+b", "Zoë", " OPS", "OPS\n", "١٢٣"]
)
def test_bad_senders(call: Run, sender: str) -> None:
    with pytest.raises(Refused) as refused:
        send(call, sender=sender)
    assert refused.value.status == 400
    assert refused.value.problems[0][0] == "sender"


@pytest.mark.parametrize("text", ["x" * 1531, "我" * 671, "", "half \ud83d pair"])
def test_bad_texts(call: Run, text: str) -> None:
    with pytest.raises(Refused) as refused:
        send(call, text=text)
    assert refused.value.status == 400
    assert refused.value.problems[0][0] == "text"


@pytest.mark.parametrize(("text", "encoding"), [("x" * 1530, "GSM7"), ("我" * 670, "UCS2")])
def test_ten_parts_are_the_most(call: Run, text: str, encoding: str) -> None:
    body = send(call, text=text).body
    assert (body["segments"], body["encoding"]) == (10, encoding)


def test_only_a_queued_message_can_be_cancelled(
    world: World, call: Run, conforms: Conforms
) -> None:
    first, second = send(call).body["smsId"], send(call).body["smsId"]
    answer = call(cancel_sms, path={"smsId": first})
    assert conforms(answer, "DELETE", "/sms/{smsId}")["status"] == "CANCELLED"
    world.clock.advance(10)
    for sms_id in (first, second):
        with pytest.raises(Refused) as refused:
            call(cancel_sms, path={"smsId": sms_id})
        assert (refused.value.status, refused.value.name) == (412, "SMS_NOT_CANCELLABLE")


@pytest.mark.parametrize("operation", [get_sms, cancel_sms])
def test_an_unknown_message(call: Run, operation: Callable[[World, Call], Answer]) -> None:
    with pytest.raises(Refused) as refused:
        call(operation, path={"smsId": "sms_99"})
    assert refused.value.status == 404


def test_the_lists_of_the_account_and_of_a_thing(world: World, call: Run) -> None:
    mine = [send(call, "t_1").body["smsId"] for _ in range(2)]
    other = send(call, "t_2").body["smsId"]
    assert [row["smsId"] for row in call(list_sms).body["items"]] == [other, *mine[::-1]]
    answer = call(list_sms_of_thing, path={"thingId": "t_1"})
    assert [row["smsId"] for row in answer.body["items"]] == mine[::-1]


def test_filters_join_as_and(account: World, conforms: Conforms) -> None:
    user = next(iter(account.users.values()))

    def listed(**query: Any) -> list[dict[str, Any]]:
        call = Call(user, account.clock.now(), query={"limit": 500, **query})
        items: list[dict[str, Any]] = conforms(list_sms(account, call), "GET", "/sms")["items"]
        return items

    everything = listed()
    assert len(everything) == len(account.sms)
    assert {row["direction"] for row in listed(direction="MO")} == {"MO"}
    delivered = listed(status="DELIVERED", direction="MT")
    assert 0 < len(delivered) < len(everything)
    start = account.clock.now() - timedelta(days=2)
    recent = listed(**{"from": start})
    older = listed(to=start)
    assert recent and older and len(recent) + len(older) == len(everything)
    by_age = listed(sort="submittedAt")
    assert [row["submittedAt"] for row in by_age] == sorted(r["submittedAt"] for r in everything)


def test_a_reference_finds_a_lost_request(call: Run) -> None:
    send(call)
    wanted = send(call, clientReference="INC-4711").body["smsId"]
    answer = call(list_sms, query={"clientReference": "INC-4711"})
    assert [row["smsId"] for row in answer.body["items"]] == [wanted]


def test_bad_filters(world: World, call: Run) -> None:
    now = world.clock.now()
    for query in ({"status": "LOST"}, {"from": now, "to": now}, {"from": now + timedelta(1)}):
        with pytest.raises(Refused) as refused:
            call(list_sms, query=query)
        assert refused.value.status == 400
