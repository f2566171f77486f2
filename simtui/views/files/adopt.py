"""Which rules and routes of the account those in files are: by id, or by what they say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

from simtui.models.settings import RouteSettings, RuleSettings
from simtui.views.config.items import Item, id_of

One = TypeVar("One", RuleSettings, RouteSettings)


def adopted(items: tuple[One, ...], before: tuple[Item, ...]) -> tuple[One, ...]:
    """The items, each with the id of an equal one that no other item claims, in their order."""
    claimed = {id_of(item) for item in items}
    free: dict[Item, list[str]] = {}
    for item in before:
        if id_of(item) not in claimed or not id_of(item):
            free.setdefault(_anonymous(item), []).append(id_of(item))
    found = []
    for item in items:
        same = free.get(_anonymous(item)) if not id_of(item) else None
        found.append(_with_id(item, same.pop(0)) if same else item)
    return tuple(found)


def counterpart(item: One, before: Sequence[Item]) -> One | None:
    """What an item was: the same when nothing about it changed, else the one with its id."""
    if item in before:
        return item
    own = id_of(item)
    if not own:
        return None
    kind = type(item)
    return next((one for one in before if own == id_of(one) and isinstance(one, kind)), None)


def _anonymous(item: Item) -> Item:
    if isinstance(item, RuleSettings):
        return replace(item, rule_id=None)
    return replace(item, route_id=None)


def _with_id(item: One, identity: str) -> One:
    if isinstance(item, RuleSettings):
        return replace(item, rule_id=identity)
    return replace(item, route_id=identity)
