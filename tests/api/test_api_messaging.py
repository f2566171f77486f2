"""SMS over the wire: what is asked and sent, and what is made of the answers (contract §3.8)."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta, timezone
from random import Random
from typing import Any

import httpx
import pytest

from simtui.api.client import Client
from simtui.api.endpoint import Endpoint
from simtui.errors import Conflict, Forbidden, Invalid, NotFound, OutcomeUnknown, QuotaExceeded
from simtui.models import Sms, SmsPage
from simtui.models.action import SendSms
from simtui.sandbox.app import create_app
from simtui.sandbox.clock import WorldClock
from simtui.sandbox.fleet.build import build_world
from simtui.sandbox.openapi import BASE_PATH, TOKEN_PATH
from simtui.sandbox.token import Credentials

AT = datetime(2026, 11, 22, 3, 12, 5, tzinfo=UTC)
RESET = SendSms("RESET {name}", 90, "OPS", again_of="sms_0", verify_minutes=5)


def sms_json(number: int = 1, **changes: Any) -> dict[str, Any]:
    at = f"2026-11-{number:02}T00:00:00Z"
    return {"smsId": f"sms_{number}", "text": "RESET", "submittedAt": at} | changes


def sent(api) -> tuple[str, str, list[tuple[str, str]]]:
    request = api.requests[-1]
    path = request.url.path.removeprefix("/iot/sim")
    return request.method, path, request.url.params.multi_items()


# Reading


async def test_all_that_the_contract_tells_of_a_message(api) -> None:
    body = {
        "smsId": "sms_1",
        "thingId": "t_1",
        "direction": "MT",
        "sender": "OPS",
        "text": "RESET",
        "encoding": "GSM7",
        "segments": 1,
        "status": "DELIVERED",
        "validityMinutes": 90,
        "submittedAt": "2026-11-22T03:12:05.123Z",
        "sentAt": "2026-11-22T03:12:06Z",
        "deliveredAt": "2026-11-22T03:12:07Z",
        "expiresAt": "2026-11-22T04:42:05Z",
        "attempts": 2,
        "errorCode": "ABSENT_SUBSCRIBER",
        "errorMessage": "No answer",
        "clientReference": "op~sms_0",
        "createdBy": "anna@example.com",
        "surprise": {"z": 1},
    }
    api.answer_with(httpx.Response(200, json=body))
    assert await api.client().sms("sms_1") == Sms(
        *("sms_1", "RESET", "t_1", "MT", "OPS", "GSM7", 1, "DELIVERED", 90),
        AT + timedelta(milliseconds=123),
        *(AT + timedelta(seconds=n) for n in (1, 2)),
        AT + timedelta(minutes=90),
        *(2, "ABSENT_SUBSCRIBER", "No answer", "op~sms_0", "anna@example.com"),
    )
    assert sent(api) == ("GET", "/sms/sms_1", [])


async def test_what_is_not_told_is_not_known(api) -> None:
    body = {"smsId": "sms_1", "text": "", "status": "PARKED", "attempts": None, "segments": None}
    api.answer_with(httpx.Response(200, json=body))
    message = await api.client().sms("sms_1")
    assert message == Sms("sms_1", "", status="PARKED")
    assert not message.pending


async def test_a_message_that_is_not_there(api) -> None:
    api.answer_with(httpx.Response(404, json={"name": "NOT_FOUND", "message": "No such message"}))
    with pytest.raises(NotFound):
        await api.client().sms("sms_9")


NEWEST = [("sort", "-submittedAt"), ("offset", "0")]


@pytest.mark.parametrize(
    ("asked", "params"),
    [
        ({}, [*NEWEST, ("limit", "500")]),
        ({"limit": 1}, [*NEWEST, ("limit", "1")]),
        ({"status": "QUEUED"}, [("status", "QUEUED"), *NEWEST, ("limit", "500")]),
        ({"direction": "MT"}, [("direction", "MT"), *NEWEST, ("limit", "500")]),
        ({"since": AT}, [("from", "2026-11-22T03:12:05Z"), *NEWEST, ("limit", "500")]),
        (
            {"since": AT.astimezone(timezone(timedelta(hours=1)))},
            [("from", "2026-11-22T03:12:05Z"), *NEWEST, ("limit", "500")],
        ),
        ({"reference": "op-1"}, [("clientReference", "op-1"), *NEWEST, ("limit", "500")]),
        (
            {"status": "SENT", "direction": "MT", "since": AT, "reference": "op-1", "limit": 7},
            [
                *(("status", "SENT"), ("direction", "MT"), ("from", "2026-11-22T03:12:05Z")),
                *(("clientReference", "op-1"), *NEWEST, ("limit", "7")),
            ],
        ),
    ],
)
async def test_a_page_of_messages_is_asked_for(api, page_json, asked, params) -> None:
    api.answer_with(httpx.Response(200, json=page_json([])))
    await api.client().sms_page(**asked)
    assert sent(api) == ("GET", "/sms", params)


async def test_a_page_is_newest_first_and_knows_how_many_there_are(api, page_json) -> None:
    rows = [sms_json(1), sms_json(2, submittedAt=None), sms_json(3), {"smsId": "sms_4"}]
    api.answer_with(httpx.Response(200, json=page_json(rows, total=1482)))
    client = api.client()
    page = await client.sms_page()
    assert isinstance(page, SmsPage)
    assert [sms.sms_id for sms in page.items] == ["sms_3", "sms_1", "sms_2"]
    assert page.total == 1482
    assert client.unreadable == 1


async def test_every_message_that_passes_is_read(api, page_json) -> None:
    """Page after page, each with the question and overlapping by one row."""
    rows = [sms_json(n % 28 + 1, smsId=f"sms_{n}") for n in range(1200)]

    def answer(request: httpx.Request) -> httpx.Response:
        offset = int(request.url.params["offset"])
        return httpx.Response(
            200, json=page_json(rows[offset : offset + 500], offset=offset, limit=500, total=1200)
        )

    api.handler = answer
    found = await api.client().all_sms(direction="MT", since=AT, reference="op-1")
    assert len({sms.sms_id for sms in found}) == len(found) == 1200
    assert [sms.submitted_at for sms in found] == sorted(
        (sms.submitted_at for sms in found), reverse=True
    )
    asked = [request.url.params for request in api.requests]
    assert [one["offset"] for one in asked] == ["0", "499", "998"]
    assert {(one["direction"], one["from"], one["clientReference"]) for one in asked} == {
        ("MT", "2026-11-22T03:12:05Z", "op-1")
    }


# Sending


async def test_a_message_is_sent_as_the_thing_gets_it(api) -> None:
    """The fields are filled in, and what is ours alone stays here."""
    answer = sms_json(1, status="QUEUED", thingId="t_1", clientReference="op-1")
    api.answer_with(httpx.Response(202, json=answer, headers={"location": "/sms/sms_1"}))
    message = await api.client().send_sms(
        "t_1", RESET, "RESET pump", reference="op-1", request_id="r-1"
    )
    assert (message.sms_id, message.status, message.thing_id) == ("sms_1", "QUEUED", "t_1")
    assert sent(api) == ("POST", "/things/t_1/sms", [])
    (request,) = api.requests
    assert request.headers["x-request-id"] == "r-1"
    assert "if-match" not in request.headers
    assert json.loads(request.content) == {
        "text": "RESET pump",
        "validityMinutes": 90,
        "sender": "OPS",
        "clientReference": "op-1",
    }


async def test_what_is_not_given_is_left_out(api) -> None:
    api.answer_with(httpx.Response(202, json=sms_json()))
    await api.client().send_sms("t_1", SendSms("x"), "x", reference="", request_id="r-1")
    assert json.loads(api.requests[-1].content) == {"text": "x", "validityMinutes": 1440}


async def test_an_id_cannot_lead_elsewhere(api) -> None:
    api.answer_with(httpx.Response(200, json=sms_json()))
    await api.client().sms("../things/t_1")
    assert api.requests[-1].url.raw_path.endswith(b"/sms/..%2Fthings%2Ft_1")


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("STATE_NOT_ACTIVE", "A Thing that is SUSPENDED cannot receive messages"),
        ("SERVICE_RESTRICTED", "SMS is not among the Thing's allowed services"),
    ],
)
async def test_a_thing_that_gets_none_is_told_in_the_servers_words(
    api, writes, name, message
) -> None:
    api.answer_with(httpx.Response(412, json={"name": name, "message": message}))
    with pytest.raises(Conflict) as caught:
        await writes["send_sms"](api.client(), "r-1")
    assert (caught.value.name, message in str(caught.value)) == (name, True)
    assert len(api.requests) == 1


async def test_bad_input_names_the_field(api, writes) -> None:
    problem = {"field": "text", "code": "LENGTH", "message": "takes 11 parts"}
    body = {"name": "VALIDATION_FAILED", "message": "Bad", "errors": [problem]}
    api.answer_with(httpx.Response(400, json=body))
    with pytest.raises(Invalid) as caught:
        await writes["send_sms"](api.client(), "r-1")
    assert caught.value.problems[0].field == "text"


@pytest.mark.parametrize(
    ("status", "name", "error"),
    [
        (403, "PERMISSION_DENIED", Forbidden),
        (404, "NOT_FOUND", NotFound),
        (429, "QUOTA_EXCEEDED", QuotaExceeded),
    ],
)
async def test_other_refusals(api, writes, status, name, error) -> None:
    headers = {"Retry-After": "86400"}
    answer = httpx.Response(status, json={"name": name, "message": "No"}, headers=headers)
    api.answer_with(answer)
    with pytest.raises(error):
        await writes["send_sms"](api.client(), "r-1")
    assert len(api.requests) == 1


@pytest.mark.parametrize("name", ["send_sms", "cancel_sms"])
@pytest.mark.parametrize(
    "lost",
    [
        httpx.ReadTimeout("x"),
        httpx.RemoteProtocolError("x"),
        httpx.Response(503),
        httpx.Response(202, json={"surprise": 1}),
        httpx.Response(202, json=[]),
        httpx.Response(200),
    ],
)
async def test_without_a_readable_answer_the_outcome_is_unknown(api, writes, name, lost) -> None:
    api.answer_with(lost)
    with pytest.raises(OutcomeUnknown) as caught:
        await writes[name](api.client(), "r-1")
    assert len(api.requests) == 1
    assert "SMS" in str(caught.value)


# Cancelling


async def test_a_message_is_cancelled(api) -> None:
    api.answer_with(httpx.Response(200, json=sms_json(1, status="CANCELLED")))
    assert (await api.client().cancel_sms("sms_1", request_id="r-1")).status == "CANCELLED"
    assert sent(api) == ("DELETE", "/sms/sms_1", [])
    assert api.requests[-1].content == b""


async def test_what_is_on_its_way_is_not_cancelled(api, writes) -> None:
    words = {"name": "SMS_NOT_CANCELLABLE", "message": "The message is SENT"}
    api.answer_with(httpx.Response(412, json=words))
    with pytest.raises(Conflict, match="cancel the SMS") as caught:
        await writes["cancel_sms"](api.client(), "r-1")
    assert caught.value.name == "SMS_NOT_CANCELLABLE"


# On the sandbox: two readings of one contract meet


class Box:
    def __init__(self) -> None:
        clock = WorldClock(AT, rate=0)
        self.world = build_world(things=20, seed=3, fresh=False, clock=clock)
        self.world.sms.clear()
        credentials = Credentials(self.world)
        admin = credentials.of("ADMINISTRATOR")
        host = "http://sandbox.test"
        self.client = Client(
            Endpoint(host + BASE_PATH, host + TOKEN_PATH, admin.client_id, admin.client_secret),
            transport=httpx.ASGITransport(create_app(self.world, credentials=credentials)),
            clock=clock,
            random=Random(1).random,
        )
        things = self.world.things.values()
        self.thing = next(one for one in things if one.state == "ACTIVE")
        self.thing.allowed_services = ("DATA", "SMS")

    async def send(self, text: str, reference: str = "op-1") -> Sms:
        return await self.client.send_sms(
            self.thing.thing_id, SendSms(text, 90, "OPS"), text,
            reference=reference, request_id=f"r-{len(self.world.sms)}",
        )  # fmt: skip


@pytest.fixture
async def box() -> AsyncIterator[Box]:
    box = Box()
    yield box
    await box.client.close()


async def test_a_message_is_found_again_by_all_that_is_known_of_it(box: Box) -> None:
    message = await box.send("IN {} €")
    other = await box.send("other", "op-2")
    assert (message.text, message.status, message.sender) == ("IN {} €", "QUEUED", "OPS")
    assert (message.segments, message.encoding, message.client_reference) == (1, "GSM7", "op-1")
    assert message.expires_at == AT + timedelta(minutes=90)
    client = box.client
    assert await client.sms(message.sms_id) == message
    assert {sms.sms_id for sms in await client.thing_sms(box.thing.thing_id, 9)} == {
        message.sms_id,
        other.sms_id,
    }
    assert await client.all_sms(reference="op-1") == (message,)
    assert (await client.sms_page(status="QUEUED", reference="op-2")).items == (other,)
    assert await client.sms_page(status="SENT") == SmsPage((), 0)
    assert await client.sms_page(direction="MO") == SmsPage((), 0)
    box.world.clock.advance(1.5)
    assert len(await client.all_sms(direction="MT", since=AT)) == 2
    assert await client.all_sms(direction="MT", since=AT + timedelta(seconds=1)) == ()


async def test_it_is_cancelled_as_long_as_it_is_queued(box: Box) -> None:
    one, two = await box.send("one"), await box.send("two")
    cancelled = await box.client.cancel_sms(one.sms_id, request_id="r-9")
    assert (cancelled.sms_id, cancelled.status) == (one.sms_id, "CANCELLED")
    box.world.clock.advance(60)
    with pytest.raises(Conflict) as caught:
        await box.client.cancel_sms(two.sms_id, request_id="r-10")
    assert caught.value.name == "SMS_NOT_CANCELLABLE"


async def test_the_server_has_the_same_rules(box: Box) -> None:
    for text in ("", "a" * 1531):
        with pytest.raises(Invalid):
            await box.send(text)
    box.thing.allowed_services = ("DATA",)
    with pytest.raises(Conflict) as caught:
        await box.send("x")
    assert caught.value.name == "SERVICE_RESTRICTED"
    box.thing.state = "SUSPENDED"
    with pytest.raises(Conflict) as caught:
        await box.send("x")
    assert caught.value.name == "STATE_NOT_ACTIVE"
