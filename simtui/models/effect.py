"""What an action is about on a Thing: the fields as they are, and as they are to be.

Fields are named as in `simtui.models.Thing` and hold plain values, so that they can be
written down and compared with what is read later.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

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
from simtui.models.journal import Before
from simtui.models.session import SessionState
from simtui.models.thing import Thing

LOCKED: Final = "LOCKED"
DYNAMIC: Final = "DYNAMIC"
OPEN_SESSIONS: Final = frozenset({SessionState.ONLINE, SessionState.ATTACHED})

_ABOUT: Final[Mapping[str, tuple[str, ...]]] = {
    "set-state": ("state",),
    "describe": ("name", "description"),
    "set-tags": ("tags",),
    "add-tags": ("tags",),
    "remove-tags": ("tags",),
    "rename-tag": ("tags",),
    "move": ("things_group_id",),
    "services": ("allowed_services",),
    "lock-ip": ("ip",),
    "unlock-ip": ("ip",),
    "imei-lock": ("imei_lock",),
}


def before_of(action: Action, thing: Thing) -> Before:
    """The Thing as it is before the action, as far as the action is about it."""
    fields = {name: _plain(thing, name) for name in _ABOUT.get(action.kind, ())}
    return Before(thing.thing_id, thing.iccid, thing.name, thing.version, fields)


def wanted_of(action: Action, before: Before) -> Mapping[str, Any]:
    """The fields as the action wants them; empty when it leaves no trace on the Thing."""
    want = _WANTED.get(type(action))
    return want(action, before) if want is not None else {}


def fields_after(action: Action, before: Before) -> dict[str, Any]:
    """The recorded fields as they are afterwards; a lock that names no address keeps it."""
    known, wanted = dict(before.fields), dict(wanted_of(action, before))
    if isinstance(known.get("ip"), Mapping) and "ip" in wanted:
        wanted["ip"] = {**known["ip"], **wanted["ip"]}
    return {**known, **wanted}


def holds(wanted: Mapping[str, Any], thing: Thing) -> bool:
    """Whether a Thing is as ``wanted``; a change of state that is in flight counts."""
    return all(_matches(value, name, thing) for name, value in wanted.items())


def has_session(thing: Thing) -> bool:
    """Whether a data session runs, as far as is known."""
    return thing.session is not None and thing.session.state in OPEN_SESSIONS


def tags_after(action: Action, tags: tuple[str, ...]) -> tuple[str, ...]:
    """The tags that an action about tags makes of ``tags``; case does not tell tags apart."""
    if isinstance(action, SetTags):
        return action.tags
    if isinstance(action, AddTags):
        return _with(tags, action.tags)
    if isinstance(action, RemoveTags):
        return _without(tags, action.tags)
    if isinstance(action, RenameTag) and _without(tags, (action.old,)) != tags:
        return _with(_without(tags, (action.old,)), (action.new,))
    return tags


def _with(tags: tuple[str, ...], added: tuple[str, ...]) -> tuple[str, ...]:
    own = {tag.casefold() for tag in tags}
    return (*tags, *(tag for tag in added if tag.casefold() not in own))


def _without(tags: tuple[str, ...], removed: tuple[str, ...]) -> tuple[str, ...]:
    gone = {tag.casefold() for tag in removed}
    return tuple(tag for tag in tags if tag.casefold() not in gone)


def _plain(thing: Thing, name: str) -> Any:
    if name == "ip":
        ip = thing.ip
        return {"address": ip.address, "allocation": ip.allocation} if ip else None
    if name == "imei_lock":
        lock = thing.imei_lock
        return {"enabled": lock.enabled, "imei": lock.imei, "tac": lock.tac} if lock else None
    value = getattr(thing, name)
    return list(value) if isinstance(value, tuple) else value


def _describe(action: Describe, before: Before) -> Mapping[str, Any]:
    wanted = {"name": action.name, "description": action.description}
    return {name: value for name, value in wanted.items() if value is not None}


def _tags(action: Action, before: Before) -> Mapping[str, Any]:
    return {"tags": list(tags_after(action, tuple(before.fields.get("tags") or ())))}


def _lock_ip(action: LockIp, before: Before) -> Mapping[str, Any]:
    known = {"address": action.address} if action.address else {}
    return {"ip": {"allocation": LOCKED, **known}}


_WANTED: Final[Mapping[type[Action], Callable[[Any, Before], Mapping[str, Any]]]] = {
    SetState: lambda action, before: {"state": action.state},
    Describe: _describe,
    SetTags: _tags,
    AddTags: _tags,
    RemoveTags: _tags,
    RenameTag: _tags,
    MoveToGroup: lambda action, before: {"things_group_id": action.things_group_id},
    SetServices: lambda action, before: {"allowed_services": list(action.services)},
    LockIp: _lock_ip,
    UnlockIp: lambda action, before: {"ip": {"allocation": DYNAMIC}},
    SetImeiLock: lambda action, before: {
        "imei_lock": {"enabled": action.enabled, "imei": action.imei, "tac": action.tac}
    },
}


def _matches(value: Any, name: str, thing: Thing) -> bool:
    if name == "state":
        return value in (thing.state, thing.pending_state)
    now = _plain(thing, name)
    if name == "tags":
        return {tag.casefold() for tag in value} == {tag.casefold() for tag in now}
    if name == "allowed_services":
        return now is not None and set(value) == set(now)
    if name == "ip" and now is None:
        return bool(value == {"allocation": DYNAMIC})
    if isinstance(value, dict):
        return all((now or {}).get(key) == part for key, part in value.items())
    return bool(value == now)
