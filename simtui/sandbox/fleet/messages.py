"""The messages of the last days: every status that there is."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from simtui.sandbox.life.thing_trouble import stick_sms
from simtui.sandbox.records import SmsRecord, ThingRecord
from simtui.sandbox.sms_text import encode_sms
from simtui.sandbox.world import World

MOST_MESSAGES = 400
_VALIDITY_MINUTES = 1_440
_SENDERS = (None, "OPS", "31970000042")
_AUTHORS = ("daan@example.com", "eva@example.com", "chloe@example.com")

_QUESTIONS: tuple[tuple[str, str | None], ...] = (
    ("STATUS", "OK up; batt 3.71V; rssi -87"),
    ("RESET", "OK restarting"),
    ("SET INTERVAL 900", "OK interval=900"),
    ("GPS?", "52.5168,6.0830 acc 12m"),
    ("APN iot.programmable", None),
    ("Wartung heute 14–16 Uhr, bitte Gerät eingeschaltet lassen", None),
    ("REBOOT", None),
)

_FAILURES = (
    ("MEMORY_CAPACITY_EXCEEDED", "The device has no room for another message"),
    ("UNKNOWN_SUBSCRIBER", "The serving network does not know the subscriber"),
    ("TELESERVICE_NOT_PROVISIONED", "SMS is not provisioned for this subscriber"),
)


def add_messages(world: World, things: Sequence[ThingRecord], now: datetime) -> None:
    """Give some ACTIVE Things conversations of the last six days, oldest first."""
    able = [thing for thing in things if "SMS" in thing.allowed_services]
    if not able:
        return
    count = min(MOST_MESSAGES, max(12, len(able) // 3))
    ages = sorted((world.random.uniform(1.1, 144) for _ in range(count)), reverse=True)
    for number, age in enumerate(ages):
        thing = world.random.choice(able)
        _converse(world, thing, now - timedelta(hours=age), number)
    for thing in able[:2]:
        stick_sms(world, thing, now - timedelta(minutes=2))


def _converse(world: World, thing: ThingRecord, at: datetime, number: int) -> None:
    text, reply = _QUESTIONS[number % len(_QUESTIONS)]
    sms = _message(world, thing, text, at)
    sms.sender = _SENDERS[number % len(_SENDERS)]
    sms.created_by = _AUTHORS[number % len(_AUTHORS)]
    sms.validity_minutes = _VALIDITY_MINUTES
    sms.expires_at = at + timedelta(minutes=_VALIDITY_MINUTES)
    if number % 17 == 5:
        sms.status = "CANCELLED"
        return
    sms.sent_at = at + timedelta(seconds=2)
    if number % 11 == 3:
        _fail(sms, number)
    elif number % 13 == 7 and sms.expires_at < world.clock.now():
        _expire(sms)
    else:
        _deliver(world, thing, sms, reply)


def _deliver(world: World, thing: ThingRecord, sms: SmsRecord, reply: str | None) -> None:
    sms.status = "DELIVERED"
    sms.attempts = 1
    sms.delivered_at = sms.submitted_at + timedelta(seconds=world.random.randrange(4, 90))
    if reply is not None:
        answer = _message(world, thing, reply, sms.delivered_at + timedelta(seconds=7))
        answer.direction = "MO"
        answer.status = "RECEIVED"
        answer.sent_at = answer.delivered_at = answer.submitted_at


def _fail(sms: SmsRecord, number: int) -> None:
    sms.status = "FAILED"
    sms.attempts = 1 + number % 3
    sms.error_code, sms.error_message = _FAILURES[number % len(_FAILURES)]


def _expire(sms: SmsRecord) -> None:
    sms.status = "EXPIRED"
    sms.attempts = 9
    sms.error_code = "ABSENT_SUBSCRIBER"
    sms.error_message = "The device did not register before the validity ended"


def _message(world: World, thing: ThingRecord, text: str, at: datetime) -> SmsRecord:
    encoded = encode_sms(text)
    sms = SmsRecord(
        sms_id=world.new_id("sms"),
        thing_id=thing.thing_id,
        direction="MT",
        text=text,
        encoding=encoded.encoding,
        segments=encoded.segments,
        status="QUEUED",
        submitted_at=at,
    )
    world.sms[sms.sms_id] = sms
    return sms
