"""The lifecycle of a Thing: which state may follow which (contract §4)."""

from __future__ import annotations

from datetime import datetime

from simtui.sandbox.addressing import drop_lock, nat_rules_of
from simtui.sandbox.call import precondition
from simtui.sandbox.histories import add_state_change
from simtui.sandbox.life.arrivals import expect_device
from simtui.sandbox.records import StateChange, ThingRecord
from simtui.sandbox.world import World

ALLOWED = {
    "PROVISIONED": frozenset({"ACTIVE", "RETIRED"}),
    "ACTIVE": frozenset({"SUSPENDED", "RETIRED"}),
    "SUSPENDED": frozenset({"ACTIVE", "RETIRED"}),
    "RETIRED": frozenset[str](),
}


def change_state(
    world: World,
    thing: ThingRecord,
    target: str,
    now: datetime,
    by: str,
    reason: str | None = None,
) -> bool:
    """Move a Thing to another state; False when it is there already.

    A running session is not cut (contract §4). RETIRED releases the IP lock and
    disables the Thing's NAT rules.

    Raises:
        Refused: 412 ``ILLEGAL_STATE_TRANSITION``.
    """
    if target == thing.state:
        return False
    check_transition(thing, target)
    add_state_change(thing, StateChange(now, thing.state, target, by, reason))
    thing.state = target
    thing.state_changed_at = now
    if target == "RETIRED":
        _disable_nat_rules(world, thing, by)
        drop_lock(world, thing)
    elif target == "ACTIVE":
        expect_device(world, thing, now)
    world.touch(thing, now, by)
    return True


def check_transition(thing: ThingRecord, target: str) -> None:
    """Refuse a transition that the state machine does not know.

    Raises:
        Refused: 412 ``ILLEGAL_STATE_TRANSITION``.
    """
    if target != thing.state and target not in ALLOWED[thing.state]:
        raise precondition(
            "ILLEGAL_STATE_TRANSITION", f"A Thing cannot go from {thing.state} to {target}"
        )


def _disable_nat_rules(world: World, thing: ThingRecord, by: str) -> None:
    """Switch off every port forwarding to this Thing, in whatever network it is."""
    for network in world.networks.values():
        for rule in nat_rules_of(network, thing):
            if rule.enabled:
                rule.enabled = False
                rule.version += 1
                rule.modified_by = by
