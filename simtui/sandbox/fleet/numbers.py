"""ICCID, IMSI and IMEI numbers, many and valid (contract §9).

The Luhn digit is python-stdnum's. Because the Luhn sum adds up over the parts of a
number, the digit of the head and of the last four digits are looked up apart; that
makes a million numbers cheap.
"""

from __future__ import annotations

from functools import lru_cache

from stdnum import luhn

ISSUER = "8931086"
"""Telecom (89), the Netherlands (31), KPN's issuer number."""

_HOME_NETWORK = "20408"
_FIRST_SUBSCRIBER = 3_100_000_001
_TAIL = [int(luhn.calc_check_digit(f"{number:04}")) for number in range(10_000)]
_DIGITS = "01234567890123456789"


@lru_cache(maxsize=65_536)
def _head_digit(head: str) -> int:
    return int(luhn.calc_check_digit(head + "0000"))


def luhn_digit(body: str) -> str:
    """The digit that makes ``body`` (at least four digits) valid when appended."""
    return _DIGITS[_head_digit(body[:-4]) + _TAIL[int(body[-4:])]]


def iccid(serial: int, *, digits: int = 19) -> str:
    """A card number of 19 or 20 digits with KPN's prefix."""
    body = f"{ISSUER}{serial:0{digits - 1 - len(ISSUER)}}"
    return body + luhn_digit(body)


def imsi(index: int) -> str:
    """The subscriber number of the n-th card, 15 digits."""
    return f"{_HOME_NETWORK}{_FIRST_SUBSCRIBER + index}"


class DeviceNumbers:
    """IMEIs of one device model: its TAC, then serials that scatter but never repeat."""

    _STRIDE = 7_919
    _SERIALS = 1_000_000

    def __init__(self, tac: str, first: int = 0) -> None:
        self._tac = tac
        self._serial = first % self._SERIALS

    def next(self) -> str:
        """The IMEI of the next device, 15 digits."""
        body = f"{self._tac}{self._serial:06}"
        self._serial = (self._serial + self._STRIDE) % self._SERIALS
        return body + luhn_digit(body)
