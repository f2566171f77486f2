"""What Things can have in common: the pivots, their values, and how both are told."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Final, NamedTuple, TypeAlias

from simtui.models import Thing
from simtui.views.filter.terms import quoted
from simtui.views.fleet_context import FleetContext
from simtui.views.plan.wording import named
from simtui.views.things.whereabouts import (
    RADIOS,
    country_name,
    only_pool,
    operator_name,
    radio_of,
)

Place: TypeAlias = "tuple[str | None, str | None, str | None]"
"""MCC, MNC and radio technology of where a Thing was last seen."""

Traits: TypeAlias = "tuple[str | None, str | None, Place, str | None, tuple[str, ...]]"
"""What the record of a Thing says of all pivots: group, pool, place, TAC and tags. Many Things
have the same."""

NOWHERE: Final[Place] = (None, None, None)


class Value(NamedTuple):
    """One value of one pivot; ``key`` is an id, digits, or a tag in lower case."""

    pivot: str
    key: str


Label: TypeAlias = Callable[[str, FleetContext], str]


@dataclass(frozen=True, slots=True)
class Pivot:
    """One thing that Things can share.

    ``label`` makes a name of a key (unclean), ``word`` is the field of the filter language.
    """

    name: str
    title: str
    word: str
    label: Label


def traits_of(thing: Thing) -> Traits:
    """What its record says."""
    place, ip, imei = thing.last_location, thing.ip, thing.imei
    return (
        thing.things_group_id,
        ip.pool_id if ip is not None else None,
        (place.mcc, place.mnc, radio_of(place)) if place is not None else NOWHERE,
        imei[:8] if imei else None,
        thing.tags,
    )


class Values:
    """From traits to the value of every pivot that is known; of tags there can be several.

    Most parts of the traits are the same for many Things, so each is looked up once.
    """

    def __init__(self, context: FleetContext) -> None:
        self._context = context
        self._of_group = cache(self._of_group_and_pool)
        self._of_place = cache(_of_place)
        self._of_tac = cache(_of_tac)
        self._of_tags = cache(_of_tags)

    def of(self, traits: Traits) -> tuple[Value, ...]:
        """The values, in the order of the pivots."""
        group, pool, place, tac, tags = traits
        return (
            self._of_group(group, pool)
            + self._of_place(place)
            + self._of_tac(tac)
            + self._of_tags(tags)
        )

    def _of_group_and_pool(self, group_id: str | None, pool: str | None) -> tuple[Value, ...]:
        group = self._context.groups.get(group_id or "")
        network_id = group.network_id if group is not None else None
        return _known(
            ("group", group_id),
            ("network", network_id),
            ("profile", group.ip_profile_id if group is not None else None),
            ("pool", pool or only_pool(self._context.networks.get(network_id or ""))),
        )


def _of_place(place: Place) -> tuple[Value, ...]:
    mcc, mnc, radio = place
    operator = f"{mcc}{mnc}" if mcc and mnc else None
    return _known(("operator", operator), ("country", mcc), ("radio", radio))


def _of_tac(tac: str | None) -> tuple[Value, ...]:
    return _known(("tac", tac))


def _of_tags(tags: tuple[str, ...]) -> tuple[Value, ...]:
    return tuple(Value("tag", tag) for tag in dict.fromkeys(tag.lower() for tag in tags))


def _known(*pairs: tuple[str, str | None]) -> tuple[Value, ...]:
    return tuple(Value(pivot, key) for pivot, key in pairs if key)


def label_of(value: Value, context: FleetContext) -> str:
    """``group depot-7``, ``pool 10.16.0.0/21``; safe to print."""
    pivot = PIVOTS[value.pivot]
    return f"{pivot.title} {named(pivot.label(value.key, context))}"


def filter_of(value: Value, context: FleetContext) -> str:
    """The filter that leaves the Things with this value, and only them."""
    pivot = PIVOTS[value.pivot]
    key = pivot.label(value.key, context) if value.pivot == "pool" else value.key
    return f"{pivot.word}:{quoted(key)}"


def _group(key: str, context: FleetContext) -> str:
    group = context.groups.get(key)
    return group.name if group is not None else key


def _network(key: str, context: FleetContext) -> str:
    network = context.networks.get(key)
    return network.name if network is not None else key


def _profile(key: str, context: FleetContext) -> str:
    profile = context.ip_profiles.get(key)
    return profile.name if profile is not None else key


def _pool(key: str, context: FleetContext) -> str:
    pools = (pool for network in context.networks.values() for pool in network.ip_pools)
    return next((pool.cidr for pool in pools if pool.ip_pool_id == key), key)


def _operator(key: str, _: FleetContext) -> str:
    name = operator_name(key)
    return name if name.endswith(key) else f"{name} ({key})"


_ALL = (
    Pivot("group", "group", "group", _group),
    Pivot("network", "network", "net", _network),
    Pivot("profile", "IP profile", "profile", _profile),
    Pivot("pool", "pool", "pool", _pool),
    Pivot("operator", "operator", "operator", _operator),
    Pivot("country", "country", "country", lambda key, _: country_name(key)),
    Pivot("radio", "radio", "radio", lambda key, _: RADIOS.get(key, key)),
    Pivot("tac", "device type", "imei", lambda key, _: f"TAC {key}"),
    Pivot("tag", "tag", "tag", lambda key, _: key),
)
PIVOTS: Final = {pivot.name: pivot for pivot in _ALL}
"""All of them, in the order in which they are told; the first names what several share."""
