"""Pre-shared keys and the names of IPsec peers (contract §3.7, §9)."""

from __future__ import annotations

import re
from ipaddress import AddressValueError, IPv4Address

from simtui.sandbox.call import invalid

PSK_LENGTHS = range(8, 65)
_PSK = re.compile(r"[A-Za-z0-9._]+")
_LABEL = re.compile(r"(?!-)[A-Za-z0-9-]{1,63}(?<!-)")
_USER = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}")
_LONGEST_FQDN = 253


def check_psk(field: str, psk: str) -> None:
    """Check a pre-shared key; the message never repeats it.

    Raises:
        Refused: 400 with ``LENGTH``, ``STARTS_WITH_ZERO`` or ``SYNTAX``.
    """
    if len(psk) not in PSK_LENGTHS:
        raise invalid(field, "LENGTH", "A pre-shared key has 8 to 64 characters")
    if psk.startswith("0"):
        raise invalid(field, "STARTS_WITH_ZERO", "A pre-shared key does not begin with 0")
    if not _PSK.fullmatch(psk):
        raise invalid(field, "SYNTAX", "A pre-shared key has letters, digits, . and _ only")


def check_gateway(field: str, text: str) -> None:
    """Check that this is an IPv4 address or a fully qualified domain name.

    Raises:
        Refused: 400 with ``SYNTAX``.
    """
    if not (_is_address(text) or _is_fqdn(text)):
        raise invalid(field, "SYNTAX", f"{text!r} is no IPv4 address and no full domain name")


def check_peer_id(field: str, text: str) -> None:
    """Check an IKE identity: an IPv4 address, a domain name or user@domain.

    Raises:
        Refused: 400 with ``SYNTAX``.
    """
    user, at, domain = text.rpartition("@")
    if at and not (_USER.fullmatch(user) and _is_fqdn(domain)):
        raise invalid(field, "SYNTAX", f"{text!r} is not of the form user@domain")
    if not at:
        check_gateway(field, text)


def _is_address(text: str) -> bool:
    try:
        IPv4Address(text)
    except AddressValueError:
        return False
    return True


def _is_fqdn(text: str) -> bool:
    labels = text.removesuffix(".").split(".")
    return (
        len(text) <= _LONGEST_FQDN
        and len(labels) >= 2
        and all(_LABEL.fullmatch(label) for label in labels)
        and not labels[-1].isdigit()
    )
