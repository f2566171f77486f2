"""From the text of a filter to its pieces, each with the column where it stands."""

from __future__ import annotations

import re
from typing import NamedTuple

from simtui.views.filter.problem import FilterError
from simtui.views.filter.terms import FIELD_START

_BARE = re.compile(r"[^\s,]*")
_QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"')
_ESCAPE = re.compile(r"\\(.)")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f]")


class Value(NamedTuple):
    """One value and its column; quotes and escapes are gone."""

    text: str
    position: int


class Piece(NamedTuple):
    """One term as it was typed. ``field`` and ``operator`` are empty for bare words."""

    position: int
    negated: bool
    field: str
    operator: str
    values: tuple[Value, ...]


def pieces(text: str) -> list[Piece]:
    """The terms of a filter, in order; raises ``FilterError`` for what is no term at all."""
    if control := _CONTROL.search(text):
        raise FilterError(
            "A filter is plain text; there is a control character in it",
            control.start(),
            "a letter, a digit or a sign",
        )
    found: list[Piece] = []
    at = _skip_blanks(text, 0)
    while at < len(text):
        piece, at = _piece(text, at)
        found.append(piece)
        at = _skip_blanks(text, at)
    return found


def _piece(text: str, start: int) -> tuple[Piece, int]:
    negated = text[start] == "!"
    at = start + negated
    if negated and (at == len(text) or text[at].isspace() or text[at] in "!,"):
        raise FilterError('There is nothing behind "!"', at, "a word or a field such as tag:test")
    head = FIELD_START.match(text, at)
    body = head.end() if head else at
    values, end = _values(text, body)
    name = head[1].lower() if head else ""
    return Piece(at, negated, name, head[2] if head else "", values), end


def _values(text: str, at: int) -> tuple[tuple[Value, ...], int]:
    values: list[Value] = []
    while True:
        value, at = _value(text, at)
        values.append(value)
        if at == len(text) or text[at].isspace():
            return tuple(values), at
        if text[at] != ",":
            raise FilterError(
                "A value goes on behind its closing quote", at, "a blank or a comma here"
            )
        at += 1


def _value(text: str, at: int) -> tuple[Value, int]:
    if not text.startswith('"', at):
        match = _BARE.match(text, at)
        end = match.end() if match else at
        return Value(text[at:end], at), end
    quoted = _QUOTED.match(text, at)
    if quoted is None:
        raise FilterError("A quote is not closed", at, 'a closing " further on')
    return Value(_ESCAPE.sub(r"\1", quoted[1]), at), quoted.end()


def _skip_blanks(text: str, at: int) -> int:
    while at < len(text) and text[at].isspace():
        at += 1
    return at
