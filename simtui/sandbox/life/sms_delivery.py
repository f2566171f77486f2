"""The way of a message: queued, sent, and delivered, failed or expired (contract §3.8)."""

from __future__ import annotations

from datetime import datetime, timedelta

from simtui.sandbox.life.replies import reply_to
from simtui.sandbox.records import SmsRecord, ThingRecord
from simtui.sandbox.world import World

QUEUE_TIME = timedelta(seconds=2)
AIR_TIME = timedelta(seconds=3)
FIRST_RETRY = timedelta(minutes=1)
LONGEST_RETRY = timedelta(hours=4)

FAILING = 0.01
"""The part of the messages that the network refuses although the Thing is there."""

FAILURES = (
    ("MEMORY_CAPACITY_EXCEEDED", "The device has no room for another message"),
    ("EQUIPMENT_PROTOCOL_ERROR", "The device did not answer as the protocol wants"),
    ("SYSTEM_FAILURE", "The serving network failed"),
)


def expect_delivery(world: World, sms: SmsRecord, now: datetime) -> None:
    """Put a queued message on its way."""
    world.agenda.at(now + QUEUE_TIME, lambda due: _send(world, sms, due))


def is_reachable(thing: ThingRecord) -> bool:
    """Whether a message would arrive: the device, or at least its modem, is registered with a
    network."""
    return "SMS" in thing.allowed_services and (bool(thing.hangs) or _is_on_air(thing))


def _is_on_air(thing: ThingRecord) -> bool:
    session = thing.session
    return not thing.silent and session is not None and session.state in ("ONLINE", "ATTACHED")


def _send(world: World, sms: SmsRecord, now: datetime) -> None:
    if sms.status == "QUEUED":
        sms.status = "SENT"
        sms.sent_at = now
        _attempt(world, sms, now)


def _attempt(world: World, sms: SmsRecord, now: datetime) -> None:
    """Try to deliver; without an answer try again later, until the validity ends."""
    expires = sms.expires_at or now
    if now >= expires:
        _give_up(sms)
        return
    sms.attempts += 1
    thing = world.things[sms.thing_id]
    if is_reachable(thing) and not sms.stuck:
        world.agenda.at(now + AIR_TIME, lambda due: _arrive(world, sms, due))
        return
    sms.error_code = "ABSENT_SUBSCRIBER"
    sms.error_message = "The device is not registered with any network"
    wait: timedelta = min(FIRST_RETRY * 2 ** min(sms.attempts - 1, 12), LONGEST_RETRY)
    world.agenda.at(min(now + wait, expires), lambda due: _attempt(world, sms, due))


def _arrive(world: World, sms: SmsRecord, now: datetime) -> None:
    if world.random.random() < FAILING:
        sms.status = "FAILED"
        sms.error_code, sms.error_message = world.random.choice(FAILURES)
        return
    sms.status = "DELIVERED"
    sms.delivered_at = now
    sms.error_code = sms.error_message = None
    thing = world.things[sms.thing_id]
    thing.sms_mt += sms.segments
    world.revision += 1
    reply_to(world, thing, sms.text, now)


def _give_up(sms: SmsRecord) -> None:
    sms.status = "EXPIRED"
    sms.error_code = "ABSENT_SUBSCRIBER"
    sms.error_message = "The device did not register before the validity ended"
