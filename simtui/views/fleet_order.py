"""The whole fleet in the order of one column, kept while Things change."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from simtui.views.fleet_context import FleetContext
from simtui.views.fleet_index import FleetIndex
from simtui.views.sliced_sort import sorted_runs
from simtui.views.sort_values import SORT_VALUES

_GONE = "\x00"
"""Stands in the place of the ICCID of a Thing that was removed."""

_UNREAD = "\x01"
"""Stands in the place of the ICCID of a Thing that has no place in the order yet."""


class _Descending:
    """Turns a comparison round, for values that have no minus."""

    __slots__ = ("value",)

    def __init__(self, value: Any) -> None:
        self.value = value

    def __lt__(self, other: _Descending) -> bool:
        return bool(other.value < self.value)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Descending) and bool(other.value == self.value)

    __hash__ = None  # type: ignore[assignment]


class FleetOrder:
    """Positions of a ``FleetIndex`` sorted by a column, ties by ICCID, unknown last.

    ``positions`` grows while ``sort()`` runs and is whole when it ends. The values it is
    sorted by are remembered, because a changed Thing is found by its old value.
    """

    def __init__(
        self, index: FleetIndex, context: FleetContext, column: str, descending: bool
    ) -> None:
        self.column = column
        self.descending = descending
        self.positions: list[int] = []
        self._index = index
        self._context = context
        self._value_of = SORT_VALUES[column]
        self._values: list[Any] = []
        self._ties: list[str] = []

    def sort(self, budget: int) -> Iterator[None]:
        """Sort everything, pausing after every ``budget`` items."""
        present: list[int] = []
        count = len(self._index.things)
        for start in range(0, count, budget):
            for at in range(start, min(start + budget, count)):
                self._remember(at)
                if self._index.things[at] is not None:
                    present.append(at)
            yield
        for run in sorted_runs(
            present, self._values, self._ties, descending=self.descending, budget=budget
        ):
            self.positions += run
            yield

    def rank(self, position: int) -> tuple[Any, ...]:
        """Where a position belongs, as something that compares."""
        value = self._values[position]
        if value is None:
            return (1, 0, self._ties[position], position)
        shown = _Descending(value) if self.descending else value
        return (0, shown, self._ties[position], position)

    def knows(self, position: int) -> bool:
        """Whether the position was there when the order was made or last changed."""
        return position < len(self._values)

    def moves(self, position: int) -> bool:
        """Whether a changed Thing does not stand any more where it did, if it did at all."""
        if not self.knows(position):
            return True
        old = self._values[position], self._ties[position]
        return old != self._read(position)

    def renew(self, positions: Iterable[int]) -> None:
        """Read again what these positions are sorted by.

        Take them out of every list that is sorted by ``rank`` before, and put them back after.
        """
        wanted = set(positions)
        missing = max(wanted, default=-1) + 1 - len(self._values)
        self._values += [None] * missing
        self._ties += [_UNREAD] * missing
        for at in wanted:
            self._remember(at)

    def _remember(self, at: int) -> None:
        value, tie = self._read(at)
        if at == len(self._values):
            self._values.append(value)
            self._ties.append(tie)
        else:
            self._values[at] = value
            self._ties[at] = tie

    def _read(self, at: int) -> tuple[Any, str]:
        thing = self._index.things[at]
        if thing is None:
            return None, _GONE
        return self._value_of(thing, self._context), thing.iccid
