"""Names, descriptions and tags as input: refused with the place of what is wrong.

Contract §3.1 and §9. Texts come out as the platform keeps them: NFC and trimmed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import Final

from simtui.errors import UsageError
from simtui.views.plan.wording import named
from simtui.views.text import clean

NAME_LENGTH: Final = 64
DESCRIPTION_LENGTH: Final = 256
REASON_LENGTH: Final = 256
TAG_LENGTH: Final = 64
TAGS_PER_THING: Final = 20

_TAG_START = re.compile(r"[A-Za-z0-9]")
_TAG_REST = re.compile(r"[A-Za-z0-9 ._:/=@-]")
_TAG_RULE: Final = (
    "A tag is made of letters without accents, digits, blanks and . _ : / = @ -, and begins "
    "with a letter or a digit"
)
_CONTROLS: Final = frozenset({"Cc", "Cs"})


def checked_text(what: str, text: str, longest: int) -> str:
    """A text of at most ``longest`` characters without control characters.

    Raises:
        UsageError: naming ``what`` it is and the position of the bad character.
    """
    whole = unicodedata.normalize("NFC", text)
    for position, character in enumerate(whole, 1):
        if unicodedata.category(character) in _CONTROLS:
            raise UsageError(
                f"{what} cannot have control characters",
                f"Character {position} of “{named(whole)}” is {clean(character)}",
                "Leave it out",
            )
    trimmed = whole.strip()
    if len(trimmed) > longest:
        raise UsageError(
            f"{what} is too long",
            f"It has {len(trimmed)} characters; {longest} are allowed",
            "Make it shorter",
        )
    return trimmed


def checked_tag(text: str) -> str:
    """One tag: 1 to 64 characters of those that tags are made of.

    Raises:
        UsageError: with the position of the first bad character.
    """
    tag = checked_text("A tag", text, TAG_LENGTH)
    if not tag:
        raise UsageError("A tag is missing", "A tag has 1 to 64 characters", _TAG_RULE)
    for position, character in enumerate(tag, 1):
        allowed = _TAG_START if position == 1 else _TAG_REST
        if not allowed.fullmatch(character):
            raise UsageError(
                f"“{named(tag)}” cannot be a tag",
                f"Character {position} is “{clean(character)}”",
                _TAG_RULE,
            )
    return tag


def checked_tags(texts: Iterable[str]) -> tuple[str, ...]:
    """Tags in the order given, each once: case does not tell them apart.

    Raises:
        UsageError: one of them is no tag, or they are more than a Thing can have.
    """
    tags: dict[str, str] = {}
    for text in texts:
        tag = checked_tag(text)
        tags.setdefault(tag.casefold(), tag)
    if len(tags) > TAGS_PER_THING:
        raise UsageError(
            "That is too many tags",
            f"{len(tags)} were given; a Thing has at most {TAGS_PER_THING}",
            "Give fewer of them",
        )
    return tuple(tags.values())
