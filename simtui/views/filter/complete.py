"""What could be typed next in a filter."""

from __future__ import annotations

import re

from simtui.views.filter.fields import FIELDS, Field
from simtui.views.filter.terms import FIELD_START, quoted
from simtui.views.filter.vocabulary import Vocabulary

_QUOTED = r'(?<![^\s,:!])"(?:[^"\\]|\\.)*(?:"|$)'
_BLANK = re.compile(rf"{_QUOTED}|(\s)")
_COMMA = re.compile(rf"{_QUOTED}|(,)")


def complete(text: str, cursor: int, vocabulary: Vocabulary | None = None) -> list[str]:
    """The whole filter, once for each way to complete the word that ends at ``cursor``.

    What stands behind the cursor stays. In a completion ``done`` the cursor belongs at
    ``len(done) - len(text[cursor:])``. Fields come in the order of the field table,
    values as the vocabulary has them.
    """
    head, tail = text[:cursor], text[cursor:]
    start = _behind_last(_BLANK, head)
    typed = head[start:]
    body = typed.removeprefix("!")
    named = FIELD_START.match(body)
    if named is None:
        before = head[: len(head) - len(body)]
        return [before + name + tail for name in _field_starts(body)]
    field = FIELDS.get(named[1].lower())
    if field is None or named[2] not in field.operators:
        return []
    value = body[named.end() :]
    value = value[_behind_last(_COMMA, value) :]
    before = head[: len(head) - len(value)]
    return [before + known + tail for known in _values(field, value, vocabulary or Vocabulary())]


def _field_starts(typed: str) -> list[str]:
    lowered = typed.lower()
    starts = (name + sign for name, field in FIELDS.items() for sign in field.operators)
    return [start for start in starts if start.startswith(lowered)]


def _values(field: Field, typed: str, vocabulary: Vocabulary) -> list[str]:
    lowered = typed.removeprefix('"').lower()
    known = (value for value in vocabulary.values_of(field) if value.lower().startswith(lowered))
    return [quoted(value) for value in known]


def _behind_last(separator: re.Pattern[str], text: str) -> int:
    """Where the text behind the last separator outside of quotes begins."""
    ends = [match.end() for match in separator.finditer(text) if match[1]]
    return ends[-1] if ends else 0
