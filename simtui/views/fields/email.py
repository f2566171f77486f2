"""E-mail addresses as input (contract §9)."""

from __future__ import annotations

from typing import Final

from simtui.errors import UsageError
from simtui.views.plan.checked_text import checked_text
from simtui.views.plan.wording import named

LENGTH: Final = 254
"""Characters of an address."""
_RULE: Final = "An e-mail address has one @, with a name before it and a domain behind it"
_EXAMPLE: Final = "For example anna@example.com"


def parse_email(text: str) -> str:
    """An address with exactly one ``@``, at most 254 characters long.

    Raises:
        UsageError: it is none; what is wrong, the rule and an example.
    """
    address = checked_text("An e-mail address", text, LENGTH)
    if not address:
        raise UsageError("An e-mail address is missing", _RULE, _EXAMPLE)
    if problem := _problem(address):
        raise UsageError(f"“{named(address)}” {problem}", _RULE, _EXAMPLE)
    return address


def _problem(address: str) -> str:
    count = address.count("@")
    if count != 1:
        return "has no @ in it" if not count else f"has {count} @ in it"
    if any(character.isspace() for character in address):
        return "has a blank in it"
    name, _, domain = address.partition("@")
    if not name or not domain:
        return f"has nothing {'behind' if name else 'before'} the @"
    return ""
