"""One small predicate for each field that is compared with an amount."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TypeAlias

from simtui.models import Thing
from simtui.views.filter.terms import CompareTerm
from simtui.views.fleet_context import FleetContext
from simtui.views.things.cycle import data_bytes, sms_count

Predicate: TypeAlias = Callable[[Thing], bool]


def compare_predicate(term: CompareTerm, context: FleetContext) -> Predicate:
    """The predicate of a term with ``<`` or ``>``, before it is negated.

    An unknown amount passes neither; but never seen counts as silent for ever.
    """
    more = term.operator == ">"
    if term.field == "data":
        return _amount_test(data_bytes, term.amount, more)
    if term.field == "sms":
        return _amount_test(sms_count, term.amount, more)
    edge = context.now - timedelta(seconds=term.amount)
    if term.field == "seen":
        return _silent_since(edge) if more else _seen_after(edge)
    return _imei_changed(edge, before=more)


def _silent_since(edge: datetime) -> Predicate:
    return lambda thing: thing.last_seen_at is None or thing.last_seen_at < edge


def _seen_after(edge: datetime) -> Predicate:
    return lambda thing: thing.last_seen_at is not None and thing.last_seen_at > edge


def _imei_changed(edge: datetime, *, before: bool) -> Predicate:
    def test(thing: Thing) -> bool:
        changed = thing.imei_changed_at
        return changed is not None and (changed < edge if before else changed > edge)

    return test


def _amount_test(amount_of: Callable[[Thing], int | None], limit: int, more: bool) -> Predicate:
    def test(thing: Thing) -> bool:
        amount = amount_of(thing)
        return amount is not None and (amount > limit if more else amount < limit)

    return test
