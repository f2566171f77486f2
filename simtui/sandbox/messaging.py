"""Sending a message to a Thing: the rules of contract §3.8."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from simtui.sandbox.call import invalid, precondition
from simtui.sandbox.life.sms_delivery import expect_delivery
from simtui.sandbox.records import SmsRecord, ThingRecord
from simtui.sandbox.sms_text import MOST_SEGMENTS, encode_sms
from simtui.sandbox.world import World

DEFAULT_VALIDITY_MINUTES = 1440
_SENDER = re.compile(r"[0-9]{1,15}|[A-Za-z0-9 ]{1,11}")


def send_sms(
    world: World,
    thing: ThingRecord,
    text: str,
    now: datetime,
    by: str,
    *,
    sender: str | None = None,
    validity_minutes: int = DEFAULT_VALIDITY_MINUTES,
    client_reference: str | None = None,
) -> SmsRecord:
    """Queue a message to a Thing.

    Raises:
        Refused: 400 for a bad text or sender, 412 ``STATE_NOT_ACTIVE`` or
            ``SERVICE_RESTRICTED``.
    """
    check_sendable(thing)
    check_sender(sender)
    encoded = check_text(text)
    sms = SmsRecord(
        sms_id=world.new_id("sms"),
        thing_id=thing.thing_id,
        direction="MT",
        text=text,
        encoding=encoded[0],
        segments=encoded[1],
        status="QUEUED",
        submitted_at=now,
        sender=sender,
        validity_minutes=validity_minutes,
        expires_at=now + timedelta(minutes=validity_minutes),
        client_reference=client_reference,
        created_by=by,
    )
    world.sms[sms.sms_id] = sms
    expect_delivery(world, sms, now)
    return sms


def check_sendable(thing: ThingRecord) -> None:
    """Refuse unless the Thing is ACTIVE and SMS is among its services.

    Raises:
        Refused: 412 ``STATE_NOT_ACTIVE`` or ``SERVICE_RESTRICTED``.
    """
    if thing.state != "ACTIVE":
        raise precondition(
            "STATE_NOT_ACTIVE", f"A Thing that is {thing.state} cannot receive messages"
        )
    if "SMS" not in thing.allowed_services:
        raise precondition("SERVICE_RESTRICTED", "SMS is not among the Thing's allowed services")


def check_sender(sender: str | None) -> None:
    """Refuse a sender that is not up to 15 digits or up to 11 letters and digits.

    Raises:
        Refused: 400 naming ``sender``.
    """
    if sender is not None and not (_SENDER.fullmatch(sender) and sender.strip() == sender):
        raise invalid(
            "sender", "SYNTAX", "A sender is up to 15 digits, or up to 11 letters and digits"
        )


def check_text(text: str) -> tuple[str, int]:
    """The encoding and the parts of a text that may be sent.

    Raises:
        Refused: 400 naming ``text`` when it is empty, too long or not text at all.
    """
    if any(0xD800 <= ord(char) <= 0xDFFF for char in text):
        raise invalid("text", "SYNTAX", "The text holds half a surrogate pair")
    encoded = encode_sms(text)
    if not 1 <= encoded.segments <= MOST_SEGMENTS:
        raise invalid(
            "text",
            "LENGTH",
            f"A message takes 1 to {MOST_SEGMENTS} parts; this text takes {encoded.segments}",
        )
    return encoded.encoding, encoded.segments
