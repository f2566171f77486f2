"""An SMS between the platform and a Thing (contract §3.8)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

AGAIN: Final = "~"
"""What stands between a message's own reference and the id of the message that it repeats."""
LONGEST_REFERENCE: Final = 64
"""Characters of a ``clientReference`` (contract §1, Idempotency)."""


class SmsStatus:
    """How far a message is (contract §3.8). ``SENT`` includes that it waits at the SMS centre
    until the device attaches."""

    QUEUED: Final = "QUEUED"
    SENT: Final = "SENT"
    DELIVERED: Final = "DELIVERED"
    FAILED: Final = "FAILED"
    EXPIRED: Final = "EXPIRED"
    CANCELLED: Final = "CANCELLED"
    RECEIVED: Final = "RECEIVED"
    PENDING: Final = (QUEUED, SENT)
    UNDELIVERED: Final = (FAILED, EXPIRED)
    ALL: Final = (QUEUED, SENT, DELIVERED, FAILED, EXPIRED, CANCELLED, RECEIVED)


@dataclass(frozen=True, slots=True)
class Sms:
    """One message: ``MT`` to the Thing, ``MO`` from it."""

    sms_id: str
    text: str
    thing_id: str | None = None
    direction: str = "MT"
    sender: str | None = None
    encoding: str | None = None
    segments: int | None = None
    status: str = "QUEUED"
    validity_minutes: int | None = None
    submitted_at: datetime | None = None
    sent_at: datetime | None = None
    delivered_at: datetime | None = None
    expires_at: datetime | None = None
    attempts: int | None = None
    error_code: str | None = None
    error_message: str | None = None
    client_reference: str | None = None
    created_by: str | None = None

    @property
    def pending(self) -> bool:
        """Whether more will come of it."""
        return self.status in SmsStatus.PENDING

    @property
    def again_of(self) -> str:
        """The id of the message that this one repeats, as far as its reference tells."""
        _, mark, older = (self.client_reference or "").partition(AGAIN)
        return older if mark else ""


@dataclass(frozen=True, slots=True)
class SmsPage:
    """The latest messages of a question, newest first, and how many there are in all."""

    items: tuple[Sms, ...]
    total: int


def reference_for(operation: str, again_of: str) -> str:
    """The reference of the messages of an operation; with the message that they repeat, if
    there is room for its id."""
    linked = f"{operation}{AGAIN}{again_of}"
    return linked if again_of and len(linked) <= LONGEST_REFERENCE else operation
