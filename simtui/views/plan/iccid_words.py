"""Taking a paste apart: which words of it are meant as ICCIDs."""

from __future__ import annotations

import re
from collections.abc import Iterator

_FIELD = re.compile(r'"(?:[^"]|"")*"|[^,;|\t]+')
_DECORATION = " \t\r\f\v\ufeff\"'`=<>()[]"
_LONE_NUMBER = 15
_FEWEST_DIGITS = 6
_HEADER = "iccid"


def iccid_words(text: str) -> Iterator[tuple[int, str]]:
    """The words of a paste that are meant as ICCIDs, each with its line from 1 on.

    A line is a list of ICCIDs or a row of a table. What looks like an ICCID is one wherever
    it stands; a row without any gives its first column, so that nothing is lost unseen. The
    header of a table is left out.
    """
    first = True
    for number, line in enumerate(re.split(r"\r\n|\r|\n", text), 1):
        fields = [field for field in map(_bare, _FIELD.findall(line)) if field]
        if not fields:
            continue
        words = [word for field in fields for word in _words(field) if _looks_like_iccid(word)]
        is_header = first and not words and _HEADER in line.lower()
        first = False
        if not is_header:
            yield from ((number, word) for word in words or fields[:1])


def _bare(field: str) -> str:
    return field.strip(_DECORATION)


def _words(field: str) -> list[str]:
    """A field as one number in groups of digits, or as several numbers with blanks between."""
    words = [_bare(word) for word in field.split()]
    if any(_digits(word) >= _LONE_NUMBER for word in words):
        return words
    return [field]


def _looks_like_iccid(word: str) -> bool:
    return word.startswith("89") and _digits(word) >= _FEWEST_DIGITS


def _digits(word: str) -> int:
    return sum(character.isdigit() for character in word)
