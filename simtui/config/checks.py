"""What a person may fill in for a profile, field by field.

Every check takes what was typed, gives back what is meant, and raises ``UsageError``
with a sentence that fits beside the field. URLs have their own module.
"""

from __future__ import annotations

import re

from simtui.errors import UsageError
from simtui.secret import Secret

REFRESH_RANGE = range(2, 3601)
"""How often the app may ask again, in whole seconds."""

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")


def check_profile_name(text: str) -> str:
    """A name that can also be part of a file name: the cache is kept by profile."""
    text = text.strip()
    if not _NAME.fullmatch(text):
        raise UsageError(
            "The profile name cannot be used",
            "it is 1 to 64 letters, digits, dots, dashes or underscores, and starts with"
            " a letter or digit",
            'Choose one like "prod"',
        )
    return text


def check_client_id(text: str) -> str:
    """The client id that the vendor's portal shows."""
    return _one_word(text, "The client id cannot be used")


def check_client_secret(text: str) -> Secret:
    """The client secret that belongs to the client id."""
    return Secret(_one_word(text, "The client secret cannot be used"))


def check_theme(text: str) -> str:
    """A theme's name; whether there is such a theme only the screen knows."""
    return _one_word(text, "The theme cannot be used")


def check_refresh(seconds: int) -> int:
    """How often to ask again, in seconds."""
    if seconds not in REFRESH_RANGE:
        raise UsageError(
            "The refresh interval cannot be used",
            f"it must be {REFRESH_RANGE[0]} to {REFRESH_RANGE[-1]} seconds, not {seconds}",
        )
    return seconds


def _one_word(text: str, title: str) -> str:
    text = text.strip()
    if not text:
        raise UsageError(title, "it is empty")
    if any(c.isspace() or not c.isprintable() for c in text):
        raise UsageError(
            title,
            "it has a space, a line break or an invisible character in it",
            "Copy it again, without what stands around it",
        )
    return text
