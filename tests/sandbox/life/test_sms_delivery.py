from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest

from simtui.sandbox.life import sms_delivery
from simtui.sandbox.life.thing_trouble import go_silent, wake
from simtui.sandbox.messaging import send_sms
from simtui.sandbox.records import SmsRecord, ThingRecord
from simtui.sandbox.world import World

PassTime = Callable[[float], datetime]
Send = Callable[..., SmsRecord]


@pytest.fixture
def thing(living: World) -> ThingRecord:
    return next(
        one
        for one in living.things.values()
        if one.state == "ACTIVE"
        and one.session
        and one.session.state == "ONLINE"
        and one.habit_seconds <= 900
        and "SMS" in one.allowed_services
    )


@pytest.fixture
def send(living: World, thing: ThingRecord, monkeypatch: pytest.MonkeyPatch) -> Send:
    monkeypatch.setattr(sms_delivery, "FAILING", 0.0)

    def run(text: str, **options: int) -> SmsRecord:
        return send_sms(living, thing, text, living.clock.now(), "anna@example.com", **options)

    return run


def test_queued_sent_delivered(thing: ThingRecord, send: Send, pass_time: PassTime) -> None:
    counted = thing.sms_mt
    sms = send("hello")
    seen = [sms.status]
    pass_time(2)
    seen.append(sms.status)
    pass_time(10)
    assert [*seen, sms.status] == ["QUEUED", "SENT", "DELIVERED"]
    assert sms.sent_at and sms.delivered_at and sms.sent_at < sms.delivered_at
    assert sms.attempts == 1 and sms.error_code is None
    assert thing.sms_mt == counted + 1


def test_parts_are_counted_each(thing: ThingRecord, send: Send, pass_time: PassTime) -> None:
    counted = thing.sms_mt
    send("x" * 400)
    pass_time(10)
    assert thing.sms_mt == counted + 3


def test_a_command_is_answered(
    living: World, thing: ThingRecord, send: Send, pass_time: PassTime
) -> None:
    send("status please")
    pass_time(30)
    answer = list(living.sms.values())[-1]
    assert (answer.direction, answer.status) == ("MO", "RECEIVED")
    assert answer.thing_id == thing.thing_id and answer.text.startswith("OK")


@pytest.mark.parametrize("text", ["RESET", "reboot now"])
def test_a_device_that_is_told_to_restart_comes_back(
    thing: ThingRecord, send: Send, pass_time: PassTime, text: str
) -> None:
    sms = send(text)
    pass_time(15)
    assert thing.session and thing.session.state == "OFFLINE"
    pass_time(30)
    assert thing.session.state == "ONLINE"
    assert sms.delivered_at and thing.session.since > sms.delivered_at


def test_a_question_cuts_no_session(thing: ThingRecord, send: Send, pass_time: PassTime) -> None:
    assert thing.session
    since = thing.session.since
    send("STATUS")
    pass_time(15)
    assert (thing.session.state, thing.session.since) == ("ONLINE", since)


@pytest.mark.parametrize("text", ["hello", "   ", "STATUSQUO"])
def test_other_texts_are_not_answered(
    living: World, thing: ThingRecord, send: Send, pass_time: PassTime, text: str
) -> None:
    sms = send(text)
    pass_time(30)
    assert sms.status == "DELIVERED"
    later = [one for one in living.sms.values() if one.submitted_at > sms.submitted_at]
    assert not [one for one in later if one.thing_id == thing.thing_id]


def test_a_silent_device_gets_it_when_it_wakes(
    living: World, thing: ThingRecord, send: Send, pass_time: PassTime
) -> None:
    go_silent(living, thing, living.clock.now())
    sms = send("hello")
    pass_time(600)
    assert sms.status == "SENT" and sms.attempts > 1
    assert sms.error_code == "ABSENT_SUBSCRIBER"
    wake(living, thing, living.clock.now())
    pass_time(3_600)
    assert sms.status == "DELIVERED" and sms.error_code is None


def test_without_a_device_it_expires_when_its_validity_ends(
    living: World, thing: ThingRecord, send: Send, pass_time: PassTime
) -> None:
    go_silent(living, thing, living.clock.now())
    sms = send("hello", validity_minutes=30)
    pass_time(29 * 60)
    assert sms.status == "SENT"
    pass_time(2 * 60)
    assert sms.status == "EXPIRED"
    assert sms.attempts < 20


def test_the_network_may_refuse_it(
    thing: ThingRecord, send: Send, pass_time: PassTime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sms_delivery, "FAILING", 1.0)
    counted = thing.sms_mt
    sms = send("hello")
    pass_time(10)
    assert sms.status == "FAILED"
    assert sms.error_code in {code for code, _ in sms_delivery.FAILURES} and sms.error_message
    assert thing.sms_mt == counted


def test_a_cancelled_message_is_not_sent(send: Send, pass_time: PassTime) -> None:
    sms = send("hello")
    sms.status = "CANCELLED"
    pass_time(60)
    assert sms.status == "CANCELLED" and sms.sent_at is None
