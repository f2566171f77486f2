"""Protocols, networks and ports of a rule as ranges of numbers (contract §3.5, §9).

What a server sends is read as strictly as what a person types: a rule that is not spelt by
the contract is not guessed at.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from ipaddress import IPv4Network
from typing import Final, TypeAlias, TypeVar

from simtui.errors import UsageError
from simtui.views.fields.cidr import ANY, is_any, network_or_none, parse_cidr
from simtui.views.fields.ports import parse_protocol, port_ranges
from simtui.views.plan.wording import named

T = TypeVar("T")
Span: TypeAlias = tuple[int, int]
"""The first and the last of a range of numbers; both belong to it."""

LAST_PROTOCOL: Final = 255
LAST_ADDRESS: Final = 2**32 - 1
LAST_PORT: Final = 65_535

ANY_PORTS: Final[tuple[Span, ...]] = ((0, LAST_PORT),)
"""What ``ANY`` means for ports: each of them, and none, which is port 0."""

_NUMBERS: Final = {"ICMP": 1, "TCP": 6, "UDP": 17}


class Unreadable(ValueError):
    """A text that means nothing by the contract; the message says why, safe to print."""


def read_protocol(text: str) -> Span:
    """``ANY``, a name or a number from 0 to 255.

    Raises:
        Unreadable: for anything else.
    """
    if _says_any(text):
        return 0, LAST_PROTOCOL
    name = _read(parse_protocol, text)
    number = _NUMBERS[name] if name in _NUMBERS else int(name)
    return number, number


def read_cidr(text: str) -> Span:
    """``ANY``, an IPv4 network or a bare address.

    Raises:
        Unreadable: for anything else, IPv6 and host bits that are set.
    """
    return (0, LAST_ADDRESS) if _says_any(text) else _span(_read(parse_cidr, text))


def read_ports(text: str) -> tuple[Span, ...]:
    """``ANY``, or the ranges of a list such as ``22,8000-8010`` in its order.

    Raises:
        Unreadable: no list, a port outside 1 to 65535, a range upside down, over 15 items.
    """
    if _says_any(text):
        return ANY_PORTS
    return tuple((ports.start, ports.stop - 1) for ports in _read(port_ranges, text))


@lru_cache(maxsize=1_024)
def span_of(text: str) -> Span | None:
    """The addresses of a pool, a route or a selector; None when it cannot be read.

    Host bits are taken off, as a router does.
    """
    network = network_or_none(text)
    return None if network is None else _span(network)


def _says_any(text: str) -> bool:
    return text.strip().upper() == ANY


def _read(parse: Callable[[str], T], text: str) -> T:
    """What ``parse`` makes of it; nothing at all stands for ``ANY`` in a form, not in a rule."""
    if is_any(text):
        raise Unreadable(f"“{named(text)}” stands where ANY or a value should")
    try:
        return parse(text)
    except UsageError as error:
        raise Unreadable(error.title) from None


def _span(network: IPv4Network) -> Span:
    return int(network.network_address), int(network.broadcast_address)
