"""What is wrong with a NAT rule, or good to know about it (contract §3.6, §10)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from simtui.models import NatRule, Network, State, Thing
from simtui.views.ages import moment_text
from simtui.views.cell import Cell, Tone
from simtui.views.fleet_context import FleetContext
from simtui.views.nat.sources import openness
from simtui.views.plan.network_names import network_id_of, network_name
from simtui.views.plan.wording import named, thing_name


class NatTrouble(NamedTuple):
    """One thing about a rule: a word for the list, a sentence for its page."""

    word: str
    sentence: str
    tone: Tone = "warn"


def find_troubles(
    rule: NatRule, thing: Thing | None, network: Network, context: FleetContext, now: datetime
) -> Iterator[NatTrouble]:
    """The worst first; all of it is safe to print."""
    if thing is None:
        yield NatTrouble("unknown", f"the Thing {named(rule.thing_id)} is not known here")
    else:
        yield from _of_thing(rule, thing, network, context)
    if rule.expires_at is not None and rule.expires_at <= now:
        yield NatTrouble("expired", f"it ended {moment_text(rule.expires_at, now)}")
    if not rule.enabled:
        yield NatTrouble("off", "it is switched off: nothing is forwarded", "dim")
    if told := openness(rule.allowed_sources):
        yield NatTrouble("open", f"it is {told}")


def nat_troubles(
    rule: NatRule, thing: Thing | None, network: Network, context: FleetContext, now: datetime
) -> tuple[Cell, ...]:
    """A sentence for each, the worst first; ``thing`` is None when it is not known here."""
    return tuple(
        Cell(trouble.sentence, trouble.tone)
        for trouble in find_troubles(rule, thing, network, context, now)
    )


def _of_thing(
    rule: NatRule, thing: Thing, network: Network, context: FleetContext
) -> Iterator[NatTrouble]:
    name = thing_name(thing)
    if thing.state == State.RETIRED:
        yield NatTrouble("retired", f"{name} is retired: nothing answers there", "bad")
        return
    network_id = network_id_of(thing, context)
    if network_id is not None and network_id != network.network_id:
        where = network_name(network_id, context)
        yield NatTrouble(
            "moved", f"{name} has moved to network {where}: the rule leads nowhere", "bad"
        )
    yield from _of_address(rule, thing)


def _of_address(rule: NatRule, thing: Thing) -> Iterator[NatTrouble]:
    name = thing_name(thing)
    address = thing.ip.address if thing.ip else None
    if rule.private_address and address != rule.private_address:
        now = f"has {named(address)} now" if address else "has no address now"
        yield NatTrouble(
            "address", f"it leads to {named(rule.private_address)}, but {name} {now}", "bad"
        )
    if thing.ip is None or not thing.ip.locked:
        yield NatTrouble("unlocked", f"the address of {name} is not locked: it can change")
