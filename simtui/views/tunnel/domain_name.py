"""What is wrong with a host that is to be an IKE peer: an IPv4 address or a full domain name."""

from __future__ import annotations

import re
from ipaddress import AddressValueError, IPv4Address, IPv6Address
from typing import Final

from simtui.views.text import clean

LONGEST_NAME: Final = 253
"""Characters of a whole domain name (RFC 1035)."""

LONGEST_LABEL: Final = 63
"""Characters between two of its dots."""

_NOT_IN_NAMES = re.compile(r"[^A-Za-z0-9.-]")
_NETWORK = re.compile(r"[0-9.]+/[0-9.]*")


def wrong_in_host(text: str) -> str:
    """Why ``text`` is neither an IPv4 address nor a full domain name; empty when it is one."""
    if _is_address(text, IPv4Address):
        return ""
    if _NETWORK.fullmatch(text):
        return "is a network; one address without a prefix is expected"
    if _is_address(text, IPv6Address):
        return "is IPv6; the platform has IPv4 only"
    if re.fullmatch(r"[0-9.]+", text):
        return "is not an IPv4 address: it has four numbers from 0 to 255 without leading zeros"
    return wrong_in_name(text)


def wrong_in_name(text: str) -> str:
    """Why ``text`` is no full domain name, behind its name; empty when it is one.

    As the platform has it: letters, digits and hyphens, two labels at least (contract §3.7).
    """
    if bad := _NOT_IN_NAMES.search(text):
        return _wrong_character(bad)
    if len(text) > LONGEST_NAME:
        return f"has {len(text)} characters; a domain name has at most {LONGEST_NAME}"
    labels = text.removesuffix(".").split(".")
    if len(labels) < 2:
        return "has no dot inside; a full domain name is expected"
    return next(filter(None, map(_wrong_in_label, labels)), "") or _wrong_at_end(labels[-1])


def _wrong_character(bad: re.Match[str]) -> str:
    place = f"at character {bad.start() + 1}"
    if bad[0].isspace():
        return f"has a blank {place}"
    if bad[0] == "_":
        return f"has an underscore {place}; only letters, digits, hyphens and dots are allowed"
    if not bad[0].isascii():
        return f"has “{clean(bad[0])}” {place}; write such a name as xn--, as DNS has it"
    return f"has “{clean(bad[0])}” {place}"


def _wrong_in_label(label: str) -> str:
    if not label:
        return "has a dot with nothing before it"
    if len(label) > LONGEST_LABEL:
        return f"has {len(label)} characters between two dots; {LONGEST_LABEL} are allowed"
    if label.startswith("-") or label.endswith("-"):
        return "has a hyphen beside a dot or at an end"
    return ""


def _wrong_at_end(label: str) -> str:
    return "ends in a number, as no domain does" if label.isdigit() else ""


def _is_address(text: str, kind: type[IPv4Address | IPv6Address]) -> bool:
    try:
        kind(text)
    except AddressValueError:
        return False
    return True
