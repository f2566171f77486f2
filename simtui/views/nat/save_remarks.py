"""What is to be known before a NAT rule is saved: where it leads, and who may come in."""

from __future__ import annotations

from collections.abc import Iterator

from simtui.models import Network, Thing
from simtui.models.settings import NatSettings
from simtui.views.cell import Cell
from simtui.views.nat.sources import openness
from simtui.views.plan.wording import named, thing_name


def nat_save_remarks(
    wanted: NatSettings, network: Network, thing: Thing | None
) -> tuple[Cell, ...]:
    """Sentences about a rule as it will be; ``thing`` is None when it is not known here."""
    return tuple(_remarks(wanted, network, thing))


def _remarks(wanted: NatSettings, network: Network, thing: Thing | None) -> Iterator[Cell]:
    where = leads_text(wanted, network, thing)
    if not wanted.enabled:
        yield Cell(f"It is switched off, so nothing is forwarded: {where}.", "dim")
        return
    yield Cell(f"It forwards {where}.")
    if told := openness(wanted.allowed_sources):
        yield Cell(f"! It is {told}: name the sources that need it.", "warn")


def leads_text(rule: NatSettings, network: Network, thing: Thing | None) -> str:
    """``TCP 198.51.100.1:8080 → pump-12, 10.0.4.17:22``; safe to print."""
    public = named(network.nat_public_address or "the public address")
    name = thing_name(thing) if thing is not None else named(rule.thing_id)
    address = thing.ip.address if thing is not None and thing.ip is not None else None
    private = named(address) if address else "its address"
    return (
        f"{named(rule.protocol)} {public}:{named(rule.public_ports)}"
        f" → {name}, {private}:{named(rule.private_ports)}"
    )
