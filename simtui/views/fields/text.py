"""Names, descriptions and comments as the platform keeps them: NFC and trimmed (contract §9)."""

from __future__ import annotations

from typing import Final

from simtui.errors import UsageError
from simtui.views.plan.checked_text import DESCRIPTION_LENGTH, NAME_LENGTH, checked_text

COMMENT_LENGTH: Final = 128
"""Characters in the comment of a filter rule (contract §3.5)."""


def parse_name(text: str) -> str:
    """A name of 1 to 64 characters.

    Raises:
        UsageError: nothing, too long, or with a control character.
    """
    name = parse_optional_name(text)
    if not name:
        raise UsageError(
            "A name is missing", f"A name has 1 to {NAME_LENGTH} characters", "For example depot-7"
        )
    return name


def parse_optional_name(text: str) -> str:
    """A name of up to 64 characters, or none.

    Raises:
        UsageError: too long, or with a control character.
    """
    return checked_text("A name", text, NAME_LENGTH)


def parse_description(text: str) -> str:
    """A description of up to 256 characters.

    Raises:
        UsageError: too long, or with a control character.
    """
    return checked_text("A description", text, DESCRIPTION_LENGTH)


def parse_comment(text: str) -> str:
    """A comment of up to 128 characters.

    Raises:
        UsageError: too long, or with a control character.
    """
    return checked_text("A comment", text, COMMENT_LENGTH)
