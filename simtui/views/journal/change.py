"""What a write asked of a Thing, beside what the Thing was."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final, TypeAlias

from simtui.models import Thing
from simtui.models.action import Action
from simtui.models.effect import wanted_of
from simtui.models.journal import Before
from simtui.views.amounts import NOTHING
from simtui.views.fleet_context import FleetContext
from simtui.views.journal.recorded import recorded_thing, wanted_thing
from simtui.views.plan.field_texts import (
    address_text,
    group_of_text,
    imei_lock_text,
    services_text,
    tags_text,
    value_text,
)
from simtui.views.things.words import state_name

_Text: TypeAlias = Callable[[Thing, FleetContext], str]

_TEXTS: Final[Mapping[str, _Text]] = {
    "state": lambda thing, _: state_name(thing.state),
    "tags": lambda thing, _: tags_text(thing.tags),
    "things_group_id": group_of_text,
    "allowed_services": lambda thing, _: services_text(thing.allowed_services),
    "ip": lambda thing, _: address_text(thing.ip),
    "imei_lock": lambda thing, _: imei_lock_text(thing.imei_lock),
    "name": lambda thing, _: value_text(thing.name),
    "description": lambda thing, _: value_text(thing.description),
}


def change_text(action: Action | None, before: Before, context: FleetContext) -> str:
    """``active → suspended``; several settings by their names.

    Empty when the action leaves no trace on the Thing.
    """
    if action is None:
        return ""
    was = recorded_thing(before)
    asked = wanted_thing(action, before) if was else None
    if was is None or asked is None:
        return "not readable"
    names = tuple(wanted_of(action, before))
    changes = []
    for name in names:
        text = _TEXTS[name]
        known = text(was, context) if name in before.fields else NOTHING
        label = f"{name} " if len(names) > 1 else ""
        changes.append(f"{label}{known} → {text(asked, context)}")
    return "; ".join(changes)
