"""What a form offers to choose from while it is typed in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from simtui.models import Thing
from simtui.views.fleet_context import FleetContext
from simtui.views.forms.field import Choice
from simtui.views.identity import tac_of
from simtui.views.plan.action_words import AnswerKind
from simtui.views.plan.wording import things_text

MOST_OFFERS = 100


Offers: TypeAlias = Callable[[str], Sequence[Choice]]
"""From what is typed so far to the whole texts it could become."""


@dataclass(frozen=True, slots=True)
class Known:
    """What offers are made from: the fleet, the Things that are meant, and the groups."""

    fleet: Sequence[Thing]
    things: Sequence[Thing]
    context: FleetContext


def offers_of(kind: AnswerKind, known: Known, *, of_them: bool = False) -> Offers:
    """What can be offered for an answer; ``of_them``: only tags that the Things have."""
    if kind in ("tag", "tags"):
        tags = tag_offers(known.things if of_them else known.fleet)
        return _one_more(tags) if kind == "tags" else _matching(tags)
    make = _OFFERS.get(kind)
    return _matching(make(known) if make is not None else ())


def tag_offers(things: Iterable[Thing]) -> tuple[Choice, ...]:
    """The tags that Things carry, the most frequent first."""
    counts = Counter(tag for thing in things for tag in thing.tags)
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0].casefold()))
    return tuple(Choice(tag, things_text(count)) for tag, count in ranked)


def group_offers(context: FleetContext) -> tuple[Choice, ...]:
    """The Things Groups by name, with their network and how many Things they have."""
    return tuple(
        Choice(group.name, _group_note(context, group.network_id, group.thing_count))
        for group in sorted(context.groups.values(), key=lambda one: one.name.casefold())
    )


def _group_note(context: FleetContext, network_id: str | None, count: int | None) -> str:
    network = context.networks.get(network_id or "")
    parts = (network.name if network else "", things_text(count) if count is not None else "")
    return " · ".join(part for part in parts if part)


def _group_offers(known: Known) -> tuple[Choice, ...]:
    return group_offers(known.context)


def _service_offers(known: Known) -> tuple[Choice, ...]:
    return (
        Choice("both", "data and SMS"),
        Choice("data", "no SMS"),
        Choice("sms", "no data"),
        Choice("none", "neither data nor SMS"),
    )


def _address_offers(known: Known) -> tuple[Choice, ...]:
    if len(known.things) != 1:
        return ()
    ip = known.things[0].ip
    return (Choice(ip.address, "the present lease"),) if ip and ip.address else ()


def _imei_lock_offers(known: Known) -> tuple[Choice, ...]:
    offers = [Choice("present", "the device that the SIM is in now"), Choice("off", "any device")]
    imei = known.things[0].imei if len(known.things) == 1 else None
    if imei:
        offers.append(Choice(imei, "this very device"))
        offers.append(Choice(tac_of(imei), "its model (TAC)"))
    return tuple(offers)


_OFFERS: Mapping[AnswerKind, Callable[[Known], tuple[Choice, ...]]] = {
    "group": _group_offers,
    "services": _service_offers,
    "address": _address_offers,
    "imei-lock": _imei_lock_offers,
}


def _matching(offers: Sequence[Choice]) -> Offers:
    def match(typed: str) -> Sequence[Choice]:
        wanted = typed.strip().casefold()
        found = [offer for offer in offers if wanted in offer.text.casefold()]
        return found[:MOST_OFFERS]

    return match


def _one_more(offers: Sequence[Choice]) -> Offers:
    """For a list with commas: the part behind the last one is completed."""

    def match(typed: str) -> Sequence[Choice]:
        *before, last = typed.split(",")
        head = ", ".join(part.strip() for part in before)
        own = {part.strip().casefold() for part in before}
        fresh = [offer for offer in offers if offer.text.casefold() not in own]
        prefix = f"{head}, " if head else ""
        return [Choice(prefix + offer.text, offer.note) for offer in _matching(fresh)(last)]

    return match
