"""Names, descriptions, tags and services (contract §3.1, §9)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Hashable, Iterable, Sequence

from simtui.sandbox.call import invalid
from simtui.sandbox.limits import TAGS_PER_THING

NAME_LENGTH = 64
DESCRIPTION_LENGTH = 256
TAG_LENGTH = 64
_TAG = re.compile(r"[A-Za-z0-9][A-Za-z0-9 ._:/=@-]*")
_UNPRINTABLE = frozenset({"Cc", "Cs"})


def read_text(field: str, value: str, longest: int, *, shortest: int = 0) -> str:
    """The text in NFC and trimmed, as the platform keeps it.

    Raises:
        Refused: 400 with ``CONTROL_CHARACTER`` or ``LENGTH``.
    """
    text = unicodedata.normalize("NFC", value)
    if any(unicodedata.category(character) in _UNPRINTABLE for character in text):
        raise invalid(field, "CONTROL_CHARACTER", f"{field} has a control character in it")
    text = text.strip()
    if not shortest <= len(text) <= longest:
        raise invalid(field, "LENGTH", f"{field} must have {shortest} to {longest} characters")
    return text


def read_name(value: str, field: str = "name", *, shortest: int = 1) -> str:
    """A name of 1 to 64 characters; ``shortest`` 0 where a name may be left out."""
    return read_text(field, value, NAME_LENGTH, shortest=shortest)


def read_description(value: str, field: str = "description") -> str:
    """A description of up to 256 characters."""
    return read_text(field, value, DESCRIPTION_LENGTH)


def read_tags(values: Sequence[str], field: str = "tags") -> tuple[str, ...]:
    """A Thing's set of tags, trimmed, in the order given.

    Raises:
        Refused: 400 with ``TOO_MANY``, ``LENGTH``, ``SYNTAX`` or ``DUPLICATE``.
    """
    if len(values) > TAGS_PER_THING:
        raise invalid(field, "TOO_MANY", f"A Thing has at most {TAGS_PER_THING} tags")
    tags = tuple(read_tag(value, f"{field}[{index}]") for index, value in enumerate(values))
    refuse_duplicates(field, [tag.casefold() for tag in tags])
    return tags


def read_tag(value: str, field: str = "tag") -> str:
    """One tag: 1 to 64 characters, beginning with a letter or a digit."""
    tag = read_text(field, value, TAG_LENGTH, shortest=1)
    if not _TAG.fullmatch(tag):
        raise invalid(
            field,
            "SYNTAX",
            f"{tag!r} is no tag: letters, digits and spaces . _ : / = @ - only, "
            "the first one a letter or a digit",
        )
    return tag


def read_services(values: Sequence[str], field: str = "allowedServices") -> tuple[str, ...]:
    """A subset of DATA and SMS, in that order; empty blocks both."""
    refuse_duplicates(field, values)
    return tuple(sorted(values))


def refuse_duplicates(field: str, values: Iterable[Hashable]) -> None:
    """Refuse a list that has anything twice.

    Raises:
        Refused: 400 with ``DUPLICATE``.
    """
    seen: set[Hashable] = set()
    for value in values:
        if value in seen:
            raise invalid(field, "DUPLICATE", f"{value} is in {field} twice")
        seen.add(value)
