"""An action on one Thing, as the one request that it is."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, TypeAlias

import msgspec

from simtui.models import ImeiLock, Job, Sms, State, Thing
from simtui.models.action import (
    Action,
    AddTags,
    Describe,
    LockIp,
    MoveToGroup,
    Ping,
    RemoveTags,
    RenameTag,
    ResetConnection,
    SendSms,
    SetImeiLock,
    SetServices,
    SetState,
    SetTags,
    UnlockIp,
)
from simtui.models.effect import before_of, tags_after
from simtui.models.journal import Before
from simtui.models.sms_template import filled
from simtui.store import subjects
from simtui.store.command import Command
from simtui.store.query import Query
from simtui.store.thing_queries import ThingQuery

if TYPE_CHECKING:
    from simtui.store.source import Writing

Answer: TypeAlias = Thing | Job | Sms


@dataclass(frozen=True, slots=True)
class ThingWrite(Command[Answer]):
    """Does ``action`` to ``thing``, which must still be as it was seen (contract §1.5).

    The answer is the changed Thing, the job that changes it, or the message that is sent,
    which is known by ``client_reference``.
    """

    action: Action
    thing: Thing
    summary: str
    subject: str
    client_reference: str | None = None

    @property
    def kind(self) -> str:
        """The action's."""
        return self.action.kind

    @property
    def parameters(self) -> Mapping[str, Any]:
        """The action's."""
        return parameters_of(self.action)

    @property
    def touches(self) -> frozenset[str]:
        """The Thing, the list it is in, the counts of its group, and the jobs."""
        thing = subjects.thing_subject(self.thing.thing_id)
        if isinstance(self.action, SendSms):
            return frozenset({subjects.SMS, thing})
        return frozenset({subjects.FLEET, subjects.GROUPS, subjects.JOBS, thing})

    @property
    def reference(self) -> str | None:
        """By which a message is found again; other actions are seen on the Thing."""
        return self.client_reference

    @property
    def before(self) -> tuple[Before, ...]:
        """The Thing."""
        return (before_of(self.action, self.thing),)

    def rereads(self) -> tuple[Query[Any], ...]:
        """The Thing."""
        return (ThingQuery(self.thing.thing_id),)

    @property
    def version(self) -> int | None:
        """For ``If-Match``; a list that told no version gives none."""
        return self.thing.version or None

    async def send(self, source: Writing, request_id: str) -> Answer:
        """Send it once."""
        return await _SENDING[type(self.action)](source, self, self.action, request_id)


def parameters_of(action: Action) -> Mapping[str, Any]:
    """An action's own values, plain; with its kind they make the action again."""
    values: Mapping[str, Any] = msgspec.to_builtins(action)
    return values


async def _set_state(source: Writing, write: ThingWrite, action: SetState, request: str) -> Answer:
    return await source.set_state(
        write.thing.thing_id,
        action.state,
        action.reason,
        version=write.version,
        request_id=request,
        end_session=action.end_session,
        confirm_iccid=write.thing.iccid if action.state == State.RETIRED else None,
    )


async def _set_tags(source: Writing, write: ThingWrite, action: Action, request: str) -> Answer:
    tags = tags_after(action, write.thing.tags)
    return await source.set_tags(write.thing.thing_id, tags, write.version, request_id=request)


async def _edit(source: Writing, write: ThingWrite, action: Action, request: str) -> Answer:
    return await source.edit_thing(
        write.thing.thing_id, _changes(action), write.version, request_id=request
    )


async def _lock_ip(source: Writing, write: ThingWrite, action: LockIp, request: str) -> Answer:
    return await source.lock_ip(
        write.thing.thing_id, action.address, write.version, request_id=request
    )


async def _unlock_ip(source: Writing, write: ThingWrite, action: Action, request: str) -> Answer:
    return await source.unlock_ip(write.thing.thing_id, write.version, request_id=request)


async def _reset(source: Writing, write: ThingWrite, action: Action, request: str) -> Answer:
    return await source.reset_connection(write.thing.thing_id, request_id=request)


async def _ping(source: Writing, write: ThingWrite, action: Ping, request: str) -> Answer:
    return await source.ping(write.thing.thing_id, action.count, action.size, request_id=request)


async def _send_sms(source: Writing, write: ThingWrite, action: SendSms, request: str) -> Answer:
    return await source.send_sms(
        write.thing.thing_id,
        action,
        filled(action.text, write.thing),
        reference=write.client_reference or "",
        request_id=request,
    )


def _changes(action: Action) -> Mapping[str, Any]:
    """The fields that a PATCH sets, named as in the model."""
    if isinstance(action, Describe):
        told = {"name": action.name, "description": action.description}
        return {name: value for name, value in told.items() if value is not None}
    if isinstance(action, MoveToGroup):
        return {"things_group_id": action.things_group_id}
    if isinstance(action, SetServices):
        return {"allowed_services": action.services}
    if isinstance(action, SetImeiLock):
        return {"imei_lock": ImeiLock(action.enabled, action.imei, action.tac)}
    raise TypeError(f"{action.kind} is no edit of fields")


_SENDING: Final[
    Mapping[type[Action], Callable[[Writing, ThingWrite, Any, str], Awaitable[Answer]]]
] = {
    SetState: _set_state,
    Describe: _edit,
    SetTags: _set_tags,
    AddTags: _set_tags,
    RemoveTags: _set_tags,
    RenameTag: _set_tags,
    MoveToGroup: _edit,
    SetServices: _edit,
    LockIp: _lock_ip,
    UnlockIp: _unlock_ip,
    SetImeiLock: _edit,
    ResetConnection: _reset,
    Ping: _ping,
    SendSms: _send_sms,
}
