"""What a form offers to choose from while it is typed in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

from simtui.models import Thing
from simtui.views.fleet_context import FleetContext
from simtui.views.identity import tac_of
from simtui.views.plan.action_words import AnswerKind
from simtui.views.plan.wording import things_text

MOST_OFFERS = 100


class Offer(NamedTuple):
    """A text that can be taken, and what it stands for."""

    text: str
    note: str = ""


Offers: TypeAlias = Callable[[str], Sequence[Offer]]
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


def tag_offers(things: Iterable[Thing]) -> tuple[Offer, ...]:
    """The tags that Things carry, the most frequent first."""
    counts = Counter(tag for thing in things for tag in thing.tags)
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0].casefold()))
    return tuple(Offer(tag, things_text(count)) for tag, count in ranked)


def group_offers(context: FleetContext) -> tuple[Offer, ...]:
    """The Things Groups by name, with their network and how many Things they have."""
    return tuple(
        Offer(group.name, _group_note(context, group.network_id, group.thing_count))
        for group in sorted(context.groups.values(), key=lambda one: one.name.casefold())
    )


def _group_note(context: FleetContext, network_id: str | None, count: int | None) -> str:
    network = context.networks.get(network_id or "")
    parts = (network.name if network else "", things_text(count) if count is not None else "")
    return " · ".join(part for part in parts if part)


def _group_offers(known: Known) -> tuple[Offer, ...]:
    return group_offers(known.context)


def _service_offers(known: Known) -> tuple[Offer, ...]:
    return (
        Offer("both", "data and SMS"),
        Offer("data", "no SMS"),
        Offer("sms", "no data"),
        Offer("none", "neither data nor SMS"),
    )


def _address_offers(known: Known) -> tuple[Offer, ...]:
    if len(known.things) != 1:
        return ()
    ip = known.things[0].ip
    return (Offer(ip.address, "the present lease"),) if ip and ip.address else ()


def _imei_lock_offers(known: Known) -> tuple[Offer, ...]:
    offers = [Offer("present", "the device that the SIM is in now"), Offer("off", "any device")]
    imei = known.things[0].imei if len(known.things) == 1 else None
    if imei:
        offers.append(Offer(imei, "this very device"))
        offers.append(Offer(tac_of(imei), "its model (TAC)"))
    return tuple(offers)


_OFFERS: Mapping[AnswerKind, Callable[[Known], tuple[Offer, ...]]] = {
    "group": _group_offers,
    "services": _service_offers,
    "address": _address_offers,
    "imei-lock": _imei_lock_offers,
}


def _matching(offers: Sequence[Offer]) -> Offers:
    def match(typed: str) -> Sequence[Offer]:
        wanted = typed.strip().casefold()
        found = [offer for offer in offers if wanted in offer.text.casefold()]
        return found[:MOST_OFFERS]

    return match


def _one_more(offers: Sequence[Offer]) -> Offers:
    """For a list with commas: the part behind the last one is completed."""

    def match(typed: str) -> Sequence[Offer]:
        *before, last = typed.split(",")
        head = ", ".join(part.strip() for part in before)
        own = {part.strip().casefold() for part in before}
        fresh = [offer for offer in offers if offer.text.casefold() not in own]
        prefix = f"{head}, " if head else ""
        return [Offer(prefix + offer.text, offer.note) for offer in _matching(fresh)(last)]

    return match
