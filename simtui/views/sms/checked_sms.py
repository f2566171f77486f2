"""A message as input: refused with what is wrong, the rule and the way out (contract §3.8, §9)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import Final

from simtui.errors import UsageError
from simtui.models import Thing
from simtui.models.sms_template import FIELDS, fields_in, filled
from simtui.views.plan.wording import listed, named, plural, thing_name
from simtui.views.sms.segments import MOST_SEGMENTS, Counted, count
from simtui.views.text import clean

SHORTEST_VALIDITY: Final = 5
LONGEST_VALIDITY: Final = 4320
DEFAULT_VALIDITY: Final = 1440
_LINE_ENDS: Final = frozenset("\n\r\f")
_DIGITS = re.compile(r"[0-9]{1,15}")
_LETTERS = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9 ]{0,9}[A-Za-z0-9])?")


def checked_sms_text(text: str) -> str:
    """A text, or a template, that can be sent, in NFC. How long it is depends on the Thing
    where it has fields; see `checked_length`.

    Raises:
        UsageError: nothing to send, a control character, or a field that there is not.
    """
    whole = composed(text)
    if not whole.strip():
        raise UsageError(
            "There is nothing to send", "A message has at least one character", "For example STATUS"
        )
    for place, character in enumerate(whole, 1):
        if _is_control(character):
            raise UsageError(
                "A message cannot have control characters",
                f"Character {place} of “{named(whole)}” is {clean(character)}",
                "Leave it out",
            )
    _check_fields(whole)
    if not fields_in(whole):
        checked_length(filled(whole, Thing("", "", "")))
    return whole


def composed(text: str) -> str:
    """The text with its letters and their marks in one, as it is sent (contract §9: NFC)."""
    return unicodedata.normalize("NFC", text)


def checked_length(text: str, whose: str = "") -> Counted:
    """What the text takes, which is 1 to 10 segments; ``whose`` text it is, if it is one of
    several.

    Raises:
        UsageError: it takes more.
    """
    counted = count(text)
    if counted.segments > MOST_SEGMENTS:
        of_whom = f" for {whose}" if whose else ""
        raise UsageError(
            f"The text is too long{of_whom}",
            f"It takes {counted.segments} segments ({counted.units:,} units); a message has at"
            f" most {MOST_SEGMENTS}",
            "Make it shorter, or send it in two messages",
        )
    return counted


def checked_for(text: str, things: Iterable[Thing]) -> None:
    """Refuse a template that becomes too long for one of the Things.

    Raises:
        UsageError: naming the first of them.
    """
    if fields_in(text):
        for thing in things:
            checked_length(filled(text, thing), thing_name(thing))


def lacking(text: str, thing: Thing) -> str:
    """What the text needs and the Thing does not have, as ``an IP address``; else empty."""
    missing = (name for name in fields_in(text) if name in FIELDS and not FIELDS[name](thing))
    return next((_WORDS[name] for name in missing), "")


def spoilt(text: str, thing: Thing) -> str:
    """The control character that the Thing brings into its text, to be shown; else empty."""
    if not fields_in(text):
        return ""
    return next((clean(one) for one in filled(text, thing) if _is_control(one)), "")


def checked_validity(minutes: int) -> int:
    """For how long the platform tries, in minutes.

    Raises:
        UsageError: outside of 5 to 4320.
    """
    if not SHORTEST_VALIDITY <= minutes <= LONGEST_VALIDITY:
        raise UsageError(
            f"A message cannot be valid for {minutes:,} {plural(minutes, 'minute', 'minutes')}",
            f"It is {SHORTEST_VALIDITY} to {LONGEST_VALIDITY:,} minutes (3 days)",
            "For example 1440, a day",
        )
    return minutes


def checked_sender(sender: str) -> str:
    """Whom the message says it is from; empty leaves it to the platform.

    Raises:
        UsageError: neither up to 15 digits nor up to 11 letters and digits.
    """
    trimmed = sender.strip()
    if trimmed and not (_DIGITS.fullmatch(trimmed) or _LETTERS.fullmatch(trimmed)):
        raise UsageError(
            f"“{named(trimmed)}” cannot be a sender",
            "A sender is up to 15 digits, or up to 11 letters, digits and blanks",
            "For example OPS; empty leaves it to the platform",
        )
    return trimmed


def _is_control(character: str) -> bool:
    return unicodedata.category(character) in ("Cc", "Cs") and character not in _LINE_ENDS


def _check_fields(text: str) -> None:
    unknown = [name for name in fields_in(text) if name not in FIELDS]
    if unknown:
        known = listed("{" + name + "}" for name in FIELDS)
        title = "A bracket is not closed" if not unknown[0] else "There is no such field"
        shown = "{" + named(unknown[0]) + "}" if unknown[0] else "{"
        raise UsageError(title, f"“{shown}” stands for nothing; the fields are {known}", _BRACKET)


_BRACKET: Final = "Write {{ for a bracket that is meant as it is"
_WORDS: Final = {"name": "a name", "iccid": "an ICCID", "ip": "an IP address"}
