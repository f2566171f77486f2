"""Which packets a filter rule matches (contract §3.5).

A packet is a point in five dimensions: protocol, source address and port, destination
address and port. Only some protocols have ports; a packet of any other one stands at
port 0 on both sides, where no list of ports reaches.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from simtui.models.settings import RuleSettings
from simtui.views.firewall.reading import (
    ANY_PORTS,
    LAST_ADDRESS,
    LAST_PROTOCOL,
    Span,
    Unreadable,
    read_cidr,
    read_ports,
    read_protocol,
)

PORTED: Final = frozenset({6, 17, 33, 132, 136})
"""The protocols that have ports: TCP, UDP, DCCP, SCTP and UDP-Lite."""

_EVERY_PROTOCOL: Final[Span] = (0, LAST_PROTOCOL)
_EVERY_ADDRESS: Final[Span] = (0, LAST_ADDRESS)


@dataclass(frozen=True, slots=True)
class Packet:
    """A packet by its numbers; the ports are 0 for a protocol that has none."""

    protocol: int
    src: int
    src_port: int
    dst: int
    dst_port: int


@dataclass(frozen=True, slots=True)
class Match:
    """What a rule matches: all that lies in each of its ranges."""

    protocols: Span
    src: Span
    src_ports: tuple[Span, ...]
    dst: Span
    dst_ports: tuple[Span, ...]

    @property
    def everything(self) -> bool:
        """Whether no packet is left out, by what the rule says."""
        return (
            self.protocols == _EVERY_PROTOCOL
            and self.src == self.dst == _EVERY_ADDRESS
            and self.src_ports == self.dst_ports == ANY_PORTS
        )

    def holds(self, packet: Packet) -> bool:
        """Whether the rule matches this packet."""
        return (
            _within(packet.protocol, self.protocols)
            and _within(packet.src, self.src)
            and _within(packet.dst, self.dst)
            and any(_within(packet.src_port, span) for span in self.src_ports)
            and any(_within(packet.dst_port, span) for span in self.dst_ports)
        )


def match_of(rule: RuleSettings) -> Match:
    """What ``rule`` matches, enabled or not.

    Raises:
        Unreadable: when a part of it means nothing; the message names the part.
    """
    return _match(rule.protocol, rule.src_cidr, rule.src_ports, rule.dst_cidr, rule.dst_ports)


def matches(rule: RuleSettings, packet: Packet) -> bool:
    """Whether ``rule``, enabled or not, matches ``packet``; one that is unreadable never does."""
    try:
        return match_of(rule).holds(packet)
    except Unreadable:
        return False


@lru_cache(maxsize=2_048)
def _match(protocol: str, src_cidr: str, src_ports: str, dst_cidr: str, dst_ports: str) -> Match:
    return Match(
        read_protocol(protocol),
        read_cidr(src_cidr),
        read_ports(src_ports),
        read_cidr(dst_cidr),
        read_ports(dst_ports),
    )


def _within(number: int, span: Span) -> bool:
    return span[0] <= number <= span[1]
