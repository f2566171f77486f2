"""Who is asked about: marked Things, a filter, or the whole fleet.

A filter says two things. Some of its words say where: a group, a tag, an address. The silent ones
there are compared with the healthy ones there, because what the filter names they all share
anyway. Other words say how the Things are (``online:no seen>2h``): then the person has said who
is silent, and only those are left out that are well as far as is known.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from simtui.views.filter.terms import EVERYTHING, Filter, Term, TextTerm

CONDITION: Final = frozenset(
    {"state", "online", "session", "seen", "faulty", "data", "sms", "imei-changed", "pending"}
)
"""Fields that say how a Thing is and not what or where it is."""


@dataclass(frozen=True, slots=True)
class Question:
    """``marked`` Things, if any; otherwise those that pass ``query``."""

    query: Filter = EVERYTHING
    marked: frozenset[str] = frozenset()

    @property
    def scope(self) -> Filter:
        """The words that say where."""
        return Filter(tuple(term for term in self.query.terms if not _is_condition(term)))

    @property
    def condition(self) -> Filter:
        """The words that say how."""
        return Filter(tuple(term for term in self.query.terms if _is_condition(term)))

    @property
    def names_states(self) -> bool:
        """Whether it names states of the lifecycle, so that others than ACTIVE are meant."""
        return any(term.field == "state" for term in self.condition.fact_terms)


def _is_condition(term: Term) -> bool:
    return not isinstance(term, TextTerm) and term.field in CONDITION
