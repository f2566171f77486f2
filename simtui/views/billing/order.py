"""Bringing the rows of a bill into order, a little at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from simtui.views.billing.cells import Shown
from simtui.views.billing.rows import AT_ONCE, DATA, FEE, SMS
from simtui.views.billing.sorts import SORTS
from simtui.views.billing.words import VIEW_NAMES, View
from simtui.views.key_list import KeyList
from simtui.views.plan.wording import named
from simtui.views.sliced_sort import sorted_runs

TEXTS: Final = frozenset({"name", "group"})
"""Columns whose first order is upwards; that of numbers is downwards."""
_VALUES: Final[Mapping[str, Callable[[Shown, str], Any]]] = {
    "amount": lambda shown, key: shown.this(key).total,
    "data": lambda shown, key: shown.this(key).quantity(DATA),
    "sms": lambda shown, key: shown.this(key).quantity(SMS),
    "fee": lambda shown, key: shown.this(key).amount(FEE),
    "end": lambda shown, key: shown.at_the_end(shown.this(key)),
    "group": lambda shown, key: shown.names.group_name(shown.this(key).group_id).casefold(),
    "difference": lambda shown, key: shown.difference(key),
}


def first_sort(view: View) -> tuple[str, bool]:
    """Whoever spends most stands first; days, and the lines of a bill, in their own order."""
    return ("name", False) if view in ("days", "lines") else ("amount", True)


def order_words(view: View, sort: tuple[str, bool], *, other: str) -> tuple[str, ...]:
    """How the rows are shown, in a few words, what can be left out first."""
    column, descending = sort
    has_order = bool(other) or view in ("groups", "things")
    return (
        f"by {SORTS[column][1]} {'▼' if descending else '▲'}" if has_order else "",
        f"against {named(other)}" if other else "",
        VIEW_NAMES[view],
    )


def ordered(shown: Shown, sort: tuple[str, bool], *, unused: bool = False) -> Iterator[KeyList]:
    """The keys in order: what is known after every step, at last all of them.

    ``unused`` leaves only what is charged a subscription and was not used.
    """
    keys: list[str] = []
    for some in _slices(_keys(shown)):
        keys += [key for key in some if not unused or shown.this(key).unused]
        yield KeyList(keys, [])
    column, descending = sort
    value_of = _value_of(shown, column)
    values: list[Any] = []
    for some in _slices(keys):
        values += [value_of(key) for key in some]
        yield KeyList(keys, [])
    positions: list[int] = []
    runs = sorted_runs(range(len(keys)), values, keys, descending=descending, budget=AT_ONCE)
    for run in runs:
        positions += run
        yield KeyList(keys, positions)
    yield KeyList(keys, positions)


def _keys(shown: Shown) -> list[str]:
    """The rows of both bills."""
    if shown.other is None:
        return list(shown.bill.rows)
    return list(dict.fromkeys((*shown.bill.rows, *shown.other.rows)))


def _value_of(shown: Shown, column: str) -> Callable[[str], Any]:
    if column in _VALUES:
        value = _VALUES[column]
        return lambda key: value(shown, key)
    if shown.bill.view == "days":
        return lambda key: key
    if shown.bill.view == "lines":
        places = {key: place for place, key in enumerate(_keys(shown))}
        return places.__getitem__
    return lambda key: shown.names.row_name(shown.bill.view, key).casefold()


def _slices(keys: list[str]) -> Iterator[list[str]]:
    for start in range(0, len(keys), AT_ONCE):
        yield keys[start : start + AT_ONCE]
