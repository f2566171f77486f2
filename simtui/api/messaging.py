"""SMS: reading, sending and cancelling them (contract §3.8).

All of it raises ``SimtuiError``; a write whose answer is lost ``OutcomeUnknown``.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Final

from simtui.api import dialect
from simtui.api.bulk import sms_body
from simtui.api.call import Call
from simtui.api.decode import Undecodable, decode_object
from simtui.api.faults import unknown_outcome
from simtui.api.newest_first import newest_first
from simtui.api.paging import LARGEST_PAGE
from simtui.api.wire import Wire, about
from simtui.models import Sms, SmsPage
from simtui.models.action import SendSms

_NEWEST: Final = {dialect.SORT: dialect.NEWEST_SMS_FIRST}


class Messaging(Wire):
    """What can be asked and done about messages."""

    async def thing_sms(self, thing_id: str, limit: int) -> tuple[Sms, ...]:
        """The latest SMS to and from a Thing, newest first, at most ``limit`` (≤ 500)."""
        call = replace(about(dialect.THING_SMS, thing_id), params=_NEWEST)
        return (await self._sms_page(call, limit)).items

    async def sms(self, sms_id: str) -> Sms:
        """One message. Raises ``NotFound`` when there is none."""
        return await self._object(Sms, Call(dialect.GET_SMS, {dialect.SMS_ID: sms_id}))

    async def sms_page(
        self,
        *,
        status: str = "",
        direction: str = "",
        since: datetime | None = None,
        reference: str = "",
        limit: int = LARGEST_PAGE,
    ) -> SmsPage:
        """The latest messages of the account, at most ``limit`` (≤ 500) of them.

        ``since`` is about when they were submitted, ``reference`` is their ``clientReference``.
        """
        return await self._sms_page(_listing(status, direction, since, reference), limit)

    async def all_sms(
        self, *, direction: str = "", since: datetime | None = None, reference: str = ""
    ) -> tuple[Sms, ...]:
        """All messages that pass, newest first; for questions that few messages answer."""
        call = _listing("", direction, since, reference)
        return _in_order(await self._every(Sms, call, lambda sms: sms.sms_id))

    async def send_sms(
        self, thing_id: str, action: SendSms, text: str, *, reference: str, request_id: str
    ) -> Sms:
        """Send ``text``, which is the action's as this Thing gets it.

        Raises:
            Conflict: the Thing is not ACTIVE, or SMS is not among its services.
            Invalid: the text takes no segment or more than ten, or the sender cannot be.
        """
        body = sms_body(action, text, reference)
        call = replace(about(dialect.SEND_SMS, thing_id), body=body, request_id=request_id)
        return await self._written(call)

    async def cancel_sms(self, sms_id: str, *, request_id: str) -> Sms:
        """Stop a message that is still queued.

        Raises:
            Conflict: it is on its way already.
        """
        ids = {dialect.SMS_ID: sms_id}
        return await self._written(Call(dialect.CANCEL_SMS, ids, request_id=request_id))

    async def _written(self, call: Call) -> Sms:
        response = await self._send(call)
        try:
            return decode_object(Sms, response.content)
        except Undecodable:
            raise unknown_outcome(call, self._unexpected(response, call)) from None

    async def _sms_page(self, call: Call, limit: int) -> SmsPage:
        page = await self._page(Sms, call, limit=limit)
        return SmsPage(_in_order(page.page().items), page.total)


def _listing(status: str, direction: str, since: datetime | None, reference: str) -> Call:
    wanted = {
        dialect.STATUS: status,
        dialect.DIRECTION: direction,
        dialect.FROM: dialect.wire_time(since) if since is not None else "",
        dialect.CLIENT_REFERENCE: reference,
    }
    params = {name: value for name, value in wanted.items() if value}
    return Call(dialect.LIST_SMS, params={**params, **_NEWEST})


def _in_order(messages: tuple[Sms, ...]) -> tuple[Sms, ...]:
    return newest_first(messages, lambda sms: sms.submitted_at)
