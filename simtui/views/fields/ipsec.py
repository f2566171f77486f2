"""What is typed about an IPsec tunnel: peers, key, times and modes (contract §3.7, §9)."""

from __future__ import annotations

import re
import secrets
import string
from collections.abc import Callable, Sequence
from typing import Final

from simtui.errors import UsageError
from simtui.secret import Secret
from simtui.views.fields.numbers import parse_number
from simtui.views.plan.wording import named
from simtui.views.tunnel.domain_name import wrong_in_host, wrong_in_name

PSK_LENGTHS: Final = range(8, 65)
"""How many characters a pre-shared key may have."""

IKE_VERSIONS: Final = ("IKEV2", "IKEV1")
EXCHANGE_MODES: Final = ("MAIN", "AGGRESSIVE")
DPD_ACTIONS: Final = ("RESTART", "CLEAR", "NONE")
STARTUP_ACTIONS: Final = ("INITIATE", "RESPOND")

_GENERATED = 32
_LONGEST_TIMEOUT = 86_400  # the contract names no limit; after a day nobody waits any more
_USER = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}")
_VERSION = re.compile(r"(?:IKE ?)?v?([12])", re.IGNORECASE)
_NOT_IN_PSK = re.compile(r"[^A-Za-z0-9._]")

_GATEWAY_RULE: Final = "A gateway is an IPv4 address or a full domain name"
_ID_RULE: Final = "An identity is an IPv4 address, a full domain name or user@domain"
_GATEWAY_EXAMPLE: Final = "For example 203.0.113.9, or vpn.example.com"
_ID_EXAMPLE: Final = "For example 203.0.113.9, vpn.example.com or hq@example.com"
_PSK_RULE: Final = (
    f"A key has {PSK_LENGTHS[0]} to {PSK_LENGTHS[-1]} characters: letters without accents, digits, "
    "dots and underscores, and does not begin with the digit zero"
)
_PSK_EXAMPLE: Final = "For example 32 letters and digits at random"


def parse_gateway(text: str) -> str:
    """Where the other side is reached: an IPv4 address or a full domain name.

    Raises:
        UsageError: nothing, a network, IPv6, or no full domain name.
    """
    return _parse_host(text.strip(), "A gateway", _GATEWAY_RULE, _GATEWAY_EXAMPLE)


def parse_peer_id(text: str) -> str | None:
    """An IKE identity: an IPv4 address, a full domain name or user@domain.

    None, for nothing, is the address of the gateway.

    Raises:
        UsageError: anything else.
    """
    trimmed = text.strip()
    user, at, domain = trimmed.rpartition("@")
    if not at:
        return _parse_host(trimmed, "An identity", _ID_RULE, _ID_EXAMPLE) if trimmed else None
    if not _USER.fullmatch(user):
        what = "cannot have that before its @" if user else "has nothing before its @"
        raise UsageError(f"“{named(trimmed)}” {what}", _ID_RULE, _ID_EXAMPLE)
    if wrong := wrong_in_name(domain):
        raise UsageError(f"“{named(domain)}” behind the @ {wrong}", _ID_RULE, _ID_EXAMPLE)
    return trimmed


def parse_psk(text: str) -> Secret:
    """A pre-shared key. What is said about a wrong one holds no character of it.

    Raises:
        UsageError: with the length, or the place and the kind of the wrong character.
    """
    if wrong := _wrong_in_psk(text):
        raise UsageError(wrong, _PSK_RULE, _PSK_EXAMPLE)
    return Secret(text)


def generate_psk(choice: Callable[[Sequence[str]], str] = secrets.choice) -> Secret:
    """A key of 32 letters and digits that every equipment takes; ``choice`` picks one."""
    every = string.ascii_letters + string.digits
    first = choice(every.replace("0", ""))
    return Secret(first + "".join(choice(every) for _ in range(_GENERATED - 1)))


def parse_phase1_lifetime(text: str) -> int:
    """Seconds, 900 to 28800; raises ``UsageError``."""
    return parse_number(text, 900, 28_800, "The lifetime of phase 1 in seconds")


def parse_phase2_lifetime(text: str) -> int:
    """Seconds, 900 to 3600; raises ``UsageError``. It must also be below that of phase 1."""
    return parse_number(text, 900, 3_600, "The lifetime of phase 2 in seconds")


def parse_dpd_delay(text: str) -> int:
    """Seconds between two questions whether the peer is there, 10 to 300."""
    return parse_number(text, 10, 300, "The delay of DPD in seconds")


def parse_dpd_timeout(text: str) -> int:
    """Seconds without an answer after which the peer counts as gone, 30 at least."""
    return parse_number(text, 30, _LONGEST_TIMEOUT, "The timeout of DPD in seconds")


def parse_dpd_action(text: str) -> str:
    """What follows when the peer is gone; raises ``UsageError``."""
    return _parse_word(text, DPD_ACTIONS, "DPD action")


def parse_startup(text: str) -> str:
    """Whether this side begins; raises ``UsageError``."""
    return _parse_word(text, STARTUP_ACTIONS, "startup action")


def parse_ike_version(text: str) -> str:
    """``IKEV1`` or ``IKEV2``, also from ``2`` or ``v2``; raises ``UsageError``."""
    short = _VERSION.fullmatch(text.strip())
    return _parse_word(f"IKEV{short[1]}" if short else text, IKE_VERSIONS, "IKE version")


def parse_exchange_mode(text: str, ike_version: str = "IKEV1") -> str:
    """``MAIN``, or ``AGGRESSIVE``, which only IKEV1 has; raises ``UsageError``."""
    mode = _parse_word(text, EXCHANGE_MODES, "exchange mode")
    if mode == "AGGRESSIVE" and ike_version != "IKEV1":
        raise UsageError(
            "AGGRESSIVE is a mode of IKEV1", f"{named(ike_version)} has no such mode", "Take MAIN"
        )
    return mode


def _parse_word(text: str, allowed: Sequence[str], what: str) -> str:
    word = text.strip().upper()
    if word in allowed:
        return word
    title = f"“{named(text.strip())}” is no {what}" if word else f"No {what} is given"
    raise UsageError(title, f"It is {' or '.join(allowed)}", f"For example {allowed[0]}")


def _parse_host(text: str, what: str, rule: str, example: str) -> str:
    if not text:
        raise UsageError(f"{what} is missing", rule, example)
    if wrong := wrong_in_host(text):
        raise UsageError(f"“{named(text)}” {wrong}", rule, example)
    return text


def _wrong_in_psk(text: str) -> str:
    """What is wrong with a key, told without any character of it; empty when nothing is."""
    if not text:
        return "A pre-shared key is missing"
    if len(text) not in PSK_LENGTHS:
        few = "few" if len(text) < PSK_LENGTHS.start else "many"
        return f"The pre-shared key has {len(text)} characters, which is too {few}"
    if text.startswith("0"):
        return "The pre-shared key begins with the digit zero"
    bad = _NOT_IN_PSK.search(text)
    if bad is None:
        return ""
    return f"Character {bad.start() + 1} of the pre-shared key is {_kind(bad[0])}"


def _kind(character: str) -> str:
    """What kind of character it is, never which."""
    if character.isspace():
        return "a blank"
    if character.isalpha():
        return "a letter that is not one of the 26"
    if character.isnumeric():
        return "a digit that is not one of the ten"
    return "a sign that is not allowed" if character.isprintable() else "an invisible character"
