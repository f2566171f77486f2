"""The Things that a bulk action is about: one of four kinds of target (contract §6)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from simtui.sandbox.call import Refused, invalid
from simtui.sandbox.records import ThingRecord
from simtui.sandbox.schema import request_schema
from simtui.sandbox.thing_filter import matching
from simtui.sandbox.validate.fields import unknown_id
from simtui.sandbox.world import World

_NO_FILTERS = frozenset({"offset", "limit", "sort"})


def target_ids(world: World, target: Mapping[str, Any]) -> Sequence[str]:
    """The ids of the Things; those of ``thingIds`` as given, known or not.

    Raises:
        Refused: 400 naming what is wrong with the target.
    """
    if "thingIds" in target:
        given: list[str] = target["thingIds"]
        return given
    return [thing.thing_id for thing in _selected(world, target)]


def _selected(world: World, target: Mapping[str, Any]) -> Sequence[ThingRecord]:
    if "thingsGroupId" in target:
        group_id = target["thingsGroupId"]
        if group_id not in world.groups:
            raise unknown_id("target.thingsGroupId", "Things Group", group_id)
        return matching(world, {"thingsGroupId": [group_id]})
    if "tags" in target:
        return matching(world, {"tag": target["tags"], "tagMode": target.get("tagMode", "ALL")})
    return matching(world, read_filter(target["filter"]))


def read_filter(given: Mapping[str, Any]) -> dict[str, Any]:
    """A filter in a body, with the same keys and values as ``GET /things``.

    Raises:
        Refused: 400 ``UNKNOWN_FILTER`` or ``VALIDATION_FAILED`` naming the key.
    """
    parameters = request_schema("GET", "/things").query
    query = {}
    for name, value in given.items():
        field = f"target.filter.{name}"
        if name not in parameters or name in _NO_FILTERS:
            message = f"{name} is no filter of Things"
            raise Refused(400, "UNKNOWN_FILTER", message, problems=((field, "UNKNOWN", message),))
        query[name] = parameters[name].read(_texts(field, value))
    return query


def _texts(field: str, value: Any) -> list[str]:
    """A value of a filter as the query string would spell it."""
    values = value if isinstance(value, list) else [value]
    if not values:
        raise invalid(field, "TOO_FEW", f"{field} has no value")
    return [_text(field, one) for one in values]


def _text(field: str, value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return value
    raise invalid(field, "TYPE", f"{field} must be a string, true or false")
