"""IPv4 networks: their syntax and what may be a pool (contract §3.4, §9)."""

from __future__ import annotations

from collections.abc import Iterable
from ipaddress import AddressValueError, IPv4Address, IPv4Network
from itertools import combinations

from simtui.sandbox.call import invalid

PRIVATE = tuple(
    IPv4Network(cidr) for cidr in ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10")
)
"""RFC 1918 and the carriers' own 100.64/10: where a pool may lie."""

POOL_PREFIXES = range(16, 30)


def read_cidr(field: str, text: str) -> IPv4Network:
    """An IPv4 network; a bare address is a /32.

    Raises:
        Refused: 400 with ``IPV6``, ``SYNTAX``, ``RANGE`` or ``HOST_BITS_SET``.
    """
    address, slash, prefix = text.partition("/")
    if ":" in address:
        raise invalid(field, "IPV6", f"{text} is IPv6; this platform has IPv4 only")
    try:
        base = IPv4Address(address)
    except AddressValueError as error:
        raise invalid(field, "SYNTAX", f"{text!r} is no IPv4 network: {error}") from None
    length = _prefix_length(field, text, prefix) if slash else 32
    network = IPv4Network((base, length), strict=False)
    if network.network_address != base:
        raise invalid(field, "HOST_BITS_SET", f"{text} has host bits set; the network is {network}")
    return network


def read_any_cidr(field: str, text: str) -> str:
    """``ANY`` or a network, normalised, as in filter rules (contract §3.5)."""
    return text if text == "ANY" else str(read_cidr(field, text))


def read_pool_cidr(text: str, field: str = "cidr") -> IPv4Network:
    """A network that can be an IP pool.

    Raises:
        Refused: 400 as ``read_cidr``, or ``PREFIX_LENGTH`` or ``NOT_PRIVATE``.
    """
    network = read_cidr(field, text)
    if network.prefixlen not in POOL_PREFIXES:
        raise invalid(field, "PREFIX_LENGTH", f"{network} is no pool: a pool is a /16 to a /29")
    if not any(network.subnet_of(space) for space in PRIVATE):
        spaces = ", ".join(str(space) for space in PRIVATE)
        raise invalid(field, "NOT_PRIVATE", f"{network} is not inside private space: {spaces}")
    return network


def refuse_overlaps(field: str, networks: Iterable[IPv4Network]) -> None:
    """Refuse a list in which two networks share addresses.

    Raises:
        Refused: 400 with ``OVERLAP``.
    """
    for one, other in combinations(networks, 2):
        if one.overlaps(other):
            raise invalid(field, "OVERLAP", f"{one} and {other} overlap")


def _prefix_length(field: str, text: str, prefix: str) -> int:
    if not (prefix.isascii() and prefix.isdigit()):
        raise invalid(field, "SYNTAX", f"{text!r} has no number of bits after the slash")
    if int(prefix) > 32:
        raise invalid(field, "RANGE", f"{text} has a prefix longer than 32 bits")
    return int(prefix)
