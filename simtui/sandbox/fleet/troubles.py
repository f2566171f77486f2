"""Some trouble of every kind for the seeded fleet (contract §10)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from itertools import chain, cycle, islice
from typing import TypeAlias

from simtui.sandbox.fleet.odd_names import ODD_NAMES
from simtui.sandbox.fleet.people import COLLEAGUE
from simtui.sandbox.fleet.tight_pool import tighten_pool
from simtui.sandbox.life.thing_trouble import (
    breach_imei_lock,
    go_silent,
    hang_device,
    hang_session,
    hit_data_limit,
    move_out_of_coverage,
    swap_imei,
    swap_imei_back,
    turn_stale,
)
from simtui.sandbox.lifecycle import change_state
from simtui.sandbox.records import ThingRecord
from simtui.sandbox.world import World

Trouble: TypeAlias = Callable[[World, ThingRecord, datetime], None]

SILENCED_GROUP = "north-yard"
MOST_SILENCED = 17
_SILENCED_FOR = timedelta(hours=2, minutes=10)


def _suspend(world: World, thing: ThingRecord, now: datetime) -> None:
    change_state(world, thing, "SUSPENDED", now, COLLEAGUE, "INC-4711 stolen")


TROUBLES: Sequence[tuple[float, Trouble]] = (
    (71.0, swap_imei),
    (52.0, hit_data_limit),
    (30.0, swap_imei),
    (27.0, turn_stale),
    (26.5, turn_stale),
    (20.0, move_out_of_coverage),
    (9.0, _suspend),
    (8.9, _suspend),
    (6.0, move_out_of_coverage),
    (5.0, swap_imei),
    (3.0, breach_imei_lock),
    (0.75, swap_imei_back),
    (0.35, swap_imei),
    (0.2, breach_imei_lock),
)
"""How many hours ago which trouble struck, the oldest first; one Thing each."""


def talking_things(world: World) -> list[ThingRecord]:
    """The Things that lead a normal life: ACTIVE, on air, not silent."""
    return [
        thing
        for thing in world.things.values()
        if thing.state == "ACTIVE" and thing.session is not None and not thing.silent
    ]


def add_troubles(world: World, talking: Sequence[ThingRecord], now: datetime) -> None:
    """Strike some of the ``talking`` Things, each with one trouble if there are enough."""
    _name_oddly(world, talking)
    tighten_pool(world)
    _retire_natted(world, now)
    active = [thing for thing in talking if thing.state == "ACTIVE"]
    if not active:
        return
    victims = world.random.sample(active, min(len(active), len(TROUBLES)))
    for (hours, strike), thing in zip(TROUBLES, cycle(victims), strict=False):
        _strike(world, thing, strike, now - timedelta(hours=hours), now)
    struck = {thing.thing_id for thing in victims}
    _silence_group(world, [one for one in active if one.thing_id not in struck], now)


def _strike(
    world: World, thing: ThingRecord, strike: Trouble, when: datetime, now: datetime
) -> None:
    """Let a trouble happen in the past, to a session that had begun before it."""
    if thing.session is not None:
        thing.session.since = min(thing.session.since, when - timedelta(hours=1))
    strike(world, thing, when)
    if not thing.silent and thing.session is not None and thing.session.state == "ONLINE":
        thing.last_seen_at = now - timedelta(seconds=world.random.randrange(5, 60))
        thing.as_of = thing.last_seen_at


def _silence_group(world: World, talking: Sequence[ThingRecord], now: datetime) -> None:
    """Many Things of one group fell silent at the same moment: a power cut, after which some
    of the devices hang."""
    group_ids = {group.name: group.group_id for group in world.groups.values()}
    struck = (thing for thing in talking if thing.group_id == group_ids[SILENCED_GROUP])
    ways = cycle((hang_session, hang_device, go_silent))
    silenced = islice(struck, max(1, min(MOST_SILENCED, len(talking) // 40)))
    for thing, strike in zip(silenced, ways, strict=False):
        _strike(world, thing, strike, now - _SILENCED_FOR, now)
        thing.last_seen_at = now - _SILENCED_FOR
        thing.as_of = now - timedelta(minutes=1)


def _retire_natted(world: World, now: datetime) -> None:
    """Retire two Things that NAT rules point at; one of the rules was left enabled."""
    rules = list(chain.from_iterable(n.nat_rules.values() for n in world.networks.values()))
    for rule, days in zip(rules[1::7], (40, 12), strict=False):
        thing = world.things[rule.thing_id]
        if thing.state in ("ACTIVE", "SUSPENDED"):
            change_state(world, thing, "RETIRED", now - timedelta(days=days), COLLEAGUE, "Replaced")
            thing.session = None
    for rule in rules[1:2]:
        rule.enabled = True


def _name_oddly(world: World, talking: Sequence[ThingRecord]) -> None:
    count = min(len(ODD_NAMES), max(1, len(talking) // 6), len(talking))
    for name, thing in zip(ODD_NAMES, world.random.sample(talking, count), strict=False):
        thing.name = name
