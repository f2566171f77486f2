"""What can go wrong with one Thing, each as a function to provoke it."""

from __future__ import annotations

from datetime import datetime, timedelta

from simtui.sandbox.events import log_event
from simtui.sandbox.fleet.coverage import OUT_OF_COVERAGE, any_cell, cell_of
from simtui.sandbox.fleet.devices import new_imei
from simtui.sandbox.life.habits import attach
from simtui.sandbox.life.hanging import DEVICE, SESSION
from simtui.sandbox.life.sms_delivery import expect_delivery
from simtui.sandbox.records import SmsRecord, ThingRecord
from simtui.sandbox.sessions import end_session, start_session
from simtui.sandbox.world import World

COLLEAGUE = "daan@example.com"
STALE_FOR = timedelta(hours=26)
STUCK_VALIDITY_MINUTES = 5


def swap_imei(world: World, thing: ThingRecord, now: datetime) -> None:
    """The SIM is put into another device and attaches there."""
    cell = cell_of(thing.session) or any_cell(world.random)
    start_session(world, thing, now, cell, new_imei(world.random))


def swap_imei_back(world: World, thing: ThingRecord, now: datetime) -> None:
    """The SIM returns to the device it was in before, or is swapped away and back."""
    if thing.previous_imei is None:
        swap_imei(world, thing, now)
    cell = cell_of(thing.session) or any_cell(world.random)
    start_session(world, thing, now, cell, thing.previous_imei)


def breach_imei_lock(world: World, thing: ThingRecord, now: datetime) -> None:
    """The SIM is locked to its device and turns up in another one: BLOCKED."""
    thing.imei_lock_enabled = True
    thing.imei_lock_imei = thing.imei or new_imei(world.random)
    swap_imei(world, thing, now)
    message = "The session was refused: the SIM is locked to another device"
    log_event(world, now, "CRITICAL", "IMEI_LOCK_BREACHED", message, thing.thing_id)


def move_out_of_coverage(world: World, thing: ThingRecord, now: datetime) -> None:
    """The device crosses the border and attaches in Germany (MCC 262)."""
    start_session(world, thing, now, OUT_OF_COVERAGE)
    message = "The Thing attached outside NL, BE and LU (MCC 262)"
    log_event(world, now, "WARNING", "OUT_OF_COVERAGE", message, thing.thing_id)


def go_silent(world: World, thing: ThingRecord, now: datetime) -> None:
    """The device is switched off or broken; the world does not bring it back."""
    end_session(world, thing, now, "INACTIVITY_TIMER_EXPIRED")
    thing.silent = True


def hang_session(world: World, thing: ThingRecord, now: datetime) -> None:
    """The data session hangs; the device comes back when its connection is reset."""
    go_silent(world, thing, now)
    thing.hangs = SESSION


def hang_device(world: World, thing: ThingRecord, now: datetime) -> None:
    """The device hangs; it comes back when an SMS (RESET or REBOOT) restarts it."""
    go_silent(world, thing, now)
    thing.hangs = DEVICE


def wake(world: World, thing: ThingRecord, now: datetime) -> None:
    """A silent device comes back and opens a session."""
    thing.silent = False
    thing.hangs = ""
    attach(world, thing, now)


def turn_stale(world: World, thing: ThingRecord, now: datetime) -> None:
    """The platform has not heard about the session for more than a day (old asOf)."""
    thing.as_of = now - STALE_FOR
    if thing.last_seen_at is not None:
        thing.last_seen_at = min(thing.last_seen_at, thing.as_of)
    thing.silent = True
    world.revision += 1


def hit_data_limit(world: World, thing: ThingRecord, now: datetime) -> None:
    """The session ends because the month's data limit is used up."""
    attach(world, thing, now)
    end_session(world, thing, now, "MONTHLY_USAGE_LIMIT_EXCEEDED")
    thing.data_limit_bytes = thing.data_bytes
    thing.silent = True
    message = "The data limit of this month is used up"
    log_event(world, now, "WARNING", "DATA_LIMIT_REACHED", message, thing.thing_id)


def change_by_colleague(world: World, thing: ThingRecord, now: datetime) -> None:
    """A colleague edits the Thing, so that an ETag read before does not match."""
    thing.description = f"Checked on site {now:%Y-%m-%d %H:%M}"
    world.touch(thing, now, COLLEAGUE)


def stick_sms(world: World, thing: ThingRecord, now: datetime) -> None:
    """A message to the Thing stays SENT and expires after five minutes."""
    sms = SmsRecord(
        sms_id=world.new_id("sms"),
        thing_id=thing.thing_id,
        direction="MT",
        text="STATUS",
        encoding="GSM7",
        segments=1,
        status="QUEUED",
        submitted_at=now,
        validity_minutes=STUCK_VALIDITY_MINUTES,
        expires_at=now + timedelta(minutes=STUCK_VALIDITY_MINUTES),
        created_by=COLLEAGUE,
        stuck=True,
    )
    world.sms[sms.sms_id] = sms
    expect_delivery(world, sms, now)
