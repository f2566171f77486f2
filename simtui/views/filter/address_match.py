"""How an IP address is compared with what was typed behind ``ip:``."""

from __future__ import annotations

from collections.abc import Callable
from ipaddress import AddressValueError, IPv4Address, IPv4Network


def address_match(value: str) -> Callable[[str], bool]:
    """A CIDR contains, a whole address equals, anything shorter is how the text begins."""
    if "/" in value:
        return _inside(IPv4Network(value))
    if value.count(".") == 3 and not value.endswith("."):
        return lambda address: address == value
    return lambda address: address.startswith(value)


def _inside(network: IPv4Network) -> Callable[[str], bool]:
    whole = network.prefixlen // 8
    start = ".".join(str(network.network_address).split(".")[:whole]) + "." if whole else ""

    def inside(address: str) -> bool:
        if not address.startswith(start):  # rules most out before an address is parsed
            return False
        try:
            return IPv4Address(address) in network
        except AddressValueError:
            return False

    return inside
