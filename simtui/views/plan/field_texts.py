"""The settings of a Thing as short texts, the same in plans and comparisons."""

from __future__ import annotations

from collections.abc import Iterable

from simtui.models import ImeiLock, IpLease, Thing
from simtui.views.amounts import NOTHING
from simtui.views.fleet_context import FleetContext
from simtui.views.plan.wording import named
from simtui.views.text import clean


def value_text(text: str) -> str:
    """A name or description; ``–`` when it is empty."""
    return clean(text) if text else NOTHING


def tags_text(tags: Iterable[str]) -> str:
    """``depot-7, nl``; ``–`` for none."""
    return ", ".join(map(named, tags)) or NOTHING


def services_text(services: tuple[str, ...] | None) -> str:
    """``DATA, SMS``; ``none`` when all is blocked; ``–`` when nobody says."""
    if services is None:
        return NOTHING
    return ", ".join(map(named, services)) or "none"


def address_text(ip: IpLease | None) -> str:
    """``10.0.4.17``, ``10.0.4.17, locked``; ``no address``."""
    if ip is None or not ip.address:
        return "no address, locked" if ip and ip.locked else "no address"
    return f"{named(ip.address)}, locked" if ip.locked else named(ip.address)


def imei_lock_text(lock: ImeiLock | None) -> str:
    """``off``, ``on``, ``IMEI 490154203237518``, ``TAC 49015420``; ``–`` when nobody says."""
    if lock is None:
        return NOTHING
    bound = [f"IMEI {named(lock.imei)}"] if lock.imei else []
    bound += [f"TAC {named(lock.tac)}"] if lock.tac else []
    if lock.enabled:
        return " and ".join(bound) or "on"
    return f"off ({' and '.join(bound)})" if bound else "off"


def group_text(group_id: str | None, context: FleetContext) -> str:
    """The name of a Things Group, its id while the name is not known."""
    group = context.groups.get(group_id or "")
    return named(group.name if group else group_id or NOTHING)


def group_of_text(thing: Thing, context: FleetContext) -> str:
    """The name of the group that a Thing is in."""
    return group_text(thing.things_group_id, context)
