"""The writing operations that simtui uses, one typed method each (contract §2, §4, §6).

All of them raise ``SimtuiError``; ``OutcomeUnknown`` when the request went out and its
answer did not come back or cannot be read, ``ReadOnly`` when the endpoint is read-only.
``request_id`` becomes the ``x-request-id`` and stays the same if the request has to be
repeated because it did not arrive. ``version`` is the one that the decision was made on
(``If-Match``, contract §1.5); None leaves it out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, TypeVar

import httpx

from simtui.api import dialect
from simtui.api.bulk import bulk_body
from simtui.api.call import Call
from simtui.api.decode import Undecodable, decode_object
from simtui.api.dialect import Operation
from simtui.api.faults import unknown_outcome
from simtui.api.wire import Wire, about
from simtui.errors import SimtuiError
from simtui.models import Job, Thing
from simtui.models.bulk import BulkRequest

T = TypeVar("T")


class Writing(Wire):
    """What can be changed."""

    async def set_state(
        self,
        thing_id: str,
        state: str,
        reason: str,
        *,
        version: int | None,
        request_id: str,
        end_session: bool = False,
        confirm_iccid: str | None = None,
    ) -> Thing | Job:
        """Ask for another lifecycle state: the changed Thing, or the job that changes it.

        RETIRED needs ``version`` and ``confirm_iccid``. ``end_session`` (EXT) also cuts
        the running session.

        Raises:
            Conflict: the state machine of contract §4 or the version says no.
        """
        body = {
            dialect.STATE: state,
            dialect.REASON: reason or None,
            dialect.CONFIRM_ICCID: confirm_iccid,
        }
        given = {name: value for name, value in body.items() if value is not None}
        call = _change(dialect.SET_STATE, thing_id, version, request_id, given)
        params = {dialect.END_SESSION: "true"} if end_session else {}
        return await self._changed(replace(call, params=params))

    async def edit_thing(
        self, thing_id: str, changes: Mapping[str, Any], version: int | None, *, request_id: str
    ) -> Thing:
        """Change fields of a Thing, named and valued as in the model; None clears one.

        Raises:
            Invalid: a value or a field that may not be changed; ``problems`` says which.
            Conflict: somebody changed the Thing since ``version``.
        """
        body = dialect.wire_value(changes)
        return await self._thing(_change(dialect.EDIT_THING, thing_id, version, request_id, body))

    async def set_tags(
        self, thing_id: str, tags: Sequence[str], version: int | None, *, request_id: str
    ) -> Thing:
        """Give a Thing exactly these tags.

        Raises:
            Invalid: a tag that cannot be one (contract §3.1).
            Conflict: somebody changed the Thing since ``version``.
        """
        body = {dialect.TAGS: list(tags)}
        return await self._thing(_change(dialect.SET_TAGS, thing_id, version, request_id, body))

    async def lock_ip(
        self, thing_id: str, address: str | None, version: int | None, *, request_id: str
    ) -> Thing:
        """Lock an address to a Thing; None is its present lease.

        Raises:
            Conflict: the address is taken or outside the pools, or the version says no.
        """
        body = {} if address is None else {dialect.IP_ADDRESS: address}
        return await self._thing(_change(dialect.LOCK_IP, thing_id, version, request_id, body))

    async def unlock_ip(self, thing_id: str, version: int | None, *, request_id: str) -> Thing:
        """Turn the lock of a Thing's address into a lease.

        Raises:
            Conflict: a NAT rule points at the address, or the version says no.
        """
        return await self._thing(_change(dialect.UNLOCK_IP, thing_id, version, request_id))

    async def reset_connection(self, thing_id: str, *, request_id: str) -> Job:
        """Cut the data session of a Thing, so that the device attaches anew (EXT)."""
        call = about(dialect.RESET_CONNECTION, thing_id)
        return await self._job(replace(call, request_id=request_id))

    async def ping(self, thing_id: str, count: int, size: int, *, request_id: str) -> Job:
        """Send 1 to 10 echo requests of 0 to 1472 bytes each to a Thing (EXT)."""
        body = {dialect.PING_COUNT: count, dialect.PING_SIZE: size}
        call = about(dialect.PING, thing_id)
        return await self._job(replace(call, body=body, request_id=request_id))

    async def start_bulk(self, bulk: BulkRequest, *, request_id: str) -> Job:
        """Start one action on many Things (contract §6).

        Raises:
            Conflict: the target is not ``expected_count`` Things, or is empty.
            ValueError: the action has no bulk form, or the target is not exactly one.
        """
        body = bulk_body(bulk)
        return await self._job(Call(dialect.START_BULK, body=body, request_id=request_id))

    async def cancel_job(self, job_id: str, *, request_id: str) -> Job:
        """Stop a job; what it did stays done.

        Raises:
            Conflict: it is finished already.
        """
        ids = {dialect.JOB_ID: job_id}
        return await self._job(Call(dialect.CANCEL_JOB, ids, request_id=request_id))

    async def _thing(self, call: Call) -> Thing:
        """The Thing after a change, also when that became a job."""
        changed = await self._changed(call)
        return changed if isinstance(changed, Thing) else await self._read_back(call)

    async def _changed(self, call: Call) -> Thing | Job:
        response = await self._send(call)
        if not response.content:  # done, without a word on how it is now
            return await self._read_back(call)
        if response.status_code == httpx.codes.ACCEPTED:
            return self._answered(Job, response, call)
        return self._answered(Thing, response, call)

    async def _job(self, call: Call) -> Job:
        return self._answered(Job, await self._send(call), call)

    def _answered(self, model: type[T], response: httpx.Response, call: Call) -> T:
        try:
            return decode_object(model, response.content)
        except Undecodable:
            raise unknown_outcome(call, self._unexpected(response, call)) from None

    async def _read_back(self, call: Call) -> Thing:
        thing_id = call.ids[dialect.THING_ID]
        try:
            return await self._object(Thing, about(dialect.GET_THING, thing_id))
        except SimtuiError as error:  # of the reading: the write itself went well or may have
            raise unknown_outcome(call, error) from None


def _change(
    operation: Operation,
    thing_id: str,
    version: int | None,
    request_id: str,
    body: Any = None,
) -> Call:
    """A change of one Thing, decided on at a version of it."""
    if_match = None if version is None else dialect.etag(version)
    call = about(operation, thing_id)
    return replace(call, body=body, if_match=if_match, request_id=request_id)
