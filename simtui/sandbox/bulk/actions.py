"""What can be done to many Things: each action as a check, a change and what it shows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeAlias

from simtui.sandbox.addressing import lock_address, nat_rules_of, network_of, unlock_address
from simtui.sandbox.call import precondition
from simtui.sandbox.lifecycle import change_state, check_transition
from simtui.sandbox.messaging import check_sendable, check_sender, check_text
from simtui.sandbox.messaging import send_sms as submit_sms
from simtui.sandbox.records import ThingRecord
from simtui.sandbox.resets import check_resettable, reset_connection
from simtui.sandbox.thing_changes import (
    check_group,
    check_move,
    read_imei_lock,
    with_tags,
    without_tags,
)
from simtui.sandbox.validate.text import read_services, read_tags
from simtui.sandbox.world import World

Parameters: TypeAlias = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Action:
    """One action, with its parameters read.

    ``show`` is the part of a Thing it changes. ``expect`` says what ``show`` would be
    afterwards and raises ``Refused`` when a rule forbids it. ``apply`` does it.
    """

    show: Callable[[ThingRecord], Any]
    expect: Callable[[ThingRecord], Any]
    apply: Callable[[ThingRecord, datetime], object]


Maker: TypeAlias = Callable[[World, Parameters, str], Action]


def set_state(world: World, parameters: Parameters, by: str) -> Action:
    """Change the lifecycle state."""
    target: str = parameters["state"]
    reason: str | None = parameters.get("reason")

    def expect(thing: ThingRecord) -> Any:
        check_transition(thing, target)
        return {"state": target}

    return Action(
        lambda thing: {"state": thing.state},
        expect,
        lambda thing, now: change_state(world, thing, target, now, by, reason),
    )


def move_to_group(world: World, parameters: Parameters, by: str) -> Action:
    """Move to another Things Group; taken at the next session."""
    group_id: str = parameters["thingsGroupId"]
    check_group(world, group_id)

    def expect(thing: ThingRecord) -> Any:
        check_move(world, thing, group_id)
        return {"thingsGroupId": group_id}

    return Action(
        lambda thing: {"thingsGroupId": thing.group_id},
        expect,
        lambda thing, now: _change(world, thing, {"group_id": group_id}, now, by),
    )


def _tagging(world: World, by: str, after: Callable[[ThingRecord], tuple[str, ...]]) -> Action:
    return Action(
        lambda thing: {"tags": thing.tags},
        lambda thing: {"tags": after(thing)},
        lambda thing, now: _change(world, thing, {"tags": after(thing)}, now, by),
    )


def add_tags(world: World, parameters: Parameters, by: str) -> Action:
    """Add the tags that are lacking."""
    tags = read_tags(parameters["tags"], "parameters.tags")
    return _tagging(world, by, lambda thing: with_tags(thing, tags))


def remove_tags(world: World, parameters: Parameters, by: str) -> Action:
    """Take tags away."""
    tags = read_tags(parameters["tags"], "parameters.tags")
    return _tagging(world, by, lambda thing: without_tags(thing, tags))


def set_allowed_services(world: World, parameters: Parameters, by: str) -> Action:
    """Restrict to DATA or SMS, or to nothing."""
    services = read_services(parameters["allowedServices"], "parameters.allowedServices")
    return Action(
        lambda thing: {"allowedServices": thing.allowed_services},
        lambda thing: {"allowedServices": services},
        lambda thing, now: _change(world, thing, {"allowed_services": services}, now, by),
    )


def _show_ip(thing: ThingRecord) -> Any:
    allocation = "LOCKED" if thing.ip_locked else "DYNAMIC"
    return {"ip": {"address": thing.ip_address, "allocation": allocation}}


def lock_ip(world: World, parameters: Parameters, by: str) -> Action:
    """Lock the address that is leased, or a free one."""

    def expect(thing: ThingRecord) -> Any:
        if thing.state == "RETIRED":
            raise precondition("STATE_NOT_ACTIVE", "A retired Thing cannot hold an address")
        return {"ip": {"address": thing.ip_address, "allocation": "LOCKED"}}

    def apply(thing: ThingRecord, now: datetime) -> None:
        lock_address(world, thing, None)
        world.touch(thing, now, by)

    return Action(_show_ip, expect, apply)


def unlock_ip(world: World, parameters: Parameters, by: str) -> Action:
    """Turn the lock into a lease."""

    def expect(thing: ThingRecord) -> Any:
        if thing.ip_locked and nat_rules_of(network_of(world, thing), thing):
            raise precondition("RESOURCE_IN_USE", f"NAT rules point at {thing.ip_address}")
        return {"ip": {"address": thing.ip_address, "allocation": "DYNAMIC"}}

    def apply(thing: ThingRecord, now: datetime) -> None:
        unlock_address(world, thing)
        world.touch(thing, now, by)

    return Action(_show_ip, expect, apply)


def send_sms(world: World, parameters: Parameters, by: str) -> Action:
    """Send the same message to each Thing."""
    text: str = parameters["text"]
    check_text(text)
    check_sender(parameters.get("sender"))
    options = {
        key: parameters[name]
        for name, key in {
            "validityMinutes": "validity_minutes",
            "sender": "sender",
            "clientReference": "client_reference",
        }.items()
        if name in parameters
    }

    def expect(thing: ThingRecord) -> Any:
        check_sendable(thing)
        return {"text": text}

    return Action(
        lambda thing: None,
        expect,
        lambda thing, now: submit_sms(world, thing, text, now, by, **options),
    )


def set_imei_lock(world: World, parameters: Parameters, by: str) -> Action:
    """Bind the SIM to a device or a model of devices."""
    changes = read_imei_lock(parameters, "parameters")

    def show(thing: ThingRecord) -> Any:
        return {name: getattr(thing, name) for name in changes}

    def spelled(values: Mapping[str, Any]) -> Any:
        return {"imeiLock": {_IMEI_LOCK[name]: value for name, value in values.items()}}

    return Action(
        lambda thing: spelled(show(thing)),
        lambda thing: spelled(changes),
        lambda thing, now: _change(world, thing, changes, now, by),
    )


_IMEI_LOCK = {
    "imei_lock_enabled": "enabled",
    "imei_lock_imei": "imei",
    "imei_lock_tac": "tac",
}


def connection_reset(world: World, parameters: Parameters, by: str) -> Action:
    """Cut the session."""

    def expect(thing: ThingRecord) -> Any:
        check_resettable(thing)
        return {"session": "RESET"}

    return Action(
        lambda thing: None, expect, lambda thing, now: reset_connection(world, thing, now)
    )


def _change(
    world: World, thing: ThingRecord, changes: Mapping[str, Any], now: datetime, by: str
) -> None:
    for attribute, value in changes.items():
        setattr(thing, attribute, value)
    world.touch(thing, now, by)
