"""What the journal wrote down of a write, made again: an action or a change of configuration."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import msgspec

from simtui.models.action import ACTIONS, Action
from simtui.models.config_change import SETTINGS, ConfigChange, Ref, Verb
from simtui.models.journal import Intent
from simtui.models.plain import plain_of, settings_from


def recorded_action(intent: Intent) -> Action | None:
    """The action of a write; None for other writes and for what is not of this version."""
    if intent.kind not in ACTIONS:
        return None
    try:
        action: Action = msgspec.convert(
            msgspec.to_builtins(dict(intent.parameters)), ACTIONS[intent.kind]
        )
    except msgspec.MsgspecError:
        return None
    return action


_VERBS: Final = (Verb.CREATE, Verb.CHANGE, Verb.DELETE)


@dataclass(frozen=True, slots=True)
class RecordedChange:
    """A change of the configuration; its key, if it had one, is not in it, but ``new_key``
    says whether there was one."""

    change: ConfigChange
    new_key: bool = False


def kind_of_change(change: ConfigChange) -> str:
    """What a change is called in the journal: ``create-nat-rule``."""
    return f"{change.verb}-{change.ref.kind}"


def parameters_of_change(change: ConfigChange) -> Mapping[str, Any]:
    """The change as plain values, without its key."""
    return {
        "object_id": change.ref.object_id,
        "parent_id": change.ref.parent_id,
        "title": change.title,
        "before": plain_of(change.before),
        "after": plain_of(change.after),
        "version": change.version,
        "known": list(change.known),
        "new_key": change.psk is not None,
    }


def recorded_change(intent: Intent) -> RecordedChange | None:
    """The change of a write; None for other writes and for what is not of this version."""
    verb, _, kind = intent.kind.partition("-")
    if verb not in _VERBS or kind not in SETTINGS:
        return None
    told = intent.parameters
    try:
        change = ConfigChange(
            Ref(kind, str(told["object_id"]), str(told["parent_id"])),
            str(told["title"]),
            settings_from(kind, told["before"]),
            settings_from(kind, told["after"]),
            int(told["version"]),
            tuple(map(str, told["known"])),
        )
    except (LookupError, TypeError, ValueError):
        return None
    return RecordedChange(change, bool(told.get("new_key")))
