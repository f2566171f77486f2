"""What devices answer by SMS: some understand commands (contract §3.8, MO)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from simtui.sandbox.life.hanging import free
from simtui.sandbox.records import SmsRecord, ThingRecord
from simtui.sandbox.resets import reset_connection
from simtui.sandbox.sms_text import encode_sms
from simtui.sandbox.world import World

THINKING_TIME = timedelta(seconds=6)


def _status(thing: ThingRecord) -> str:
    session = thing.session
    place = f"{session.operator_name} {session.rat}" if session else "no network"
    return f"OK up; net {place}; ip {thing.ip_address or 'none'}"


def _reset(thing: ThingRecord) -> str:
    return "OK restarting"


def _version(thing: ThingRecord) -> str:
    return f"FW 4.{thing.version}.1 IMEI {thing.imei}"


COMMANDS: Mapping[str, Callable[[ThingRecord], str]] = {
    "STATUS": _status,
    "RESET": _reset,
    "REBOOT": _reset,
    "VERSION": _version,
}
"""The first word of a message that a device acts on, and what it answers."""


def reply_to(world: World, thing: ThingRecord, text: str, now: datetime) -> None:
    """Let the device answer in a few seconds, if the text is a command that it knows; one that
    restarts goes offline and attaches again."""
    words = text.upper().split()
    command = COMMANDS.get(words[0]) if words else None
    if command is not None:

        def answer(due: datetime) -> None:
            receive_sms(world, thing, command(thing), due)
            if command is _reset and not free(world, thing, due, restarted=True):
                reset_connection(world, thing, due)

        world.agenda.at(now + THINKING_TIME, answer)


def receive_sms(world: World, thing: ThingRecord, text: str, now: datetime) -> SmsRecord:
    """Take in a message that a Thing sent."""
    encoded = encode_sms(text)
    sms = SmsRecord(
        sms_id=world.new_id("sms"),
        thing_id=thing.thing_id,
        direction="MO",
        text=text,
        encoding=encoded.encoding,
        segments=encoded.segments,
        status="RECEIVED",
        submitted_at=now,
        sent_at=now,
        delivered_at=now,
    )
    world.sms[sms.sms_id] = sms
    thing.sms_mo += encoded.segments
    thing.last_seen_at = now
    world.revision += 1
    return sms
