"""Changes to the world that happen just before a request is handled (contract §10)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, TypeAlias
from urllib.parse import unquote

from stdnum import luhn

from simtui.sandbox.records import ThingRecord
from simtui.sandbox.world import World

Settings: TypeAlias = Mapping[str, Any]

SECOND_WRITER = "anna@example.com"


def second_writer(world: World, path: str, settings: Settings, now: datetime) -> None:
    """Somebody else saves the object that this path names."""
    collection, identity, *rest = (*unquote(path).strip("/").split("/"), "", "")
    if collection == "things" and identity in world.things:
        thing = world.things[identity]
        thing.description = f"Looked at by {SECOND_WRITER} at {now:%H:%M:%S}"
        world.touch(thing, now, SECOND_WRITER)
        return
    record = _record(world, collection, identity, [step for step in rest if step])
    if record is not None:
        record.version += 1
        record.modified_by = SECOND_WRITER


def _record(world: World, collection: str, identity: str, rest: list[str]) -> Any:
    """The record whose version a write to this path is checked against, or None."""
    collections: dict[str, dict[str, Any]] = {
        "things-groups": world.groups,
        "networks": world.networks,
        "ip-profiles": world.ip_profiles,
        "users": world.users,
    }
    record = collections.get(collection, {}).get(identity)
    if record is None or collection != "networks" or not rest:
        return record
    if rest[0] == "routes":
        record.routes_version += 1
        return None
    inner = {
        "ip-pools": record.pools,
        "nat-rules": record.nat_rules,
        "ipsec-tunnels": record.tunnels,
    }
    return inner.get(rest[0], {}).get(rest[1]) if len(rest) > 1 else None


def total_changes(world: World, path: str, settings: Settings, now: datetime) -> None:
    """Things vanish from the account and others appear, as a list is paged through."""
    if path not in ("/things", "/things/"):
        return
    movable = _things_nobody_needs(world)
    gone = world.random.sample(movable, min(settings["removed"], len(movable)))
    for thing in gone:
        world.remove_thing(thing)
    for _ in range(settings["added"]):
        world.add_thing(_newcomer(world, now))


def _things_nobody_needs(world: World) -> list[ThingRecord]:
    """The Things without an address and without a NAT rule, so that nothing misses them."""
    needed = {
        rule.thing_id for network in world.networks.values() for rule in network.nat_rules.values()
    }
    needed.update(*(book.holders.values() for book in world.addresses.values()))
    return [thing for thing in world.things.values() if thing.thing_id not in needed]


def _newcomer(world: World, now: datetime) -> ThingRecord:
    """A card fresh from the factory, in the default group."""
    iccid = _unused_iccid(world)
    return ThingRecord(
        thing_id=world.new_id("t"),
        iccid=iccid,
        imsi=f"20408{iccid[-11:-1]}",
        created_at=now,
        group_id=next(group.group_id for group in world.groups.values() if group.is_default),
        name=f"new-{iccid[-6:]}",
    )


def _unused_iccid(world: World) -> str:
    """The next card number after the one that came last."""
    body = int(next(reversed(world.by_iccid))[:-1])
    while True:
        body += 1
        iccid = f"{body}{luhn.calc_check_digit(str(body))}"
        if iccid not in world.by_iccid:
            return iccid


def job_errors(world: World, path: str, settings: Settings, now: datetime) -> None:
    """Some targets of the next bulk action are going to fail."""
    if path == "/bulk-actions":
        world.failing_targets += settings["targets"]


BEFORE: Mapping[str, Callable[[World, str, Settings, datetime], None]] = {
    "second-writer": second_writer,
    "total-changes": total_changes,
    "job-errors": job_errors,
}
"""What happens to the world before a request, by the name of the fault."""
