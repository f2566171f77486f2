"""A Thing that somebody else changed meanwhile: as it was, as it is, as it was to be."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

import msgspec

from simtui.models import Thing
from simtui.models.action import (
    Action,
)
from simtui.models.effect import before_of, fields_after
from simtui.views.amounts import NOTHING
from simtui.views.fleet_context import FleetContext
from simtui.views.plan.field_texts import (
    address_text,
    group_of_text,
    imei_lock_text,
    services_text,
    tags_text,
    value_text,
)
from simtui.views.plan.wording import named


@dataclass(frozen=True, slots=True)
class FieldVersions:
    """One setting three times, safe to print; a clash is two different wishes for it."""

    label: str
    was: str
    theirs: str
    mine: str
    clash: bool


class _Setting(NamedTuple):
    label: str
    key: Callable[[Thing], Any]
    text: Callable[[Thing, FleetContext], str]


def three_ways(
    was: Thing, theirs: Thing, action: Action, context: FleetContext
) -> tuple[FieldVersions, ...]:
    """Every setting that ``theirs`` changed or the action wants to change.

    Settings are what a person sets; what the network reports changes all the time.
    """
    mine = _wanted(action, was)
    rows = (_versions(setting, was, theirs, mine, context) for setting in _SETTINGS)
    return tuple(row for row in rows if row is not None)


def _versions(
    setting: _Setting, was: Thing, theirs: Thing, mine: Thing, context: FleetContext
) -> FieldVersions | None:
    old, other, own = setting.key(was), setting.key(theirs), setting.key(mine)
    if old == other == own:
        return None
    return FieldVersions(
        setting.label,
        setting.text(was, context),
        setting.text(theirs, context),
        setting.text(mine, context),
        clash=other != old and own not in (old, other),
    )


def _wanted(action: Action, thing: Thing) -> Thing:
    """The Thing as the action wants it."""
    after = fields_after(action, before_of(action, thing))
    wanted: Thing = msgspec.convert({**msgspec.to_builtins(thing), **after}, Thing)
    return wanted


def _address_key(thing: Thing) -> tuple[str | None, bool]:
    return (thing.ip.address, thing.ip.locked) if thing.ip else (None, False)


def _services_key(thing: Thing) -> frozenset[str] | None:
    return None if thing.allowed_services is None else frozenset(thing.allowed_services)


_SETTINGS: Final = (
    _Setting("State", lambda thing: thing.state, lambda thing, _: named(thing.state)),
    _Setting(
        "On its way to",
        lambda thing: thing.pending_state,
        lambda thing, _: named(thing.pending_state or NOTHING),
    ),
    _Setting("Name", lambda thing: thing.name, lambda thing, _: value_text(thing.name)),
    _Setting(
        "Description",
        lambda thing: thing.description,
        lambda thing, _: value_text(thing.description),
    ),
    _Setting("Group", lambda thing: thing.things_group_id, group_of_text),
    _Setting("Tags", lambda thing: frozenset(thing.tags), lambda thing, _: tags_text(thing.tags)),
    _Setting("Services", _services_key, lambda thing, _: services_text(thing.allowed_services)),
    _Setting("IP address", _address_key, lambda thing, _: address_text(thing.ip)),
    _Setting(
        "IMEI lock", lambda thing: thing.imei_lock, lambda thing, _: imei_lock_text(thing.imei_lock)
    ),
)
"""What a person sets on a Thing, in the order of its page."""
