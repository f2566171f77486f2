"""Each action in words, around those it is done to."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

from simtui.models import Service, State, Thing
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
from simtui.views.fleet_context import FleetContext
from simtui.views.plan.field_texts import group_text, tags_text
from simtui.views.plan.plan import Phrase
from simtui.views.plan.wording import listed, named, plural
from simtui.views.text import clean

RESET: Final = "Reset the connection of"
_QUOTED: Final = 40
"""Characters of a message that its summary quotes."""


def phrase_of(action: Action, things: Iterable[Thing], context: FleetContext) -> Phrase:
    """The words for an action; what is put into ACTIVE is activated, or resumed."""
    if isinstance(action, SetState):
        return _state(action, things)
    if isinstance(action, MoveToGroup):
        return Phrase("Move", f"to group {group_text(action.things_group_id, context)}")
    return _PHRASES[type(action)](action)


def _state(action: SetState, things: Iterable[Thing]) -> Phrase:
    if action.state == State.ACTIVE:
        states = {action.only_from} if action.only_from else {thing.state for thing in things}
        return Phrase("Resume" if states == {State.SUSPENDED} else "Activate")
    return Phrase(_STATE_VERBS.get(action.state, f"Set to {action.state}"))


_STATE_VERBS: Final = {State.SUSPENDED: "Suspend", State.RETIRED: "Retire"}


def _describe(action: Describe) -> Phrase:
    if action.description is None:
        if not action.name:
            return Phrase("Clear the name of")
        return Phrase("Rename", f"to {named(action.name)}")
    if action.name is not None:
        return Phrase("Change name and description of")
    return Phrase("Describe" if action.description else "Clear the description of")


def _set_tags(action: SetTags) -> Phrase:
    if not action.tags:
        return Phrase("Remove all tags of")
    return Phrase("Set the tags of", f"to {tags_text(action.tags)}")


def _tags(verb: str, tags: tuple[str, ...], preposition: str) -> Phrase:
    return Phrase(f"{verb} {plural(len(tags), 'tag', 'tags')} {listed(tags)} {preposition}")


def _services(action: SetServices) -> Phrase:
    if not action.services:
        return Phrase("Block all services of")
    if set(action.services) == set(Service.ALL):
        return Phrase("Allow", "DATA and SMS")
    return Phrase("Restrict", f"to {listed(action.services)}")


def _lock_ip(action: LockIp) -> Phrase:
    return Phrase(f"Lock {named(action.address)} to" if action.address else "Lock the IP of")


def _imei_lock(action: SetImeiLock) -> Phrase:
    if not action.enabled:
        return Phrase("Remove the IMEI lock of")
    bound = [f"IMEI {named(action.imei)}"] if action.imei else []
    bound += [f"TAC {named(action.tac)}"] if action.tac else []
    return Phrase("Lock", f"to {' and '.join(bound) or 'the present device'}")


def _sms(action: SendSms) -> Phrase:
    return Phrase(f"Send “{clean(action.text, _QUOTED)}” to")


_PHRASES: Final[Mapping[type[Action], Callable[[Any], Phrase]]] = {
    Describe: _describe,
    SetTags: _set_tags,
    AddTags: lambda action: _tags("Add", action.tags, "to"),
    RemoveTags: lambda action: _tags("Remove", action.tags, "from"),
    RenameTag: lambda action: Phrase(f"Rename tag {named(action.old)} to {named(action.new)} on"),
    SetServices: _services,
    LockIp: _lock_ip,
    UnlockIp: lambda action: Phrase("Unlock the IP of"),
    SetImeiLock: _imei_lock,
    ResetConnection: lambda action: Phrase(RESET),
    Ping: lambda action: Phrase("Ping"),
    SendSms: _sms,
}
