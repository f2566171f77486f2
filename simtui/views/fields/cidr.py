"""IPv4 networks and addresses as they are typed (contract §3.4, §9)."""

from __future__ import annotations

from ipaddress import AddressValueError, IPv4Address, IPv4Network
from typing import Final

from simtui.errors import UsageError
from simtui.views.plan.wording import named

ANY: Final = "ANY"
"""What a filter rule says where everything matches (contract §3.5)."""

EVERYWHERE: Final = "0.0.0.0/0"
"""The network of all addresses."""

PRIVATE: Final = tuple(
    IPv4Network(cidr) for cidr in ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10")
)
"""RFC 1918 and the carriers' own 100.64/10: where a pool may lie."""

POOL_PREFIXES: Final = range(16, 30)
"""How long the prefix of a pool may be, in bits."""

_ANY_WORDS: Final = frozenset({"", "*", "any"})
_LONGEST_PREFIX: Final = 32
_NOT_USABLE: Final = 3  # network, broadcast, gateway
_EXAMPLE: Final = "For example 10.0.0.0/8, or 10.0.4.17 for one address"
_POOL_EXAMPLE: Final = "For example 10.0.0.0/24"


def is_any(text: str) -> bool:
    """Whether this leaves open what is meant: ``ANY``, ``any``, ``*`` or nothing."""
    return text.strip().lower() in _ANY_WORDS


def parse_cidr(text: str) -> IPv4Network:
    """An IPv4 network whose host bits are zero; a bare address is a /32.

    Raises:
        UsageError: IPv6, a zone, no address, a prefix above 32, or host bits that are set.
    """
    trimmed = text.strip()
    address, slash, prefix = trimmed.partition("/")
    base = _parse_base(address, trimmed)
    network = IPv4Network((base, _parse_prefix(prefix, trimmed) if slash else 32), strict=False)
    if network.network_address != base:
        raise UsageError(
            f"{named(trimmed)} has host bits set",
            f"A network's address ends in zeros below its prefix; the network of it is {network}",
            f"For example {network}",
        )
    return network


def parse_any_cidr(text: str) -> str:
    """``ANY`` for what leaves it open, or a network in its one spelling.

    Raises:
        UsageError: as ``parse_cidr``.
    """
    return ANY if is_any(text) else str(parse_cidr(text))


def parse_pool_cidr(text: str) -> IPv4Network:
    """A network that can be an IP pool: private, /16 to /29 (contract §3.4).

    Raises:
        UsageError: as ``parse_cidr``; another prefix, or addresses that are not private.
    """
    network = parse_cidr(text)
    prefix = network.prefixlen
    if prefix not in POOL_PREFIXES:
        raise UsageError(
            f"{network} is too {'large' if prefix < POOL_PREFIXES.start else 'small'} for a pool",
            f"The prefix of a pool is /{POOL_PREFIXES[0]} to /{POOL_PREFIXES[-1]}, not /{prefix}",
            _POOL_EXAMPLE,
        )
    if not any(network.subnet_of(space) for space in PRIVATE):
        raise UsageError(
            f"{network} is not private",
            f"A pool lies inside {', '.join(map(str, PRIVATE[:-1]))} or {PRIVATE[-1]}",
            _POOL_EXAMPLE,
        )
    return network


def parse_address(text: str) -> IPv4Address:
    """One dotted IPv4 address.

    Raises:
        UsageError: IPv6, a zone, a prefix, or no address.
    """
    trimmed = text.strip()
    if "/" in trimmed:
        raise UsageError(
            f"“{named(trimmed)}” is a network",
            "One address is expected, without a prefix",
            "For example 10.0.4.17",
        )
    return _parse_base(trimmed, trimmed)


def usable_addresses(network: IPv4Network) -> int:
    """Addresses of a pool that Things can have: all but network, broadcast and gateway."""
    return max(0, network.num_addresses - _NOT_USABLE)


def network_or_none(text: str) -> IPv4Network | None:
    """A network as the server spells it; None for what cannot be read."""
    try:
        return IPv4Network(text, strict=False)
    except ValueError:
        return None


def _parse_base(address: str, whole: str) -> IPv4Address:
    if "%" in whole:
        raise UsageError(
            f"“{named(whole)}” names a zone", "An IPv4 address has no zone behind a %", _EXAMPLE
        )
    if ":" in whole:
        raise UsageError(f"“{named(whole)}” is IPv6", "This platform has IPv4 only", _EXAMPLE)
    if not whole:
        raise UsageError("An address is missing", "Expected an IPv4 network", _EXAMPLE)
    try:
        return IPv4Address(address)
    except AddressValueError:
        raise UsageError(
            f"“{named(whole)}” is no IPv4 address",
            "It has four numbers from 0 to 255 with dots between them, without leading zeros",
            _EXAMPLE,
        ) from None


def _parse_prefix(prefix: str, whole: str) -> int:
    if not (prefix.isascii() and prefix.isdigit()):
        raise UsageError(
            f"“{named(whole)}” has no number behind the slash",
            "The prefix is the number of bits that all addresses share, 0 to 32",
            _EXAMPLE,
        )
    digits = prefix.lstrip("0") or "0"
    if len(digits) > 2 or int(digits) > _LONGEST_PREFIX:
        raise UsageError(
            f"The prefix of {named(whole)} is too large",
            f"An IPv4 address has {_LONGEST_PREFIX} bits; the prefix is 0 to {_LONGEST_PREFIX}",
            _EXAMPLE,
        )
    return int(digits)
