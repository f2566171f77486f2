"""What became of messages whose answer was lost; nothing is sent (contract §1, Idempotency)."""

from __future__ import annotations

from dataclasses import dataclass

from simtui.errors import NotFound
from simtui.models import SmsStatus
from simtui.models.action import SendSms
from simtui.models.journal import Intent, Outcome
from simtui.models.sms import reference_for
from simtui.store.desk import Desk
from simtui.store.sms_queries import SmsQuery, WithReferenceQuery


@dataclass(frozen=True, slots=True)
class SmsSeen:
    """The outcome as the server's messages show it, and a sentence about it."""

    outcome: str
    detail: str
    sms_id: str | None = None


def is_single(intent: Intent) -> bool:
    """Whether a write sent one message itself, and no job: a job's reference is its entry."""
    return intent.kind == SendSms.kind and intent.reference not in (None, intent.entry_id)


async def look_for_messages(desk: Desk, intent: Intent, action: SendSms) -> SmsSeen:
    """How many of the Things of a write have its message, by its ``clientReference``.

    Raises:
        SimtuiError: when it cannot be looked up now.
    """
    reference = reference_for(intent.operation, action.again_of)
    messages = await desk.fetch(WithReferenceQuery(reference))
    found = {sms.thing_id: sms for sms in messages if sms.client_reference == reference}
    there = [one.thing_id for one in intent.things if one.thing_id in found]
    asked = len(intent.things)
    if not there:
        return SmsSeen(Outcome.FAILED, "It did not arrive: the server has no such message")
    if asked == 1:
        sms = found[there[0]]
        return SmsSeen(
            Outcome.CONFIRMED, f"The platform has it as message {sms.sms_id}", sms.sms_id
        )
    outcome = Outcome.CONFIRMED if len(there) == asked else Outcome.PARTLY
    return SmsSeen(outcome, f"The server has the message of {len(there):,} of {asked:,} Things")


async def look_at_cancelled(desk: Desk, sms_id: str) -> SmsSeen:
    """Whether a message was cancelled.

    Raises:
        SimtuiError: when it cannot be looked up now.
    """
    try:
        sms = await desk.fetch(SmsQuery(sms_id))
    except NotFound:
        return SmsSeen(Outcome.FAILED, "The platform does not have the message any more", sms_id)
    if sms.status == SmsStatus.CANCELLED:
        return SmsSeen(Outcome.CONFIRMED, "The message is cancelled", sms_id)
    return SmsSeen(Outcome.FAILED, f"The message is {sms.status}", sms_id)
