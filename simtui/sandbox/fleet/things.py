"""The Things themselves, many a second: identity, lifecycle, place and tags."""

from __future__ import annotations

from datetime import datetime, timedelta

from simtui.sandbox.fleet import numbers
from simtui.sandbox.fleet.deliveries import Delivery, make_deliveries
from simtui.sandbox.fleet.layout import GROUPS
from simtui.sandbox.fleet.on_air import OnAir
from simtui.sandbox.fleet.use_cases import USE_CASES, UseCase
from simtui.sandbox.records import ThingRecord
from simtui.sandbox.world import World

_FIRST_SERIAL = 20_000_000_001
_OLD_CARDS = 0.12
"""The part of the fleet, the oldest, whose ICCIDs have 20 digits."""

_COUNTRIES = {plan.name: plan.countries for plan in GROUPS}
_COLLEAGUES = ("anna@example.com", "chloe@example.com", "daan@example.com", "eva@example.com")


def add_fresh_things(world: World, count: int, now: datetime) -> None:
    """Cards as shipped: PROVISIONED, in the default group, never used, without a name."""
    group_id = next(group.group_id for group in world.groups.values() if group.is_default)
    created = now - timedelta(days=1)
    for index, number in enumerate(world.reserve_ids("t", count)):
        world.add_thing(
            ThingRecord(
                thing_id=f"t_{number}",
                iccid=numbers.iccid(_FIRST_SERIAL + index),
                imsi=numbers.imsi(index),
                created_at=created,
                group_id=group_id,
                state_changed_at=created,
                modified_at=created,
            )
        )


class ThingMaker:
    """Makes the Things of a fleet one after the other, oldest first."""

    def __init__(self, world: World, count: int, now: datetime) -> None:
        self._random = world.random
        self._chance = world.random.random
        self._count = count
        self._numbers = world.reserve_ids("t", count)
        self._deliveries = make_deliveries(world.random, count, now)
        self._uses = [use for use in USE_CASES for _ in range(use.share)]
        self._group_ids = {group.name: group.group_id for group in world.groups.values()}
        self._counters = {use.kind: 0 for use in USE_CASES}
        self._tag_sets: dict[tuple[str, str, str, bool], tuple[str, ...]] = {}
        self._on_air = OnAir(world, count, now)

    def make(self, index: int) -> ThingRecord:
        """The Thing at ``index``; call it in ascending order."""
        chance = self._chance
        use = self._uses[int(chance() * len(self._uses))]
        group = use.groups[int(chance() * len(use.groups))]
        countries = _COUNTRIES[group]
        country = countries[int(chance() * len(countries))]
        delivery = self._deliveries[index * len(self._deliveries) // self._count]
        state = self._state(index)
        changed = self._changed_at(delivery, state)
        self._counters[use.kind] += 1
        thing = ThingRecord(
            thing_id=f"t_{self._numbers[index]}",
            iccid=numbers.iccid(_FIRST_SERIAL + index, digits=self._iccid_digits(index)),
            imsi=numbers.imsi(index),
            created_at=delivery.created_at,
            group_id=self._group_ids[group],
            name=f"{use.kind}-{self._counters[use.kind]}",
            state=state,
            state_changed_at=changed,
            tags=self._tags(use, group, country, delivery),
            allowed_services=use.services,
            modified_at=changed,
            modified_by=_COLLEAGUES[int(chance() * 4)],
            version=1 + int(chance() * 6),
            habit_seconds=use.habit_seconds,
        )
        if state != "PROVISIONED":
            self._on_air.put(thing, use, country)
        return thing

    def _iccid_digits(self, index: int) -> int:
        return 20 if index < self._count * _OLD_CARDS else 19

    def _state(self, index: int) -> str:
        """Mostly ACTIVE; retired ones are old, those still in the box are new."""
        age = 1 - index / self._count
        draw = self._chance()
        if draw < 0.04 + 0.06 * age:
            return "RETIRED" if draw < 0.08 * age else "SUSPENDED"
        return "PROVISIONED" if draw > 0.98 or (age < 0.04 and draw > 0.4) else "ACTIVE"

    def _changed_at(self, delivery: Delivery, state: str) -> datetime:
        if state == "PROVISIONED":
            return delivery.created_at
        choices = delivery.activated if state == "ACTIVE" else delivery.changed
        return choices[int(self._chance() * len(choices))]

    def _tags(self, use: UseCase, group: str, country: str, delivery: Delivery) -> tuple[str, ...]:
        tested = self._chance() < 0.02
        key = (use.kind, country, delivery.tag, tested)
        tags = self._tag_sets.get(key)
        if tags is None:
            extra = ("test",) if tested and "test" not in use.tags else ()
            tags = (country.lower(), *use.tags, delivery.tag, *extra)
            self._tag_sets[key] = tags
        return tags
