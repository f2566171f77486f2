"""The writing operations that simtui uses, one typed method each (contract §2, §4).

All of them raise ``SimtuiError``; ``OutcomeUnknown`` when the request went out and its
answer did not come back, ``ReadOnly`` when the endpoint is read-only.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import httpx

from simtui.api import dialect
from simtui.api.call import Call
from simtui.api.decode import Undecodable, decode_object
from simtui.api.faults import unknown_outcome
from simtui.api.wire import Wire, about
from simtui.models import Job, Thing


class Writing(Wire):
    """What can be changed."""

    async def set_state(
        self,
        thing_id: str,
        state: str,
        reason: str,
        *,
        version: int | None,
        end_session: bool = False,
        confirm_iccid: str | None = None,
    ) -> Thing | Job:
        """Ask for another lifecycle state: the changed Thing, or the job that changes it.

        ``version`` is the one that the decision was made on (If-Match); RETIRED needs
        it, and ``confirm_iccid``. ``end_session`` (EXT) also cuts the running session.

        Raises:
            Conflict: the state machine of contract §4 or the version says no.
        """
        body = {
            dialect.STATE: state,
            dialect.REASON: reason or None,
            dialect.CONFIRM_ICCID: confirm_iccid,
        }
        call = replace(
            about(dialect.SET_STATE, thing_id),
            params={dialect.END_SESSION: "true"} if end_session else {},
            body={name: value for name, value in body.items() if value is not None},
            if_match=_if_match(version),
        )
        return await self._changed(call, thing_id)

    async def edit_thing(
        self, thing_id: str, changes: Mapping[str, Any], version: int | None
    ) -> Thing:
        """Change fields of a Thing, named and valued as in the model; None clears one.

        Raises:
            Invalid: a value or a field that may not be changed; ``problems`` says which.
            Conflict: somebody changed the Thing since ``version``.
        """
        call = replace(
            about(dialect.EDIT_THING, thing_id),
            body=dialect.wire_value(changes),
            if_match=_if_match(version),
        )
        changed = await self._changed(call, thing_id)
        if isinstance(changed, Thing):
            return changed
        return await self._object(Thing, about(dialect.GET_THING, thing_id))

    async def _changed(self, call: Call, thing_id: str) -> Thing | Job:
        response = await self._send(call)
        if not response.content:  # done, without a word on how it is now
            return await self._object(Thing, about(dialect.GET_THING, thing_id))
        try:
            if response.status_code == httpx.codes.ACCEPTED:
                return decode_object(Job, response.content)
            return decode_object(Thing, response.content)
        except Undecodable:
            raise unknown_outcome(call, self._unexpected(response, call)) from None


def _if_match(version: int | None) -> str | None:
    return None if version is None else dialect.etag(version)
