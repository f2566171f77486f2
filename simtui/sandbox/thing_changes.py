"""Changes to a Thing's own settings: checked first, then made (contract §3.1).

The single operations and the bulk actions share these rules.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from stdnum import luhn

from simtui.sandbox.addressing import network_of
from simtui.sandbox.call import invalid, precondition
from simtui.sandbox.records import ThingRecord
from simtui.sandbox.validate.fields import unknown_id
from simtui.sandbox.validate.text import (
    read_description,
    read_name,
    read_services,
    read_tags,
)
from simtui.sandbox.world import World

IMEI_DIGITS = 15


def read_patch(world: World, thing: ThingRecord, body: Mapping[str, Any]) -> dict[str, Any]:
    """The attributes of the record that a merge patch changes, checked.

    Raises:
        Refused: 400 naming the field, or 412 ``IP_LOCKED``.
    """
    changes: dict[str, Any] = {}
    if "name" in body:
        changes["name"] = read_name(body["name"], shortest=0)
    if "description" in body:
        changes["description"] = read_description(body["description"])
    if "tags" in body:
        changes["tags"] = read_tags(body["tags"])
    if "allowedServices" in body:
        changes["allowed_services"] = read_services(body["allowedServices"])
    if "thingsGroupId" in body:
        check_group(world, body["thingsGroupId"])
        check_move(world, thing, body["thingsGroupId"])
        changes["group_id"] = body["thingsGroupId"]
    if "imeiLock" in body:
        changes |= read_imei_lock(body["imeiLock"], "imeiLock")
    return changes


def check_group(world: World, group_id: str) -> None:
    """Refuse a Things Group that is not in the account (400)."""
    if group_id not in world.groups:
        raise unknown_id("thingsGroupId", "Things Group", group_id)


def check_move(world: World, thing: ThingRecord, group_id: str) -> None:
    """Refuse to take a locked address into another network (contract §3.3).

    Raises:
        Refused: 412 ``IP_LOCKED``.
    """
    network_id = world.groups[group_id].network_id
    if thing.ip_locked and network_id != network_of(world, thing).network_id:
        raise precondition(
            "IP_LOCKED",
            f"{thing.ip_address} is locked in the network that this Thing would leave",
            "unlock the address first",
        )


def read_imei_lock(given: Mapping[str, Any], field: str) -> dict[str, Any]:
    """The lock's attributes that are given; null clears the IMEI or the TAC (contract §9).

    Raises:
        Refused: 400 for an IMEI that is not 15 digits with a valid check digit.
    """
    changes: dict[str, Any] = {}
    if "enabled" in given:
        changes["imei_lock_enabled"] = given["enabled"]
    if "tac" in given:
        changes["imei_lock_tac"] = given["tac"]
    if "imei" in given:
        imei = given["imei"]
        if imei is not None and not is_imei(imei):
            raise invalid(f"{field}.imei", "LUHN", f"{imei!r} is not a valid IMEI of 15 digits")
        changes["imei_lock_imei"] = imei
    return changes


def is_imei(text: str) -> bool:
    """Whether a text is an IMEI of 15 digits with its check digit."""
    is_number = len(text) == IMEI_DIGITS and text.isascii() and text.isdigit()
    return is_number and bool(luhn.is_valid(text))


def with_tags(thing: ThingRecord, added: tuple[str, ...]) -> tuple[str, ...]:
    """The Thing's tags and those that it lacks, ignoring case.

    Raises:
        Refused: 400 ``VALIDATION_FAILED`` when that is more than a Thing can have.
    """
    own = {tag.casefold() for tag in thing.tags}
    return read_tags([*thing.tags, *(tag for tag in added if tag.casefold() not in own)])


def without_tags(thing: ThingRecord, removed: tuple[str, ...]) -> tuple[str, ...]:
    """The Thing's tags but these, ignoring case."""
    gone = {tag.casefold() for tag in removed}
    return tuple(tag for tag in thing.tags if tag.casefold() not in gone)
