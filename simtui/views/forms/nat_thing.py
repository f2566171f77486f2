"""Choosing the Thing that a NAT rule leads to (contract §3.6)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import NamedTuple

from simtui.errors import UsageError
from simtui.models import Network, State, Thing
from simtui.views.fleet_context import FleetContext
from simtui.views.forms.entry import Entry, untouched
from simtui.views.forms.field import Choice, Field
from simtui.views.plan.network_names import network_id_of, network_name
from simtui.views.plan.wording import named, thing_name


class Things(NamedTuple):
    """The fleet to choose from.

    ``search`` answers a limited number of Things by a part of their texts, ``by_id`` one
    by its id, ``find`` one by its whole name or ICCID, None when that is not clear.
    """

    search: Callable[[str], Sequence[Thing]]
    by_id: Callable[[str], Thing | None]
    find: Callable[[str], Thing | None]


def thing_entry(
    thing_id: str | None, things: Things, network: Network, context: FleetContext
) -> Entry[str]:
    """A field for a Thing of ``network``, read as its id; ``thing_id`` is the one it has."""

    def parse(text: str) -> str:
        thing = _found(text, things)
        refuse_thing(thing, network, context)
        return thing.thing_id

    def choices(text: str) -> Sequence[Choice]:
        return _choices(things.search(text.strip()), things)

    example = "pump-12, or an ICCID"
    if thing_id is None:
        return Entry(Field("thing", "Thing", "", parse, example, choices), parse)
    thing = things.by_id(thing_id)
    shown = _label(thing, things) if thing else named(thing_id)
    kept = untouched(shown, thing_id, parse)
    return Entry(Field("thing", "Thing", shown, kept, example, choices), kept)


def refuse_thing(thing: Thing, network: Network, context: FleetContext) -> None:
    """Refuse a Thing that a rule of ``network`` cannot lead to.

    Raises:
        UsageError: it is retired, in another network, or has no address.
    """
    name = thing_name(thing)
    if thing.state == State.RETIRED:
        raise UsageError(
            f"{name} is retired", "A retired Thing is out of service for good", _ANOTHER
        )
    network_id = network_id_of(thing, context)
    if network_id is not None and network_id != network.network_id:
        raise UsageError(
            f"{name} is in network {network_name(network_id, context)}",
            f"A rule of network {named(network.name)} leads to a Thing of that network",
            _ANOTHER,
        )
    if thing.ip is None or not thing.ip.address:
        raise UsageError(
            f"{name} has no address",
            "A rule leads to the address that is locked to its Thing",
            "Lock an address for it first, or choose another Thing",
        )


_ANOTHER = "Choose another Thing"


def _found(text: str, things: Things) -> Thing:
    wanted = text.strip()
    thing = things.find(wanted) if wanted else None
    if thing is None:
        raise UsageError(
            f"There is no one Thing “{named(wanted)}”" if wanted else "A Thing is missing",
            "A Thing is named by its whole name, if no other has it, or by its ICCID",
            "For example pump-12",
        )
    return thing


def _choices(found: Sequence[Thing], things: Things) -> Sequence[Choice]:
    often = Counter(thing.name for thing in found)
    return tuple(
        Choice(
            _label(thing, things) if often[thing.name] == 1 else named(thing.iccid),
            _note(thing),
        )
        for thing in found
    )


def _label(thing: Thing, things: Things) -> str:
    """The name if it can be typed and nothing else has it, else the ICCID."""
    name = thing.name
    if name and named(name).strip() == name:
        found = things.find(name)
        if found is not None and found.thing_id == thing.thing_id:
            return name
    return named(thing.iccid)


def _note(thing: Thing) -> str:
    iccid = named(thing.iccid)
    if thing.ip is None or not thing.ip.address:
        return f"{iccid}, no address"
    locked = "locked" if thing.ip.locked else "not locked"
    return f"{iccid}, {named(thing.ip.address)} {locked}"
