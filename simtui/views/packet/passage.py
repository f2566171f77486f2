"""A packet on its way, and what a stage of the way is."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from ipaddress import IPv4Address
from typing import NamedTuple, TypeAlias

from simtui.views.firewall.match import PORTED, Packet
from simtui.views.firewall.reading import span_of
from simtui.views.packet.probe import Direction
from simtui.views.packet.scene import Scene
from simtui.views.packet.step import Step


@dataclass(frozen=True, slots=True)
class Passage:
    """The packet as it is by now.

    ``note`` says which ports were assumed. ``thing_id`` is the Thing that a NAT rule leads
    to, None as long as none does.
    """

    packet: Packet
    scene: Scene
    direction: Direction
    note: str = ""
    thing_id: str | None = None


class Passed(NamedTuple):
    """What a stage says; ``after`` is how the packet goes on, None when the walk ends."""

    step: Step
    after: Passage | None = None


StageOfWay: TypeAlias = Callable[[Passage], Passed | None]
"""None: this packet does not come by here."""


def holding(address: int, cidrs: Iterable[str]) -> str | None:
    """The first of ``cidrs`` that has the address; those that cannot be read have none."""
    for cidr in cidrs:
        span = span_of(cidr)
        if span is not None and span[0] <= address <= span[1]:
            return cidr
    return None


def first_unreadable(cidrs: Iterable[str]) -> str | None:
    """The first of ``cidrs`` of which no one can say what is in it."""
    return next((cidr for cidr in cidrs if span_of(cidr) is None), None)


def address_text(address: int) -> str:
    """``10.0.4.17``."""
    return str(IPv4Address(address))


def place_text(address: int, port: int, protocol: int) -> str:
    """``10.0.4.17:443``; without the port where the protocol has none."""
    text = address_text(address)
    return f"{text}:{port}" if protocol in PORTED else text


def with_note(text: str, passage: Passage) -> str:
    """``text``, and which ports were assumed."""
    return f"{text}; {passage.note}" if passage.note else text
