"""Lists of ports, protocols and what of them NAT takes (contract §3.5, §3.6, §9)."""

from __future__ import annotations

import re

from simtui.sandbox.call import invalid

PORTS = range(1, 65_536)
PUBLIC_PORTS = range(1_024, 65_536)
RESERVED_UDP_PORTS = (500, 4_500)
"""IKE and its NAT traversal: the platform's own tunnels answer there."""

LONGEST_LIST = 15
WITHOUT_PORTS = frozenset({"ANY", "ICMP", "1"})
"""Protocols for which ports make no sense; 1 is the number of ICMP."""

_NAMED_PROTOCOLS = frozenset({"ANY", "TCP", "UDP", "ICMP"})
_ITEM = re.compile(r"([0-9]{1,5})(?:-([0-9]{1,5}))?")


def read_ports(field: str, text: str) -> tuple[range, ...]:
    """The port ranges of ``ANY`` or of a list such as ``22,8000-8010``.

    Raises:
        Refused: 400 with ``SYNTAX``, ``RANGE`` or ``TOO_MANY``.
    """
    if text == "ANY":
        return (PORTS,)
    items = text.split(",")
    ranges = tuple(_read_item(field, item) for item in items)
    if len(items) > LONGEST_LIST:
        raise invalid(field, "TOO_MANY", f"{field} has more than {LONGEST_LIST} items")
    return ranges


def read_port_range(field: str, text: str) -> range:
    """One port or one range, as a NAT rule takes it.

    Raises:
        Refused: 400 as ``read_ports``; ``SYNTAX`` for a list or ``ANY``.
    """
    if text == "ANY" or "," in text:
        raise invalid(field, "SYNTAX", f"{field} is one port or one range of ports, not {text}")
    return read_ports(field, text)[0]


def read_public_ports(field: str, text: str, protocol: str) -> range:
    """Ports of the public address that NAT may give away.

    Raises:
        Refused: 400 as ``read_port_range``; ``RANGE`` below 1024, ``RESERVED`` for IKE.
    """
    ports = read_port_range(field, text)
    if ports.start not in PUBLIC_PORTS:
        raise invalid(field, "RANGE", f"{field} must lie in 1024-65535, not {text}")
    if protocol == "UDP" and any(port in ports for port in RESERVED_UDP_PORTS):
        raise invalid(field, "RESERVED", f"UDP {text} takes a port that IPsec needs (500, 4500)")
    return ports


def read_protocol(field: str, text: str) -> str:
    """``ANY``, ``TCP``, ``UDP``, ``ICMP`` or a protocol number without leading zeros.

    Raises:
        Refused: 400 with ``SYNTAX`` or ``RANGE``.
    """
    if text in _NAMED_PROTOCOLS:
        return text
    if not (text.isascii() and text.isdigit()):
        raise invalid(field, "SYNTAX", f"{text!r} is no protocol")
    if int(text) > 255:
        raise invalid(field, "RANGE", f"{text} is no protocol number: they end at 255")
    return str(int(text))


def port_text(ports: range) -> str:
    """The range as it is written: ``8080`` or ``8000-8010``."""
    return str(ports.start) if len(ports) == 1 else f"{ports.start}-{ports.stop - 1}"


def _read_item(field: str, item: str) -> range:
    match = _ITEM.fullmatch(item)
    if match is None:
        raise invalid(field, "SYNTAX", f"{item!r} is no port and no range such as 8000-8010")
    first = int(match[1])
    last = int(match[2] or first)
    if first not in PORTS or last not in PORTS or first > last:
        raise invalid(field, "RANGE", f"{item} is not within 1-65535, the lower number first")
    return range(first, last + 1)
