"""What may stand behind each field, and the one form it is kept in."""

from __future__ import annotations

import re
from ipaddress import IPv4Network

from simtui.views.filter.fields import Field
from simtui.views.filter.lexer import Value
from simtui.views.filter.problem import FilterError, nearest, one_of
from simtui.views.filter.vocabulary import Vocabulary
from simtui.views.text import clean

_NAMES = ("group", "network", "ip_profile")
_SEPARATORS = re.compile(r"[\s-]+")
_OCTET = r"(?:25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])"
_ADDRESS_START = re.compile(rf"{_OCTET}(?:\.{_OCTET}){{0,3}}|(?:{_OCTET}\.){{1,3}}")
_ADDRESS = "an IPv4 address, a CIDR such as 10.0.4.0/24, or the first digits such as 10.0."


def normalised(field: Field, value: Value, vocabulary: Vocabulary | None) -> str:
    """The value as it is kept and compared; raises ``FilterError`` when it cannot be right."""
    if not value.text.strip():
        raise FilterError(
            f"{field.name}: needs a value", value.position, _expected(field, vocabulary)
        )
    if field.kind == "choice":
        return _choice(field, value)
    if field.kind in _NAMES and vocabulary is not None:
        return _known_name(field, value, vocabulary)
    if field.kind == "digits":
        return _digits(field, value)
    if field.kind == "address":
        return _address(value)
    return value.text


def _expected(field: Field, vocabulary: Vocabulary | None) -> str:
    if field.kind == "address":
        return _ADDRESS
    if field.kind == "digits":
        return f"the first digits of an {field.name.upper()}"
    known = (vocabulary or Vocabulary()).values_of(field)
    return one_of(known) if known else f"a value ({field.help})"


def _choice(field: Field, value: Value) -> str:
    typed = value.text.lower()
    meant = [choice for choice in field.choices if choice.startswith(typed)]
    if typed in field.choices:
        return typed
    if len(meant) == 1:
        return meant[0]
    what = "could be several things" if meant else "is not a value"
    raise FilterError(
        f'"{clean(value.text, 40)}" {what} of {field.name}',
        value.position,
        one_of(meant or field.choices),
        suggestion="" if meant else nearest(typed, field.choices),
    )


def _known_name(field: Field, value: Value, vocabulary: Vocabulary) -> str:
    known = vocabulary.values_of(field)
    lowered = value.text.lower()
    if not known or value.text in vocabulary.ids or lowered in (name.lower() for name in known):
        return value.text
    raise FilterError(
        f'No {field.kind.replace("_", " ")} is called "{clean(value.text, 40)}"',
        value.position,
        one_of(known),
        suggestion=nearest(lowered, known),
    )


def _digits(field: Field, value: Value) -> str:
    digits = _SEPARATORS.sub("", value.text)
    if field.name == "iccid":
        digits = digits.removesuffix("F").removesuffix("f")
    if not (digits.isascii() and digits.isdigit()):
        raise FilterError(
            f'"{clean(value.text, 40)}" is not made of digits',
            value.position,
            f"the first digits of an {field.name.upper()}",
        )
    is_imeisv = field.name == "imei" and len(digits) == 16
    return digits[:14] if is_imeisv else digits


def _address(value: Value) -> str:
    text = value.text.strip()
    if "/" in text:
        return _cidr(text, value.position)
    if _ADDRESS_START.fullmatch(text):
        return text
    raise FilterError(f'"{clean(text, 40)}" is not an address', value.position, _ADDRESS)


def _cidr(text: str, position: int) -> str:
    try:
        network = IPv4Network(text, strict=False)
    except ValueError:
        raise FilterError(f'"{clean(text, 40)}" is not a CIDR', position, _ADDRESS) from None
    if str(network.network_address) != text.partition("/")[0]:
        raise FilterError(
            f"{clean(text, 40)} has host bits set",
            position,
            "an address whose host bits are zero",
            suggestion=str(network),
        )
    return str(network.network_address) if network.prefixlen == 32 else str(network)
