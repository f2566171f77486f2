"""A filter as a value: what was asked, apart from how it was typed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal, TypeAlias

from simtui.views.filter.fields import FIELDS, NAMED, TIMED
from simtui.views.filter.quantities import quantity_text

FIELD_START = re.compile(r"([A-Za-z][A-Za-z0-9_-]*)([:<>])")
"""A field's name and its operator, as they begin a term."""

_NEEDS_QUOTES = re.compile(r'[\s",]')


@dataclass(frozen=True, slots=True)
class TextTerm:
    """A substring of name, ICCID, IMSI, IMEI, address or tag; any of ``words`` will do.

    The words are in lower case.
    """

    words: tuple[str, ...]
    negated: bool = False

    def canonical(self) -> str:
        """The term as it would be typed."""
        return _sign(self.negated) + ",".join(
            quoted(word) if at or not _looks_special(word) else _in_quotes(word)
            for at, word in enumerate(self.words)
        )

    def implies(self, other: Term) -> bool:
        """Whether every Thing that this term lets through, ``other`` lets through too."""
        if not isinstance(other, TextTerm) or other.negated != self.negated:
            return False
        if self.negated:
            return all(any(mine in word for mine in self.words) for word in other.words)
        return all(any(word in mine for word in other.words) for mine in self.words)


@dataclass(frozen=True, slots=True)
class FieldTerm:
    """A field that has any of ``values`` (spelled as ``values.normalised`` leaves them)."""

    field: str
    values: tuple[str, ...]
    negated: bool = False

    def canonical(self) -> str:
        """The term as it would be typed."""
        return f"{_sign(self.negated)}{self.field}:{','.join(map(quoted, self.values))}"

    def implies(self, other: Term) -> bool:
        """Whether every Thing that this term lets through, ``other`` lets through too."""
        if not isinstance(other, FieldTerm):
            return False
        if (other.field, other.negated) != (self.field, self.negated):
            return False
        mine, theirs = set(self.values), set(other.values)
        return mine >= theirs if self.negated else mine <= theirs


@dataclass(frozen=True, slots=True)
class CompareTerm:
    """A field compared with an amount in seconds, bytes or pieces."""

    field: str
    operator: Literal["<", ">"]
    amount: int
    negated: bool = False

    def canonical(self) -> str:
        """The term as it would be typed."""
        kind = FIELDS[self.field].quantity or "count"
        return f"{_sign(self.negated)}{self.field}{self.operator}{quantity_text(self.amount, kind)}"

    def implies(self, other: Term) -> bool:
        """Whether every Thing that this term lets through, ``other`` lets through too."""
        return self == other


Term: TypeAlias = TextTerm | FieldTerm | CompareTerm


@dataclass(frozen=True, slots=True)
class Filter:
    """What must hold of a Thing: all of ``terms``. The empty filter lets everything through."""

    terms: tuple[Term, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.terms)

    @property
    def text_terms(self) -> tuple[TextTerm, ...]:
        """The terms that the text index answers."""
        return tuple(term for term in self.terms if isinstance(term, TextTerm))

    @property
    def fact_terms(self) -> tuple[FieldTerm | CompareTerm, ...]:
        """The terms that need the Thing itself."""
        return tuple(term for term in self.terms if not isinstance(term, TextTerm))

    def asks_for(self, field: str) -> bool:
        """Whether one of the terms is about this field."""
        return any(term.field == field for term in self.fact_terms)

    @property
    def uses_time(self) -> bool:
        """Whether the answer changes as time passes."""
        return any(term.field in TIMED for term in self.fact_terms)

    @property
    def uses_names(self) -> bool:
        """Whether the answer depends on groups, networks or IP profiles."""
        return any(term.field in NAMED for term in self.fact_terms)

    def canonical(self) -> str:
        """One spelling of this filter; ``parse`` makes the same filter of it."""
        return " ".join(term.canonical() for term in self.terms)

    def narrows(self, other: Filter) -> bool:
        """Whether everything that this filter lets through, ``other`` lets through too.

        May say no where the truth is yes; never the other way round.
        """
        return all(any(mine.implies(theirs) for mine in self.terms) for theirs in other.terms)


EVERYTHING = Filter()
"""The filter that lets every Thing through."""


def _sign(negated: bool) -> str:
    return "!" if negated else ""


def _looks_special(word: str) -> bool:
    return word.startswith("!") or FIELD_START.match(word) is not None


def quoted(value: str) -> str:
    """A value as it is typed: between quotes if it has a blank, a comma or a quote in it."""
    return _in_quotes(value) if _NEEDS_QUOTES.search(value) else value


def _in_quotes(value: str) -> str:
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
