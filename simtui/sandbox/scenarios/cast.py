"""Which Thing a scenario happens to: the first that leads a normal life and fits."""

from __future__ import annotations

import re

from simtui.sandbox.addressing import nat_rules_of, network_of
from simtui.sandbox.bad_order import BadOrder
from simtui.sandbox.records import ThingRecord
from simtui.sandbox.scenarios.scenario import Scenario, Wanted
from simtui.sandbox.world import World

_PLAIN_NAME = re.compile(r"[a-z]+-[0-9]+")


def cast(world: World, scenario: Scenario) -> ThingRecord:
    """The Thing for a scenario; the same in the same world.

    Raises:
        BadOrder: when no Thing of this fleet fits.
    """
    wanted = scenario.wanted
    for thing in world.things.values():
        if _fits(world, thing, wanted) and _is_well(world, thing):
            return thing
    kind = f"{wanted.kind} " if wanted.kind else ""
    raise BadOrder(
        f"{scenario.name} needs an online {kind}Thing in the group {wanted.group}, and there"
        " is none: take a larger fleet, and not a fresh one"
    )


def _fits(world: World, thing: ThingRecord, wanted: Wanted) -> bool:
    kind = thing.name.partition("-")[0]
    return world.groups[thing.group_id].name == wanted.group and wanted.kind in ("", kind)


def _is_well(world: World, thing: ThingRecord) -> bool:
    """Online, with nothing about it that could be taken for a trouble of its own."""
    session = thing.session
    return (
        thing.state == "ACTIVE"
        and not thing.silent
        and session is not None
        and session.state == "ONLINE"
        and session.country in ("NL", "BE", "LU")
        and thing.imei_changed_at is None
        and not thing.imei_lock_enabled
        and not thing.ip_locked
        and not nat_rules_of(network_of(world, thing), thing)
        and _PLAIN_NAME.fullmatch(thing.name) is not None
    )
