"""Messages to and from Things (contract §3.8)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from simtui.sandbox.call import Answer, Call, invalid, not_found, precondition
from simtui.sandbox.find import find_thing
from simtui.sandbox.messaging import DEFAULT_VALIDITY_MINUTES, send_sms
from simtui.sandbox.paging import paged
from simtui.sandbox.periods import EARLIEST, read_period
from simtui.sandbox.records import SmsRecord
from simtui.sandbox.registry import operation
from simtui.sandbox.world import World

STATUSES = ("QUEUED", "SENT", "DELIVERED", "FAILED", "EXPIRED", "CANCELLED", "RECEIVED")

SORT_KEYS = {
    "submittedAt": lambda sms: sms.submitted_at,
    "sentAt": lambda sms: sms.sent_at,
    "deliveredAt": lambda sms: sms.delivered_at,
    "expiresAt": lambda sms: sms.expires_at,
    "status": lambda sms: sms.status,
    "direction": lambda sms: sms.direction,
}


@operation("POST", "/things/{thingId}/sms", need=("actions", "WRITE"))
def send_to_thing(world: World, call: Call) -> Answer:
    """Queue a message; where it stands is told under its ``Location``."""
    body = call.body
    sms = send_sms(
        world,
        find_thing(world, call),
        body["text"],
        call.now,
        call.user.email,
        sender=body.get("sender"),
        validity_minutes=body.get("validityMinutes", DEFAULT_VALIDITY_MINUTES),
        client_reference=body.get("clientReference"),
    )
    return Answer(sms_view(sms), status=202, location=f"/sms/{sms.sms_id}", retry_after=2)


@operation("GET", "/things/{thingId}/sms", need=("things", "READ"))
def list_sms_of_thing(world: World, call: Call) -> Answer:
    """The messages of a Thing, the latest first."""
    thing = find_thing(world, call)
    return _listed(call, (sms for sms in world.sms.values() if sms.thing_id == thing.thing_id))


@operation("GET", "/sms", need=("things", "READ"))
def list_sms(world: World, call: Call) -> Answer:
    """All messages of the account, the latest first."""
    return _listed(call, world.sms.values())


@operation("GET", "/sms/{smsId}", need=("things", "READ"))
def get_sms(world: World, call: Call) -> Answer:
    """One message."""
    return Answer(sms_view(find_sms(world, call)))


@operation("DELETE", "/sms/{smsId}", need=("actions", "WRITE"))
def cancel_sms(world: World, call: Call) -> Answer:
    """Cancel a message that is still QUEUED."""
    sms = find_sms(world, call)
    if sms.status != "QUEUED":
        raise precondition(
            "SMS_NOT_CANCELLABLE", f"The message is {sms.status}; only QUEUED can be cancelled"
        )
    sms.status = "CANCELLED"
    return Answer(sms_view(sms))


def find_sms(world: World, call: Call) -> SmsRecord:
    """The message of ``{smsId}``.

    Raises:
        Refused: 404.
    """
    sms = world.sms.get(call.path["smsId"])
    if sms is None:
        raise not_found("message", call.path["smsId"])
    return sms


def sms_view(sms: SmsRecord) -> dict[str, Any]:
    """A message as the wire spells it; what does not apply to it is left out."""
    optional = {
        "sender": sms.sender,
        "validityMinutes": sms.validity_minutes,
        "clientReference": sms.client_reference,
    }
    return {
        "smsId": sms.sms_id,
        "thingId": sms.thing_id,
        "direction": sms.direction,
        "text": sms.text,
        "encoding": sms.encoding,
        "segments": sms.segments,
        "status": sms.status,
        "submittedAt": sms.submitted_at,
        "sentAt": sms.sent_at,
        "deliveredAt": sms.delivered_at,
        "expiresAt": sms.expires_at,
        "attempts": sms.attempts,
        "errorCode": sms.error_code,
        "errorMessage": sms.error_message,
        "createdBy": sms.created_by,
        **{name: value for name, value in optional.items() if value is not None},
    }


def _listed(call: Call, messages: Iterable[SmsRecord]) -> Answer:
    wanted = call.query
    status = wanted.get("status")
    if status is not None and status not in STATUSES:
        raise invalid("status", "UNKNOWN_VALUE", f"status is one of {', '.join(STATUSES)}")
    start, end = read_period(call, EARLIEST)
    rows = [
        sms
        for sms in messages
        if wanted.get("direction", sms.direction) == sms.direction
        and (status is None or sms.status == status)
        and ("clientReference" not in wanted or sms.client_reference == wanted["clientReference"])
        and ("from" not in wanted or sms.submitted_at >= start)
        and ("to" not in wanted or sms.submitted_at < end)
    ]
    return paged(call, rows[::-1], sms_view, SORT_KEYS, lambda sms: sms.submitted_at)
