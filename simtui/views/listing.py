"""The Thing list: what a filter leaves of the fleet, in the order of a column.

The fleet is kept in order and the filter walks through it in that order, so that the
first hits are the first rows. Work is done in steps that the screen runs between two
frames; until the first screenful is there, the old rows stay.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from simtui.views import sort_values
from simtui.views.filter.evaluate import Predicate, compile_facts
from simtui.views.filter.terms import EVERYTHING, Filter
from simtui.views.fleet_context import FleetContext
from simtui.views.fleet_index import FleetIndex
from simtui.views.fleet_order import FleetOrder
from simtui.views.key_list import KeyList
from simtui.views.splice import including, without

SLICE = 10_000
"""Things handled in one step: about 10 ms of sorting, less of filtering."""

FACTS_COST = 4
"""How many times longer it takes to ask a Thing than to search its text."""

FIRST_SCREEN = 200
"""Rows that replace the old ones before the rest is known."""

MAX_SPLICED = 500
"""Changed Things that are put in their places in one step, a few milliseconds."""

SPLICED_PART = 500
"""A step copies the whole list, so that a longer one takes more of them: a 500th of it."""


class Listing:
    """Filter, sort and the resulting keys. Several listings may share one index.

    Whoever updates the index tells the listing the changed ids. After any change, while
    ``busy``, call ``step()`` or ``refresh()``; ``version`` says whether ``keys`` are
    others than before. Marks and cursor are the table's business.
    """

    def __init__(
        self,
        index: FleetIndex,
        context: FleetContext,
        *,
        query: Filter = EVERYTHING,
        column: str = "iccid",
        descending: bool = False,
        slice_size: int = SLICE,
    ) -> None:
        self.version = 0
        self.keys = KeyList(index.ids, [])
        self._index = index
        self._context = context
        self._query = query
        self._facts: Predicate | None = compile_facts(query, context)
        self._slice = slice_size
        self._shown: list[int] = []
        self._late: set[int] = set()
        self.set_sort(column, descending)

    @property
    def query(self) -> Filter:
        """The filter in force."""
        return self._query

    @property
    def sort(self) -> tuple[str, bool]:
        """The column key that sorts, and whether descending."""
        return self._order.column, self._order.descending

    @property
    def count(self) -> int:
        """How many Things pass the filter, as far as ``keys`` go."""
        return len(self.keys)

    @property
    def total(self) -> int:
        """How many Things there are in all."""
        return len(self._index)

    @property
    def busy(self) -> bool:
        """Whether steps remain before ``keys`` are whole and in order."""
        return bool(self._late) or self._sorting is not None or self._cursor < len(self._source)

    def row_of(self, thing_id: str) -> int | None:
        """The row that shows a Thing, None when the filter hides it."""
        position = self._index.position_of(thing_id)
        return None if position is None else self.keys.row_of(position)

    def set_filter(self, query: Filter) -> None:
        """Show what passes ``query``; one that only adds to the last asks only its hits."""
        if query == self._query:
            return
        narrower = not self.busy and query.narrows(self._query)
        self._query = query
        self._facts = compile_facts(query, self._context)
        self._walk(self._hits if narrower else self._order.positions)

    def set_sort(self, column: str, descending: bool = False) -> None:
        """Sort by a column of ``sort_values.SORT_VALUES``; KeyError for any other."""
        self._order = FleetOrder(self._index, self._context, column, descending)
        self._sorting: Iterator[None] | None = self._order.sort(self._slice)
        self._late.clear()
        self._walk(self._order.positions)

    def set_context(self, context: FleetContext) -> None:
        """Let time pass, or groups get other names; does only what that changes."""
        renamed = _names(self._context) != _names(context)
        self._context = context
        self._facts = compile_facts(self._query, context)
        if renamed and self._order.column in sort_values.NAMED:
            self.set_sort(*self.sort)
            self._patient = True
        elif self._query.uses_time or (renamed and self._query.uses_names):
            self._walk(self._order.positions, patient=True)

    def update(self, thing_ids: Iterable[str]) -> None:
        """Tell that these Things were added to, changed in or removed from the index.

        A page of changes is in ``keys`` at once; more, or while ``busy``, takes steps.
        """
        at_once = not self.busy
        for thing_id in thing_ids:
            position = self._index.position_of(thing_id)
            if position is not None:
                self._late.add(position)
        if at_once and len(self._late) <= self._most_spliced:
            self._apply_late()

    def step(self) -> bool:
        """Do the next slice of work; whether more remains."""
        if self._cursor < len(self._source):
            self._filter_some()
        elif self._sorting is not None:
            self._sort_some()
        elif self._late:
            self._apply_late()
        self._publish()
        return self.busy

    def refresh(self) -> None:
        """Do all that remains."""
        while self.busy:
            self.step()

    def _walk(self, source: list[int], *, patient: bool = False) -> None:
        """Ask ``source`` from its start; ``patient`` keeps the old keys until the end."""
        self._patient = patient
        self._source = source
        self._cursor = 0
        self._hits: list[int] = []
        self._publish()

    def _filter_some(self) -> None:
        size = self._slice if self._facts is None else max(self._slice // FACTS_COST, 1)
        end = min(self._cursor + size, len(self._source))
        some = self._source[self._cursor : end]
        self._cursor = end
        self._hits += self._index.matching(some, self._query.text_terms, self._facts)

    def _sort_some(self) -> None:
        if self._sorting is not None and next(self._sorting, _END) is _END:
            self._sorting = None

    def _apply_late(self) -> None:
        """Move changed Things to their new places; if they are many, sort all again."""
        most = self._most_spliced
        if len(self._late) > max(len(self._order.positions), most):
            self.set_sort(*self.sort)
            self._patient = True
            return
        some = [self._late.pop() for _ in range(min(len(self._late), most))]
        order = self._order
        moving = [at for at in some if order.moves(at)]
        rest = without(order.positions, filter(order.knows, moving), order.rank)
        hits = without(self._hits, filter(order.knows, some), order.rank) if self._query else []
        order.renew(some)
        order.positions = including(rest, self._present(moving), order.rank)
        if self._query:
            passing = self._index.matching(some, self._query.text_terms, self._facts)
            self._hits = including(hits, passing, order.rank)
        else:
            self._hits = order.positions
        self._source = order.positions
        self._cursor = len(order.positions)
        self._publish()

    @property
    def _most_spliced(self) -> int:
        return max(MAX_SPLICED, len(self._order.positions) // SPLICED_PART)

    def _present(self, positions: list[int]) -> list[int]:
        return [at for at in positions if self._index.things[at] is not None]

    def _publish(self) -> None:
        """Show the hits when they are whole, or enough for a screen."""
        if self.busy and (self._patient or len(self._hits) < FIRST_SCREEN):
            return
        if len(self.keys) == len(self._hits) and self._shown == self._hits:
            return
        self._shown = self._hits
        self.keys = KeyList(self._index.ids, self._hits)
        self.version += 1


_END = object()


def _names(context: FleetContext) -> tuple[object, ...]:
    return context.groups, context.networks, context.ip_profiles
