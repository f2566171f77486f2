"""From a ``Filter`` to a function that says yes or no to a Thing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import reduce
from typing import TypeAlias

from simtui.models import Thing
from simtui.views.filter.compare_predicates import compare_predicate
from simtui.views.filter.field_predicates import field_predicate
from simtui.views.filter.search_text import search_text
from simtui.views.filter.terms import CompareTerm, FieldTerm, Filter, Term, TextTerm
from simtui.views.fleet_context import FleetContext

Predicate: TypeAlias = Callable[[Thing], bool]


def compile_filter(query: Filter, context: FleetContext) -> Predicate:
    """A function that tells whether a Thing passes ``query``.

    Names are resolved and times fixed here, so a compiled filter is good for as long as
    the context is: compile again when the groups change or ``now`` has moved on.
    """
    return _all_of([_predicate(term, context) for term in query.terms])


def compile_facts(query: Filter, context: FleetContext) -> Predicate | None:
    """Like ``compile_filter`` without the words, which an index answers faster.

    None when the filter has nothing but words.
    """
    if not query.fact_terms:
        return None
    return _all_of([_predicate(term, context) for term in query.fact_terms])


def _predicate(term: Term, context: FleetContext) -> Predicate:
    if isinstance(term, TextTerm):
        test = _text_predicate(term)
    elif isinstance(term, FieldTerm):
        test = field_predicate(term, context)
    elif isinstance(term, CompareTerm):
        test = compare_predicate(term, context)
    return (lambda thing: not test(thing)) if term.negated else test


def _text_predicate(term: TextTerm) -> Predicate:
    words = term.words

    def test(thing: Thing) -> bool:
        text = search_text(thing)
        return any(word in text for word in words)

    return test


def _all_of(tests: Sequence[Predicate]) -> Predicate:
    if not tests:
        return lambda thing: True
    return reduce(_both, tests)


def _both(first: Predicate, second: Predicate) -> Predicate:
    return lambda thing: first(thing) and second(thing)
