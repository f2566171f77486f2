"""What takes an action back on one Thing, given what the Thing was before (contract §4)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final, TypeAlias

from simtui.models import State, Thing
from simtui.models.action import (
    Action,
    AddTags,
    Describe,
    LockIp,
    MoveToGroup,
    RemoveTags,
    RenameTag,
    SetImeiLock,
    SetServices,
    SetState,
    SetTags,
    UnlockIp,
)
from simtui.models.effect import wanted_of
from simtui.models.journal import Before
from simtui.views.journal.recorded import recorded_thing

Inverse: TypeAlias = Action | str | None
"""The action that takes it back; or why there is none; or None when it changed nothing."""

NOT_KNOWN: Final = "the journal does not say how it was before"
_ACTIVATED: Final = "no Thing goes back to provisioned"
_RETIRED: Final = "retiring is for good"


def inverse_of(action: Action, before: Before) -> Inverse:
    """What takes one of the ``INVERTIBLE`` actions back on a Thing that was as ``before``."""
    was = recorded_thing(before)
    known = {"name", *before.fields}  # every record has the name
    if was is None or not known.issuperset(wanted_of(action, before)):
        return NOT_KNOWN
    return _INVERTING[type(action)](action, was)


def _state(action: SetState, was: Thing) -> Inverse:
    if action.state == was.state:
        return None
    if action.state == State.RETIRED:
        return _RETIRED
    if was.state not in (State.ACTIVE, State.SUSPENDED):
        return _ACTIVATED if was.state == State.PROVISIONED else NOT_KNOWN
    return SetState(was.state)


def _add_tags(action: AddTags, was: Thing) -> Inverse:
    had = _folded(was.tags)
    added = tuple(tag for tag in action.tags if tag.casefold() not in had)
    return RemoveTags(added) if added else None


def _remove_tags(action: RemoveTags, was: Thing) -> Inverse:
    asked = _folded(action.tags)
    removed = tuple(tag for tag in was.tags if tag.casefold() in asked)
    return AddTags(removed) if removed else None


def _set_tags(action: SetTags, was: Thing) -> Inverse:
    return None if action.tags == was.tags else SetTags(was.tags)


def _rename_tag(action: RenameTag, was: Thing) -> Inverse:
    """A Thing that had both tags lost the old one and keeps the new one."""
    had = _folded(was.tags)
    if action.old.casefold() not in had or action.old == action.new:
        return None
    same = action.old.casefold() == action.new.casefold()
    if action.new.casefold() in had and not same:
        return AddTags((action.old,))
    return RenameTag(action.new, action.old)


def _move(action: MoveToGroup, was: Thing) -> Inverse:
    if was.things_group_id is None:
        return NOT_KNOWN
    back = MoveToGroup(was.things_group_id)
    return None if back == action else back


def _services(action: SetServices, was: Thing) -> Inverse:
    if was.allowed_services is None:
        return NOT_KNOWN
    if set(was.allowed_services) == set(action.services):
        return None
    return SetServices(was.allowed_services)


def _lock_ip(action: LockIp, was: Thing) -> Inverse:
    if was.ip is None or not was.ip.locked:
        return UnlockIp()
    if action.address in (None, was.ip.address):
        return None
    return LockIp(was.ip.address)


def _unlock_ip(action: UnlockIp, was: Thing) -> Inverse:
    return LockIp(was.ip.address) if was.ip is not None and was.ip.locked else None


def _describe(action: Describe, was: Thing) -> Inverse:
    back = Describe(
        name=None if action.name in (None, was.name) else was.name,
        description=None if action.description in (None, was.description) else was.description,
    )
    return None if back == Describe() else back


def _imei_lock(action: SetImeiLock, was: Thing) -> Inverse:
    if was.imei_lock is None:
        return NOT_KNOWN
    back = SetImeiLock(was.imei_lock.enabled, was.imei_lock.imei, was.imei_lock.tac)
    return None if back == action else back


def _folded(tags: Iterable[str]) -> set[str]:
    """Case does not tell tags apart (contract §3.1)."""
    return {tag.casefold() for tag in tags}


_INVERTING: Final[Mapping[type[Action], Callable[[Any, Thing], Inverse]]] = {
    SetState: _state,
    AddTags: _add_tags,
    RemoveTags: _remove_tags,
    SetTags: _set_tags,
    RenameTag: _rename_tag,
    MoveToGroup: _move,
    SetServices: _services,
    LockIp: _lock_ip,
    UnlockIp: _unlock_ip,
    Describe: _describe,
    SetImeiLock: _imei_lock,
}

INVERTIBLE: Final = frozenset(_INVERTING)
"""Actions that can be taken back at all."""
