"""Devices that hang, and what brings which of them back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest

from simtui.sandbox.life.hanging import BACK_AFTER
from simtui.sandbox.life.thing_trouble import go_silent, hang_device, hang_session, wake
from simtui.sandbox.messaging import send_sms
from simtui.sandbox.records import ThingRecord
from simtui.sandbox.resets import reset_connection
from simtui.sandbox.world import World

PassTime = Callable[[float], datetime]
LONG = 3600.0


@pytest.fixture
def thing(living: World) -> ThingRecord:
    return next(
        one
        for one in living.things.values()
        if one.state == "ACTIVE"
        and one.session
        and one.session.state == "ONLINE"
        and one.allowed_services == ("DATA", "SMS")
        and not one.imei_lock_enabled
    )


@pytest.fixture(autouse=True)
def every_message_arrives(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("simtui.sandbox.life.sms_delivery.FAILING", 0.0)


def state_of(thing: ThingRecord) -> str:
    assert thing.session is not None
    return thing.session.state


def command(world: World, thing: ThingRecord, text: str) -> None:
    send_sms(world, thing, text, world.clock.now(), "me@example.com")


@pytest.mark.parametrize("strike", [hang_session, hang_device, go_silent])
def test_nothing_brings_it_back_by_itself(
    living: World, pass_time: PassTime, thing: ThingRecord, strike: Callable[..., None]
) -> None:
    strike(living, thing, living.clock.now())
    pass_time(LONG)
    assert (state_of(thing), thing.silent) == ("OFFLINE", True)


@pytest.mark.parametrize(
    ("strike", "after_the_reset"),
    [(hang_session, "ONLINE"), (hang_device, "OFFLINE"), (go_silent, "OFFLINE")],
)
def test_a_reset_frees_a_session_that_hangs(
    living: World,
    pass_time: PassTime,
    thing: ThingRecord,
    strike: Callable[..., None],
    after_the_reset: str,
) -> None:
    strike(living, thing, living.clock.now())
    pass_time(60)
    reset_connection(living, thing, living.clock.now())
    pass_time(BACK_AFTER.total_seconds() - 1)
    assert state_of(thing) == "OFFLINE"
    pass_time(2)
    assert state_of(thing) == after_the_reset


@pytest.mark.parametrize("text", ["RESET", "reboot now"])
@pytest.mark.parametrize("strike", [hang_session, hang_device])
def test_an_sms_restarts_what_hangs(
    living: World,
    pass_time: PassTime,
    thing: ThingRecord,
    strike: Callable[..., None],
    text: str,
) -> None:
    strike(living, thing, living.clock.now())
    command(living, thing, text)
    pass_time(40)
    assert (state_of(thing), thing.silent, thing.hangs) == ("ONLINE", False, "")


def test_another_command_is_answered_and_restarts_nothing(
    living: World, pass_time: PassTime, thing: ThingRecord
) -> None:
    hang_device(living, thing, living.clock.now())
    before = len(living.sms)
    command(living, thing, "STATUS")
    pass_time(40)
    answers = list(living.sms.values())[before + 1 :]
    assert [sms.direction for sms in answers if sms.thing_id == thing.thing_id] == ["MO"]
    assert (state_of(thing), thing.hangs) == ("OFFLINE", "device")


def test_what_is_dead_gets_no_message(
    living: World, pass_time: PassTime, thing: ThingRecord
) -> None:
    go_silent(living, thing, living.clock.now())
    command(living, thing, "RESET")
    pass_time(40)
    assert state_of(thing) == "OFFLINE"
    assert list(living.sms.values())[-1].status == "SENT"


def test_what_woke_by_itself_hangs_no_more(living: World, thing: ThingRecord) -> None:
    hang_device(living, thing, living.clock.now())
    wake(living, thing, living.clock.now())
    assert (thing.hangs, thing.silent, state_of(thing)) == ("", False, "ONLINE")


def test_what_was_suspended_meanwhile_does_not_come_back(
    living: World, pass_time: PassTime, thing: ThingRecord
) -> None:
    hang_session(living, thing, living.clock.now())
    reset_connection(living, thing, living.clock.now())
    thing.state = "SUSPENDED"
    pass_time(LONG)
    assert state_of(thing) == "OFFLINE"
