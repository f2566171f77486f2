"""The numbers of a SIM and of its device, checked as contract §9 says.

These checks are for input. On what the server sends we warn and still show it, so
nothing here raises: a ``Checked`` says what is wrong in a sentence.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from stdnum import luhn


class IdentityCode:
    """What a check found; the names are those of the contract's test vectors."""

    OK: Final = "OK"
    NOT_DIGITS: Final = "NOT_DIGITS"
    LENGTH: Final = "LENGTH"
    PREFIX: Final = "PREFIX"
    CHECK_DIGIT: Final = "CHECK_DIGIT"
    PREFIX_LOOKUP: Final = "PREFIX_LOOKUP"


@dataclass(frozen=True, slots=True)
class Checked:
    """A number without its decoration, a code, and the reason as a sentence (empty if OK)."""

    value: str
    code: str = IdentityCode.OK
    reason: str = ""

    @property
    def ok(self) -> bool:
        """Whether the number is right as it stands."""
        return self.code == IdentityCode.OK

    @property
    def is_prefix(self) -> bool:
        """Whether to look it up as the first digits of an ICCID before refusing it."""
        return self.code == IdentityCode.PREFIX_LOOKUP


_ONCE = bytes.maketrans(b"0123456789", bytes(range(10)))
_TWICE = bytes.maketrans(b"0123456789", bytes((0, 2, 4, 6, 8, 1, 3, 5, 7, 9)))
_SEPARATORS = re.compile(r"[\s-]+")


def check_iccid(text: str) -> Checked:
    """An ICCID: 19 or 20 digits from ``89`` on, the last one a Luhn check digit.

    Spaces, hyphens and one trailing filler ``F`` are taken off. Some platforms print 19
    digits without the check digit, so 19 digits that fail it are a ``PREFIX_LOOKUP``.
    """
    value = _compact(text)
    if value[-1:] in ("F", "f"):
        value = value[:-1]
    if problem := _not_digits(value, "ICCID"):
        return problem
    if len(value) not in (19, 20):
        return _wrong_length(value, "An ICCID has 19 or 20 digits")
    if not value.startswith("89"):
        return Checked(value, IdentityCode.PREFIX, "An ICCID starts with 89.")
    if has_check_digit(value):
        return Checked(value)
    if len(value) == 19:
        reason = "The check digit is wrong or missing; looked up as the start of an ICCID."
        return Checked(value, IdentityCode.PREFIX_LOOKUP, reason)
    return _wrong_check_digit(value)


def check_imsi(text: str) -> Checked:
    """An IMSI: exactly 15 digits."""
    value = _compact(text)
    if problem := _not_digits(value, "IMSI"):
        return problem
    if len(value) != 15:
        return _wrong_length(value, "An IMSI has exactly 15 digits")
    return Checked(value)


def check_imei(text: str) -> Checked:
    """An IMEI of 15 digits with a check digit, or an IMEISV of 16 without one.

    The value is always the 15-digit IMEI; for an IMEISV its check digit is computed.
    """
    value = _compact(text)
    if problem := _not_digits(value, "IMEI"):
        return problem
    if len(value) == 16:
        return Checked(value[:14] + luhn.calc_check_digit(value[:14]))
    if len(value) != 15:
        return _wrong_length(value, "An IMEI has 15 digits and an IMEISV 16")
    return Checked(value) if has_check_digit(value) else _wrong_check_digit(value)


def tac_of(imei: str) -> str:
    """The Type Allocation Code: the first eight digits, which name the kind of device."""
    return imei[:8]


def has_check_digit(digits: str) -> bool:
    """Whether the last digit is the Luhn check digit of the others.

    ``luhn.is_valid`` says the same in ten times the time; this one is asked about every
    Thing of the fleet at once (``faulty:yes``).
    """
    if not (digits.isascii() and digits.isdigit()):
        return False
    number = digits.encode()
    total = sum(number[-1::-2].translate(_ONCE)) + sum(number[-2::-2].translate(_TWICE))
    return total % 10 == 0


def iccid_is_sound(iccid: str) -> bool:
    """Whether an ICCID from the server would pass as input; if not it is shown with ``!``."""
    return len(iccid) in (19, 20) and iccid.startswith("89") and has_check_digit(iccid)


def _compact(text: str) -> str:
    return _SEPARATORS.sub("", text)


def _not_digits(value: str, what: str) -> Checked | None:
    if not value or (value.isascii() and value.isdigit()):
        return None
    position = next(at for at, char in enumerate(value, 1) if char not in "0123456789")
    reason = f"An {what} is made of digits; character {position} is not one."
    return Checked(value, IdentityCode.NOT_DIGITS, reason)


def _wrong_length(value: str, rule: str) -> Checked:
    return Checked(value, IdentityCode.LENGTH, f"{rule}; this has {len(value)}.")


def _wrong_check_digit(value: str) -> Checked:
    expected = luhn.calc_check_digit(value[:-1])
    reason = f"The check digit is wrong: these digits end in {expected}, not in {value[-1]}."
    return Checked(value, IdentityCode.CHECK_DIGIT, reason)
