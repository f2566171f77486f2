"""An action as it can be sent: what can never be is refused before anything is judged."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, Final, TypeAlias

from simtui.errors import UsageError
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
    SendSms,
    SetImeiLock,
    SetServices,
    SetState,
    SetTags,
)
from simtui.views.fleet_context import FleetContext
from simtui.views.plan.checked_address import checked_pool_address
from simtui.views.plan.checked_imei_lock import checked_imei_lock
from simtui.views.plan.checked_text import (
    DESCRIPTION_LENGTH,
    NAME_LENGTH,
    REASON_LENGTH,
    checked_tag,
    checked_tags,
    checked_text,
)
from simtui.views.plan.wording import listed, named
from simtui.views.sms.checked_sms import (
    checked_for,
    checked_sender,
    checked_sms_text,
    checked_validity,
)

Things: TypeAlias = tuple[Thing, ...]
MOST_PINGS: Final = 10
LARGEST_PING: Final = 1472


def checked_action(action: Action, things: Things, context: FleetContext) -> Action:
    """The action with its parameters in the spelling of the platform.

    Raises:
        UsageError: a parameter is wrong, or what is for one Thing is asked of several.
    """
    if _for_one_thing(action) and len(things) > 1:
        raise UsageError(
            "This can be done to one Thing at a time",
            f"{len(things):,} Things are selected",
            "Select one of them",
        )
    check = _CHECKS.get(type(action))
    return check(action, things, context) if check else action


def _for_one_thing(action: Action) -> bool:
    if isinstance(action, LockIp):
        return action.address is not None
    return isinstance(action, Describe | SetTags | Ping)


def _state(action: SetState, things: Things, context: FleetContext) -> SetState:
    if action.state not in State.ALL:
        raise UsageError(
            f"{named(action.state)} is not a state of a Thing", f"There are {listed(State.ALL)}"
        )
    reason = checked_text("A reason", action.reason, REASON_LENGTH)
    return replace(action, reason=reason)


def _describe(action: Describe, things: Things, context: FleetContext) -> Describe:
    name, description = action.name, action.description
    if name is None and description is None:
        raise UsageError("There is nothing to change", "Neither a name nor a description is given")
    return Describe(
        None if name is None else checked_text("A name", name, NAME_LENGTH),
        None
        if description is None
        else checked_text("A description", description, DESCRIPTION_LENGTH),
    )


def _set_tags(action: SetTags, things: Things, context: FleetContext) -> SetTags:
    return SetTags(checked_tags(action.tags))


def _add_tags(action: AddTags, things: Things, context: FleetContext) -> AddTags:
    return AddTags(_some_tags(action.tags))


def _remove_tags(action: RemoveTags, things: Things, context: FleetContext) -> RemoveTags:
    return RemoveTags(_some_tags(action.tags))


def _some_tags(tags: tuple[str, ...]) -> tuple[str, ...]:
    if not tags:
        raise UsageError("A tag is missing", "Which tags are meant is not said")
    return checked_tags(tags)


def _rename_tag(action: RenameTag, things: Things, context: FleetContext) -> RenameTag:
    old, new = checked_tag(action.old), checked_tag(action.new)
    if old == new:
        raise UsageError("The new tag is the old one", f"Both are {old}", "Give another name")
    if old.casefold() == new.casefold() and len(things) > 1:
        raise UsageError(
            "Only the case of the tag would change",
            "On several Things at once the API takes both for the same tag",
            "Do it on one Thing at a time",
        )
    return RenameTag(old, new)


def _move(action: MoveToGroup, things: Things, context: FleetContext) -> MoveToGroup:
    if action.things_group_id not in context.groups:
        raise UsageError(
            f"There is no Things Group {named(action.things_group_id)}",
            f"There are {listed(group.name for group in context.groups.values()) or 'none'}",
        )
    return action


def _services(action: SetServices, things: Things, context: FleetContext) -> SetServices:
    foreign = [service for service in action.services if service not in Service.ALL]
    if foreign:
        raise UsageError(
            f"{listed(foreign)} cannot be allowed", f"The services are {listed(Service.ALL)}"
        )
    return SetServices(tuple(service for service in Service.ALL if service in action.services))


def _lock_ip(action: LockIp, things: Things, context: FleetContext) -> LockIp:
    if action.address is None or not things:
        return action
    return LockIp(checked_pool_address(action.address, things[0], context))


def _imei_lock(action: SetImeiLock, things: Things, context: FleetContext) -> SetImeiLock:
    return checked_imei_lock(action, things)


def _ping(action: Ping, things: Things, context: FleetContext) -> Ping:
    if not 1 <= action.count <= MOST_PINGS or not 0 <= action.size <= LARGEST_PING:
        raise UsageError(
            "A ping like this cannot be sent",
            f"It would be {action.count} echo requests of {action.size} bytes",
            f"1 to {MOST_PINGS} requests of 0 to {LARGEST_PING} bytes are possible",
        )
    return action


def _sms(action: SendSms, things: Things, context: FleetContext) -> SendSms:
    text = checked_sms_text(action.text)
    checked_for(text, things)
    return replace(
        action,
        text=text,
        validity_minutes=checked_validity(action.validity_minutes),
        sender=checked_sender(action.sender),
    )


_CHECKS: Final[Mapping[type[Action], Callable[[Any, Things, FleetContext], Action]]] = {
    SetState: _state,
    Describe: _describe,
    SetTags: _set_tags,
    AddTags: _add_tags,
    RemoveTags: _remove_tags,
    RenameTag: _rename_tag,
    MoveToGroup: _move,
    SetServices: _services,
    LockIp: _lock_ip,
    SetImeiLock: _imei_lock,
    Ping: _ping,
    SendSms: _sms,
}
