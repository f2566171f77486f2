"""From the arguments of each word for an action to the action."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Final, TypeAlias

from simtui.errors import UsageError
from simtui.models import Service, State
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
from simtui.views.plan.checked_action import checked_action
from simtui.views.plan.checked_address import checked_ipv4
from simtui.views.plan.checked_imei_lock import checked_imei, checked_tac
from simtui.views.plan.find_group import find_group
from simtui.views.plan.wording import named

Arguments: TypeAlias = tuple[str, ...]
Parser: TypeAlias = Callable[[Arguments, FleetContext], Action | None]

END_SESSION: Final = "--end-session"
VALID: Final = "--valid="
SENDER: Final = "--sender="

_SERVICES: Final[Mapping[str, tuple[str, ...]]] = {
    "data": (Service.DATA,),
    "sms": (Service.SMS,),
    "both": Service.ALL,
    "none": (),
}
_SEPARATORS = re.compile(r"[\s-]+")
_NUMBER = re.compile(r"[0-9]{1,6}")


def wrong_arguments(usage: str, arguments: Sequence[str]) -> UsageError:
    """What to raise when the arguments do not fit the word."""
    given = named(" ".join(arguments).strip())
    return UsageError(
        f"Expected: {usage}", f"“{given}” was given" if given else "Nothing was given"
    )


def _into(state: str, *, only_from: str | None = None, may_end_session: bool = False) -> Parser:
    def parse(arguments: Arguments, context: FleetContext) -> Action | None:
        ends = may_end_session and END_SESSION in arguments
        words = [word for word in arguments if not (ends and word == END_SESSION)]
        if any(word.startswith("--") for word in words):
            return None
        action = SetState(state, " ".join(words), ends, only_from)
        return checked_action(action, (), context)

    return parse


def _name(arguments: Arguments, context: FleetContext) -> Action | None:
    return checked_action(Describe(name=" ".join(arguments)), (), context) if arguments else None


def _describe(arguments: Arguments, context: FleetContext) -> Action | None:
    if not arguments:
        return None
    return checked_action(Describe(description=" ".join(arguments)), (), context)


def _tags(make: type[SetTags | AddTags | RemoveTags], *, may_be_none: bool = False) -> Parser:
    def parse(arguments: Arguments, context: FleetContext) -> Action | None:
        texts = tuple(text for one in arguments for text in one.split(",") if text.strip(" "))
        if not arguments or not (texts or may_be_none):
            return None
        return checked_action(make(texts), (), context)

    return parse


def _rename_tag(arguments: Arguments, context: FleetContext) -> Action | None:
    if len(arguments) != 2:
        return None
    return checked_action(RenameTag(*arguments), (), context)


def _move(arguments: Arguments, context: FleetContext) -> Action | None:
    wanted = " ".join(arguments).strip()
    return MoveToGroup(find_group(wanted, context).things_group_id) if wanted else None


def _services(arguments: Arguments, context: FleetContext) -> Action | None:
    words = [word.strip().lower() for one in arguments for word in one.split(",")]
    if not words or not all(word in _SERVICES for word in words):
        return None
    if len(words) > 1 and not {"both", "none"}.isdisjoint(words):
        return None
    allowed = {service for word in words for service in _SERVICES[word]}
    return SetServices(tuple(service for service in Service.ALL if service in allowed))


def _lock_ip(arguments: Arguments, context: FleetContext) -> Action | None:
    if len(arguments) > 1:
        return None
    address = "".join(arguments).strip()
    return LockIp(checked_ipv4(address) if address else None)


def _unlock_ip(arguments: Arguments, context: FleetContext) -> Action | None:
    return None if arguments else UnlockIp()


def _imei_lock(arguments: Arguments, context: FleetContext) -> Action | None:
    """``off``, ``present`` (which only the plan can fill in), an IMEI, or a TAC."""
    text = _SEPARATORS.sub("", "".join(arguments)).lower()
    if text == "off":
        return SetImeiLock(False)
    if text == "present":
        return SetImeiLock(True)
    if not text:
        return None
    if len(text) <= 8:
        return SetImeiLock(True, tac=checked_tac(text))
    return SetImeiLock(True, imei=checked_imei(text))


def _reset(arguments: Arguments, context: FleetContext) -> Action | None:
    return None if arguments else ResetConnection()


def _ping(arguments: Arguments, context: FleetContext) -> Action | None:
    default = Ping()
    given = [argument.strip() for argument in arguments]
    if len(given) > 2 or not all(not text or _NUMBER.fullmatch(text) for text in given):
        return None
    count, size, *_ = (*given, "", "")
    ping = Ping(int(count) if count else default.count, int(size) if size else default.size)
    return checked_action(ping, (), context)


def _send_sms(arguments: Arguments, context: FleetContext) -> Action | None:
    """The options come first; whatever follows is the text."""
    default, words = SendSms(""), list(arguments)
    minutes, sender = str(default.validity_minutes), default.sender
    while words and words[0].startswith("--"):
        word = words.pop(0)
        if word.startswith(VALID):
            minutes = word.removeprefix(VALID)
        elif word.startswith(SENDER):
            sender = word.removeprefix(SENDER)
        else:
            return None
    if not words or not _NUMBER.fullmatch(minutes):
        return None
    return checked_action(SendSms(" ".join(words), int(minutes), sender), (), context)


PARSERS: Final[Mapping[str, Parser]] = {
    "activate": _into(State.ACTIVE, only_from=State.PROVISIONED),
    "suspend": _into(State.SUSPENDED, may_end_session=True),
    "resume": _into(State.ACTIVE, only_from=State.SUSPENDED),
    "retire": _into(State.RETIRED, may_end_session=True),
    "name": _name,
    "describe": _describe,
    "tags": _tags(SetTags, may_be_none=True),
    "add-tag": _tags(AddTags),
    "remove-tag": _tags(RemoveTags),
    "rename-tag": _rename_tag,
    "move": _move,
    "services": _services,
    "lock-ip": _lock_ip,
    "unlock-ip": _unlock_ip,
    "imei-lock": _imei_lock,
    "reset": _reset,
    "ping": _ping,
    "send-sms": _send_sms,
}
"""The parser of each word; it gives None for arguments that are not as the word says."""
