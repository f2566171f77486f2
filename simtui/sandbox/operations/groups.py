"""Things Groups: what ties Things to a network and an IP profile (contract §3.3)."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from simtui.sandbox import limits
from simtui.sandbox.addressing import locked_things
from simtui.sandbox.call import Answer, Call, precondition
from simtui.sandbox.counts import things_by_state, things_in_group
from simtui.sandbox.find import find_group
from simtui.sandbox.limits import check_limit
from simtui.sandbox.operations.things import list_things
from simtui.sandbox.paging import paged
from simtui.sandbox.records import GroupRecord
from simtui.sandbox.registry import operation
from simtui.sandbox.validate.fields import unknown_id
from simtui.sandbox.validate.text import read_description, read_name
from simtui.sandbox.versions import amend, check_version, created, found
from simtui.sandbox.world import World


@operation("GET", "/things-groups", need=("things", "READ"))
def list_groups(world: World, call: Call) -> Answer:
    """All groups, the default one first unless sorted otherwise."""
    sort_keys = {
        "name": lambda group: group.name.casefold(),
        "thingCount": lambda group: things_in_group(world, group.group_id),
    }
    rows = sorted(world.groups.values(), key=lambda group: not group.is_default)
    return paged(call, rows, partial(group_view, world), sort_keys, lambda group: group.group_id)


@operation("POST", "/things-groups", need=("network", "WRITE"))
def create_group(world: World, call: Call) -> Answer:
    """A new, empty group."""
    check_limit(len(world.groups) + 1, limits.THINGS_GROUPS, "groups")
    body = call.body
    group = GroupRecord(
        group_id=world.new_id("g"),
        name=_free_name(world, body["name"]),
        network_id=_known_network(world, body["networkId"]),
        ip_profile_id=_known_profile(world, body["ipProfileId"]),
        description=read_description(body.get("description", "")),
        modified_by=call.user.email,
    )
    world.groups[group.group_id] = group
    return created(group, group_view(world, group), f"/things-groups/{group.group_id}")


@operation("GET", "/things-groups/{thingsGroupId}", need=("things", "READ"))
def get_group(world: World, call: Call) -> Answer:
    """One group with its counts."""
    group = find_group(world, call)
    return found(group, group_view(world, group))


@operation("PATCH", "/things-groups/{thingsGroupId}", need=("network", "WRITE"))
def change_group(world: World, call: Call) -> Answer:
    """Rename a group, or point its Things at another network or IP profile.

    Another network is taken at each Thing's next session; the answer says how many
    Things that concerns.
    """
    group = find_group(world, call)
    check_version(call, group)
    body = call.body
    changes = _read_changes(world, group, body)
    moved = changes.get("network_id", group.network_id) != group.network_id
    if moved:
        _refuse_locked_things(world, group)
    for attribute, value in changes.items():
        setattr(group, attribute, value)
    amend(call, group)
    world.revision += 1
    view = group_view(world, group)
    if moved:
        view |= {"effectiveAfter": "NEXT_SESSION", "affectedThings": view["thingCount"]}
    return found(group, view)


@operation("DELETE", "/things-groups/{thingsGroupId}", need=("network", "WRITE"))
def delete_group(world: World, call: Call) -> Answer:
    """Remove a group that is empty and not the default one."""
    group = find_group(world, call)
    check_version(call, group)
    if group.is_default:
        raise precondition("DEFAULT_GROUP", "The default group cannot be deleted")
    count = things_in_group(world, group.group_id)
    if count:
        raise precondition(
            "RESOURCE_IN_USE", f"There are {count} Things in group {group.name}", "move them first"
        )
    del world.groups[group.group_id]
    return Answer({})


@operation("GET", "/things-groups/{thingsGroupId}/things", need=("things", "READ"))
def list_things_of_group(world: World, call: Call) -> Answer:
    """The Things of one group, by the same filters as ``/things``."""
    group = find_group(world, call)
    return list_things(world, call, group)


def group_view(world: World, group: GroupRecord) -> dict[str, Any]:
    """A group as the wire spells it."""
    by_state = things_by_state(world, group.group_id)
    return {
        "thingsGroupId": group.group_id,
        "name": group.name,
        "description": group.description,
        "networkId": group.network_id,
        "ipProfileId": group.ip_profile_id,
        "isDefault": group.is_default,
        "thingCount": sum(by_state.values()),
        "countsByState": by_state,
        "version": group.version,
    }


def _read_changes(world: World, group: GroupRecord, body: dict[str, Any]) -> dict[str, Any]:
    """The attributes that a merge patch changes, checked."""
    read: dict[str, tuple[str, Callable[[Any], str]]] = {
        "name": ("name", lambda value: _free_name(world, value, group)),
        "description": ("description", read_description),
        "networkId": ("network_id", lambda value: _known_network(world, value)),
        "ipProfileId": ("ip_profile_id", lambda value: _known_profile(world, value)),
    }
    changes = {}
    for field, value in body.items():
        attribute, check = read[field]
        changes[attribute] = check(value)
    return changes


def _free_name(world: World, value: str, own: GroupRecord | None = None) -> str:
    name = read_name(value)
    for group in world.groups.values():
        if group is not own and group.name.casefold() == name.casefold():
            raise precondition("NAME_IN_USE", f"There is a group {group.name} already")
    return name


def _known_network(world: World, network_id: str) -> str:
    if network_id not in world.networks:
        raise unknown_id("networkId", "network", network_id)
    return network_id


def _known_profile(world: World, ip_profile_id: str) -> str:
    if ip_profile_id not in world.ip_profiles:
        raise unknown_id("ipProfileId", "IP profile", ip_profile_id)
    return ip_profile_id


def _refuse_locked_things(world: World, group: GroupRecord) -> None:
    network = world.networks[group.network_id]
    locked = sum(thing.group_id == group.group_id for thing in locked_things(world, network))
    if locked:
        raise precondition(
            "IP_LOCKED",
            f"{locked} Things of group {group.name} have a locked address in {network.name}",
            "unlock their addresses first",
        )
