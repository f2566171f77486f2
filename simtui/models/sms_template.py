"""Texts with fields that each Thing fills in: ``SET NAME {name}``.

``{{`` and ``}}`` stand for the brackets themselves.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Final

from simtui.models.thing import Thing

_PART: Final = re.compile(r"\{\{|\}\}|\{([^{}]*)\}|\{")

FIELDS: Final[Mapping[str, Callable[[Thing], str]]] = {
    "name": lambda thing: thing.name,
    "iccid": lambda thing: thing.iccid,
    "ip": lambda thing: (thing.ip.address or "") if thing.ip is not None else "",
}
"""What can stand between the brackets, and what it is of a Thing; empty when it has none."""


def fields_in(text: str) -> tuple[str, ...]:
    """The names between brackets, each once, also those that are no field. A bracket that is
    not closed is the field of an empty name."""
    names = (
        (match[1] or "").strip() for match in _PART.finditer(text) if match[0] not in ("{{", "}}")
    )
    return tuple(dict.fromkeys(names))


def filled(text: str, thing: Thing) -> str:
    """The text as the Thing gets it; what is no field stays as it is."""

    def part(match: re.Match[str]) -> str:
        if match[0] in ("{{", "}}"):
            return match[0][0]
        value = FIELDS.get((match[1] or "").strip())
        return value(thing) if value is not None else match[0]

    return _PART.sub(part, text)


def literal(text: str) -> str:
    """The template that is always filled in as exactly this text."""
    return text.replace("{", "{{").replace("}", "}}")


def constant(text: str) -> str:
    """The text of a template that has no fields."""
    return text.replace("{{", "{").replace("}}", "}")
