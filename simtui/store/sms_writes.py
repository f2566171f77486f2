"""Cancelling a message."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from simtui.models import Sms
from simtui.store import subjects
from simtui.store.command import Command
from simtui.store.query import Query
from simtui.store.sms_queries import SmsQuery

if TYPE_CHECKING:
    from simtui.store.source import Writing

CANCEL_SMS: Final = "cancel-sms"


class CancelSms(Command[Sms]):
    """Stops a message that is still queued (contract §3.8); ``whom`` it was to, in words."""

    def __init__(self, sms: Sms, whom: str) -> None:
        self.sms = sms
        self.summary = f"Cancel the SMS to {whom}"
        self.subject = f"SMS {sms.sms_id} to {whom}"

    @property
    def kind(self) -> str:
        """Its own."""
        return CANCEL_SMS

    @property
    def parameters(self) -> Mapping[str, Any]:
        """Which message."""
        return {"sms_id": self.sms.sms_id}

    @property
    def touches(self) -> frozenset[str]:
        """The messages."""
        return frozenset({subjects.SMS})

    def rereads(self) -> tuple[Query[Any], ...]:
        """The message."""
        return (SmsQuery(self.sms.sms_id),)

    async def send(self, source: Writing, request_id: str) -> Sms:
        """Send it once."""
        return await source.cancel_sms(self.sms.sms_id, request_id=request_id)
