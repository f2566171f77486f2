"""Ports and protocols as they are typed (contract §3.5, §3.6, §9)."""

from __future__ import annotations

import re
from typing import Final

from simtui.errors import UsageError
from simtui.views.fields.cidr import ANY, is_any
from simtui.views.plan.wording import named

PORTS: Final = range(1, 65_536)
"""All ports there are."""

PUBLIC_PORTS: Final = range(1_024, 65_536)
"""What NAT may give away of the public address (contract §3.6)."""

IKE_PORTS: Final = (500, 4_500)
"""UDP ports that the platform's own tunnels answer on: IKE and its NAT traversal."""

LONGEST_LIST: Final = 15
"""Items in one list of ports."""

WITHOUT_PORTS: Final = frozenset({ANY, "ICMP", "1"})
"""Protocols for which ports make no sense; 1 is the number of ICMP."""

PROTOCOLS: Final = (ANY, "TCP", "UDP", "ICMP")
"""Protocols that have a name here."""

_LARGEST_PROTOCOL: Final = 255
_LONGEST_PORT: Final = 5
_ITEM = re.compile(r"([0-9]+)(?: *- *([0-9]+))?")
_SEPARATOR = re.compile(r"[ ;]+")
_SEPARATED = re.compile(r"[0-9]+(?:-[0-9]+)?(?:[ ;]+[0-9]+(?:-[0-9]+)?)+")
_LIST_EXAMPLE: Final = "For example 22,8000-8010"
_RANGE_EXAMPLE: Final = "For example 8080, or 8000-8010"


def parse_ports(text: str) -> str:
    """``ANY``, or a list of ports and ranges in its one spelling: ``22,8000-8010``.

    Raises:
        UsageError: no list, a port outside 1 to 65535, a range upside down, over 15 items.
    """
    if is_any(text):
        return ANY
    return ",".join(map(ports_text, _parse_list(text)))


def port_ranges(text: str) -> tuple[range, ...]:
    """The ranges that a list means, in its order; ``ANY`` is all ports.

    Raises:
        UsageError: as ``parse_ports``.
    """
    return (PORTS,) if is_any(text) else _parse_list(text)


def parse_port_range(text: str) -> range:
    """One port or one range of ports, as NAT takes it.

    Raises:
        UsageError: as ``parse_ports``; or a list, ``ANY`` or nothing.
    """
    if is_any(text) or "," in text:
        given = text.strip()
        raise UsageError(
            f"“{named(given)}” is not one range of ports" if given else "Ports are missing",
            "NAT takes one port, or one range of them",
            _RANGE_EXAMPLE,
        )
    return _parse_list(text)[0]


def parse_public_ports(text: str, protocol: str) -> range:
    """Ports of the public address: 1024 to 65535, and not those of IKE (contract §3.6).

    Raises:
        UsageError: as ``parse_port_range``; below 1024; UDP 500 or 4500 among them.
    """
    ports = parse_port_range(text)
    if ports.start not in PUBLIC_PORTS:
        raise UsageError(
            f"Port {ports.start} cannot be a public port",
            f"Public ports are {PUBLIC_PORTS[0]} to {PUBLIC_PORTS[-1]}",
            _RANGE_EXAMPLE,
        )
    taken = [port for port in IKE_PORTS if port in ports]
    if protocol.strip().upper() == "UDP" and taken:
        raise UsageError(
            f"UDP port {taken[0]} is reserved for IKE",
            "The IPsec tunnels of the platform answer on UDP 500 and 4500",
            "Choose ports without it, for example 8080",
        )
    return ports


def ports_text(ports: range) -> str:
    """A range as it is written: ``8080`` or ``8000-8010``."""
    return str(ports.start) if len(ports) == 1 else f"{ports.start}-{ports.stop - 1}"


def parse_protocol(text: str) -> str:
    """``ANY``, ``TCP``, ``UDP``, ``ICMP`` in any case, or a number from 0 to 255.

    Raises:
        UsageError: neither a name nor such a number.
    """
    word = ANY if is_any(text) else text.strip().upper()
    if word in PROTOCOLS:
        return word
    is_number = word.isascii() and word.isdigit()
    digits = word.lstrip("0") or "0"
    if is_number and len(digits) <= 3 and int(digits) <= _LARGEST_PROTOCOL:
        return digits
    what = "too large for a protocol number" if is_number else "no protocol"
    raise UsageError(
        f"“{named(text.strip())}” is {what}",
        f"A protocol is {', '.join(PROTOCOLS)} or a number from 0 to {_LARGEST_PROTOCOL}",
        "For example TCP, or 50 for ESP",
    )


def has_ports(protocol: str) -> bool:
    """Whether a rule for this protocol can name ports (contract §3.5)."""
    return protocol not in WITHOUT_PORTS


def _parse_list(text: str) -> tuple[range, ...]:
    items = text.split(",")
    ranges = tuple(_parse_item(item.strip(), text.strip()) for item in items)
    if len(items) > LONGEST_LIST:
        raise UsageError(
            f"{len(items)} items are too many",
            f"A list of ports has at most {LONGEST_LIST} items",
            "Join neighbours into a range, for example 8000-8010",
        )
    return ranges


def _parse_item(item: str, whole: str) -> range:
    match = _ITEM.fullmatch(item)
    if match is None:
        raise _no_ports(item, whole)
    first = _parse_port(match[1])
    last = _parse_port(match[2] or match[1])
    if first > last:
        raise UsageError(
            f"The range {named(item)} is upside down",
            "The lower port comes first",
            f"For example {last}-{first}",
        )
    return range(first, last + 1)


def _parse_port(digits: str) -> int:
    number = digits.lstrip("0") or "0"
    if len(number) > _LONGEST_PORT or int(number) not in PORTS:
        raise UsageError(
            f"There is no port {named(number)}",
            f"Ports are {PORTS[0]} to {PORTS[-1]}",
            _LIST_EXAMPLE,
        )
    return int(number)


def _no_ports(item: str, whole: str) -> UsageError:
    if not item:
        return UsageError(
            f"A port is missing in “{named(whole)}”",
            "There is nothing at one side of a comma",
            _LIST_EXAMPLE,
        )
    if _SEPARATED.fullmatch(item):
        return UsageError(
            f"“{named(item)}” is no list of ports",
            "Ports are separated by commas",
            f"For example {named(','.join(_SEPARATOR.split(item)))}",
        )
    return UsageError(
        f"“{named(item)}” is no port",
        "Expected ANY, or ports and ranges of them with commas between",
        _LIST_EXAMPLE,
    )
