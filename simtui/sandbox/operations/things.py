"""Things: the list with its filters, one of them, and its settings (contract §2, §3.1)."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from typing import Any

from simtui.sandbox.call import Answer, Call, not_found
from simtui.sandbox.find import find_thing
from simtui.sandbox.paging import in_order, page
from simtui.sandbox.records import GroupRecord, ThingRecord
from simtui.sandbox.registry import operation
from simtui.sandbox.render import thing_renderer, thing_view
from simtui.sandbox.thing_changes import read_patch
from simtui.sandbox.thing_filter import matching
from simtui.sandbox.validate.text import read_tags
from simtui.sandbox.versions import check_version, found
from simtui.sandbox.world import World

SORT_KEYS: Mapping[str, Callable[[ThingRecord], Any]] = {
    "name": lambda thing: thing.name.casefold(),
    "iccid": lambda thing: thing.iccid,
    "state": lambda thing: thing.state,
    "lastSeenAt": lambda thing: thing.last_seen_at,
    "dataBytesCycle": lambda thing: thing.data_bytes,
    "smsCycle": lambda thing: thing.sms_mt + thing.sms_mo,
    "imeiChangedAt": lambda thing: thing.imei_changed_at,
    "createdAt": lambda thing: thing.created_at,
    "modifiedAt": lambda thing: thing.modified_at or thing.created_at,
}
_WINDOW = ("offset", "limit")
_AS_THEY_STAND = "createdAt"
"""The order in which the world has its Things, which costs nothing to give."""


@operation("GET", "/things", need=("things", "READ"))
def list_things(world: World, call: Call, group: GroupRecord | None = None) -> Answer:
    """The Things that pass the filters; with ``group``, only those of that group.

    An order of a big fleet is worked out once a revision, not for each of its pages.
    """
    group_id = group.group_id if group else None
    rows = world.remembered(_key(call, group_id), lambda: _rows(world, call, group_id))
    return page(call, rows, thing_renderer(world, call.now))


def _key(call: Call, group_id: str | None) -> Hashable:
    asked = (
        (name, tuple(value) if isinstance(value, list) else value)
        for name, value in sorted(call.query.items())
        if name not in _WINDOW
    )
    return ("things", group_id, *asked)


def _rows(world: World, call: Call, group_id: str | None) -> Sequence[ThingRecord]:
    rows = matching(world, call.query)
    if group_id is not None:
        rows = [thing for thing in rows if thing.group_id == group_id]
    if call.query.get("sort") == _AS_THEY_STAND:
        return rows
    return in_order(call, rows, SORT_KEYS, SORT_KEYS["iccid"])


@operation("GET", "/things/{thingId}", need=("things", "READ"))
def get_thing(world: World, call: Call) -> Answer:
    """One Thing."""
    thing = find_thing(world, call)
    return found(thing, thing_view(world, thing, call.now))


@operation("GET", "/things/by-iccid/{iccid}", need=("things", "READ"))
def get_thing_by_iccid(world: World, call: Call) -> Answer:
    """Where the Thing with an ICCID is (302)."""
    thing = world.by_iccid.get(call.path["iccid"])
    if thing is None:
        raise not_found("Thing with ICCID", call.path["iccid"])
    return Answer(None, status=302, location=f"/things/{thing.thing_id}")


@operation("PATCH", "/things/{thingId}", need=("things", "WRITE"))
def change_thing(world: World, call: Call) -> Answer:
    """Change a Thing's settings by a merge patch; all of them or none."""
    thing = find_thing(world, call)
    check_version(call, thing)
    changes = read_patch(world, thing, call.body)
    moved = changes.get("group_id", thing.group_id) != thing.group_id
    for attribute, value in changes.items():
        setattr(thing, attribute, value)
    world.touch(thing, call.now, call.user.email)
    view = thing_view(world, thing, call.now)
    if moved:
        view |= {"effectiveAfter": "NEXT_SESSION", "affectedThings": 1}
    return found(thing, view)


@operation("PUT", "/things/{thingId}/tags", need=("tags", "WRITE"))
def replace_tags(world: World, call: Call) -> Answer:
    """Replace the set of tags."""
    thing = find_thing(world, call)
    check_version(call, thing)
    thing.tags = read_tags(call.body["tags"])
    world.touch(thing, call.now, call.user.email)
    return found(thing, thing_view(world, thing, call.now))
