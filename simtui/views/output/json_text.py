"""Things as JSON for scripts.

The JSON is the model as it is: field names in ``snake_case``, times in UTC with ``Z``,
``null`` for what is unknown, amounts in bytes. It is a promise to scripts and does not
follow the names of the wire.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from simtui.models import Thing
from simtui.views.text import UNSAFE


def thing_json(thing: Thing, *, indent: int = 0) -> str:
    """One Thing as JSON, on one line unless there is an ``indent``.

    Controls and bidirectional characters are escaped, so that a name cannot reach the
    terminal that the JSON is printed on; reading it gives the name as it is.
    """
    try:
        encoded = msgspec.json.encode(thing).decode()
    except UnicodeEncodeError:  # a lone surrogate: valid in a Python string, not in UTF-8
        encoded = json.dumps(msgspec.to_builtins(thing), separators=(",", ":"))
    if not (encoded.isascii() and encoded.isprintable()):
        encoded = UNSAFE.sub(_escaped, encoded)
    return msgspec.json.format(encoded, indent=indent) if indent else encoded


def safe_json(document: Any) -> str:
    """Plain values as JSON for people and scripts, escaped like `thing_json`."""
    encoded = json.dumps(document, indent=2, ensure_ascii=False)
    return "\n".join(UNSAFE.sub(_escaped, line) for line in encoded.split("\n"))


def json_array(things: Iterable[Thing]) -> Iterator[str]:
    """The lines of one JSON array with a Thing on each line."""
    return array_lines(map(thing_json, things))


def array_lines(documents: Iterable[str]) -> Iterator[str]:
    """One JSON array with a document on each line, each made only when it is its turn."""
    yield "["
    held: str | None = None
    for document in documents:
        if held is not None:
            yield f"{held},"
        held = document
    if held is not None:
        yield held
    yield "]"


def json_lines(things: Iterable[Thing]) -> Iterator[str]:
    """JSON Lines: every line is a Thing of its own."""
    return map(thing_json, things)


def _escaped(match: re.Match[str]) -> str:
    return json.dumps(match[0])[1:-1] if match[0] != "\x7f" else "\\u007f"
