"""JSON with one very long list in it, read a little at a time.

A parser that is written in C keeps the event loop from keys for as long as it runs. Here it
is only given one element of the list at a time, so that whoever reads can stop in between.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from typing import Any, Final

_DECODER: Final = json.JSONDecoder(parse_float=str)
"""Fractions stay the digits that were sent: money is never a float (contract §1)."""
_BLANKS: Final = re.compile(r"[ \t\n\r]*")


class LongList:
    """A document whose list at ``path`` is read apart from the rest.

    Raises ``ValueError`` or ``RecursionError``, here and while reading, for what is no JSON.
    """

    def __init__(self, text: str, path: Sequence[str]) -> None:
        self._text = text
        self._start = _place_of(text, path)
        self._end: int | None = None

    @property
    def found(self) -> bool:
        """Whether there is a list at the path."""
        return self._start is not None

    def elements(self) -> Iterator[Any]:
        """The elements, each decoded when it is asked for; none without a list."""
        if self._start is None:
            return
        text, at = self._text, _skip(self._text, self._start + 1)
        while text[at : at + 1] != "]":
            value, at = _DECODER.raw_decode(text, at)
            yield value
            at = _skip(text, at)
            if text[at : at + 1] == ",":
                at = _skip(text, at + 1)
            elif text[at : at + 1] != "]":
                raise ValueError(f"no , or ] at {at}")
        self._end = at + 1

    def rest(self) -> Any:
        """The document with the list empty; after all ``elements``."""
        if self._start is None:
            return _DECODER.decode(self._text)
        return _DECODER.decode(f"{self._text[: self._start]}[]{self._text[self._end :]}")


def _place_of(text: str, path: Sequence[str]) -> int | None:
    """Where the list begins; None when something else, or nothing, is at the path."""
    at = _skip(text, 0)
    for name in path:
        member = _member(text, at, name)
        if member is None:
            return None
        at = member
    return at if text[at : at + 1] == "[" else None


def _member(text: str, at: int, wanted: str) -> int | None:
    """Where the value of a member of the object at ``at`` begins."""
    if text[at : at + 1] != "{":
        return None
    at = _skip(text, at + 1)
    while text[at : at + 1] == '"':
        name, at = _DECODER.raw_decode(text, at)
        at = _skip(text, at)
        if text[at : at + 1] != ":":
            raise ValueError(f"no : at {at}")
        at = _skip(text, at + 1)
        if name == wanted:
            return at
        _, at = _DECODER.raw_decode(text, at)
        at = _skip(text, at)
        if text[at : at + 1] == ",":
            at = _skip(text, at + 1)
    return None


def _skip(text: str, at: int) -> int:
    match = _BLANKS.match(text, at)
    return match.end() if match else at
