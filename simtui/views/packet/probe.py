"""The packet that a person asks about."""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import IPv4Address
from typing import Final, Literal, TypeAlias

from simtui.views.firewall.match import PORTED, Packet
from simtui.views.firewall.reading import LAST_PORT, Unreadable, read_protocol
from simtui.views.forms.field import FieldError
from simtui.views.plan.wording import named

Direction: TypeAlias = Literal["TO_THING", "FROM_THING"]

HIGH_PORT: Final = 40_000
"""Stands for any port above the well-known ones where none is given."""


@dataclass(frozen=True, slots=True)
class Probe:
    """A packet as it is asked about: a protocol by name or number, IPv4 addresses, ports.

    A port of None is "any high port" for a protocol that has ports, and none for others.
    """

    direction: Direction
    protocol: str
    src: str
    dst: str
    src_port: int | None = None
    dst_port: int | None = None


def packet_of(probe: Probe) -> Packet:
    """The packet in numbers, with ``HIGH_PORT`` where a port is needed and not given.

    Raises:
        FieldError: with the name of the field of ``Probe`` that cannot be.
    """
    protocol = _protocol(probe.protocol)
    return Packet(
        protocol,
        _address("src", probe.src),
        _port("src_port", probe.src_port, protocol),
        _address("dst", probe.dst),
        _port("dst_port", probe.dst_port, protocol),
    )


def assumed_ports(probe: Probe, packet: Packet) -> str:
    """``no source port was given: 40000 stands for any high port``, or nothing."""
    if packet.protocol not in PORTED:
        return ""
    sides = (("source", probe.src_port), ("destination", probe.dst_port))
    missing = " and ".join(side for side, port in sides if port is None)
    return f"no {missing} port was given: {HIGH_PORT} stands for any high port" if missing else ""


def _protocol(text: str) -> int:
    try:
        first, last = read_protocol(text)
    except Unreadable as error:
        raise FieldError("protocol", str(error), hint="Type it like TCP or 47") from None
    if first != last:
        raise FieldError(
            "protocol", "A packet has one protocol", "ANY is for rules", "Type it like TCP or 47"
        )
    return first


def _address(field: str, text: str) -> int:
    try:
        return int(IPv4Address(text.strip()))
    except ValueError:
        raise FieldError(
            field,
            f"“{named(text)}” is not an IPv4 address",
            "Expected four numbers from 0 to 255",
            "Type it like 10.0.4.17",
        ) from None


def _port(field: str, port: int | None, protocol: int) -> int:
    if protocol not in PORTED:
        if port is not None:
            raise FieldError(field, "This protocol has no ports", hint="Leave the port empty")
        return 0
    if port is None:
        return HIGH_PORT
    if not 1 <= port <= LAST_PORT:
        raise FieldError(
            field, f"{port} is not a port", f"Ports are 1 to {LAST_PORT}", "Type it like 443"
        )
    return port
