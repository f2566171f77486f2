"""The entries the store holds, and who watches each of them."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any, Generic, TypeVar, cast

from simtui.store.entry import Entry
from simtui.store.query import Query

T = TypeVar("T")

UNWATCHED_KEPT = 256
"""How many answers nobody watches are kept for somebody who comes back."""
UNWATCHED_WEIGHT = 700_000
"""Of how many small objects they may consist together: two bills of 100,000 Things."""


class Watch(Generic[T]):
    """One watcher of one query, until `close`."""

    def __init__(
        self,
        cell: Cell[T],
        on_change: Callable[[Entry[T]], None],
        on_close: Callable[[Cell[T]], None],
    ) -> None:
        self._cell: Cell[T] | None = cell
        self._on_change = on_change
        self._on_close = on_close
        self._seen: Entry[T] | None = None

    def deliver(self, entry: Entry[T]) -> None:
        """Tell the watcher, unless it has closed or was told the same before."""
        if self._cell is None or entry == self._seen:
            return
        self._seen = entry
        self._on_change(entry)

    def close(self) -> None:
        """Stop watching; may be called twice."""
        cell, self._cell = self._cell, None
        if cell is not None and self in cell.watches:  # a store that closed has let it go
            cell.watches.remove(self)
            self._on_close(cell)


@dataclass(frozen=True, slots=True)
class Flight:
    """A fetch on its way, and how old the question was when it started."""

    generation: int
    task: asyncio.Task[None]


class Cell(Generic[T]):
    """Everything known about one query.

    ``generation`` counts what made the answer out of date. A flight that started in an
    earlier generation brings an answer that may be from before the change, so the
    question is asked again. ``wanted`` is the generation somebody explicitly asked for.
    Times are seconds of the monotonic clock.
    """

    def __init__(self, query: Query[T]) -> None:
        self.query = query
        self.entry: Entry[T] = Entry()
        self.watches: list[Watch[T]] = []
        self.waiters: list[tuple[int, asyncio.Future[T]]] = []
        self.generation = 0
        self.wanted = -1
        self.flight: Flight | None = None
        self.failures = 0
        self.fetched: float | None = None
        self.opened = 0.0
        self.retry_at: float | None = None

    @property
    def wanted_by_nobody(self) -> bool:
        """Whether nobody watches it or waits for it."""
        return not (self.watches or self.waiters)

    @property
    def forgettable(self) -> bool:
        """Whether it may make room for newer ones."""
        return self.wanted_by_nobody and self.flight is None and self.query.kept != "always"

    @property
    def weight(self) -> int:
        """Of how many small objects the answer consists, if of very many."""
        return 0 if self.entry.value is None else self.query.weight(self.entry.value)

    def needs_newer_than(self, generation: int) -> bool:
        """Whether an answer from ``generation`` leaves somebody without a current one."""
        if generation >= self.generation:
            return False
        asked = any(need > generation for need, _ in self.waiters)
        return bool(self.watches) or asked or self.wanted > generation

    def outdate(self) -> None:
        """Mark the answer, and one that is on its way, as behind."""
        self.generation += 1
        self.retry_at = None
        self.show(stale=True)

    def show(self, **changes: Any) -> None:
        """Change the entry and tell the watchers what is new to them.

        A watcher may watch, close or change things while it is told, so each is given
        the entry of that moment. One that fails does not keep the others from it.
        """
        self.entry = replace(self.entry, **changes)
        for watch in tuple(self.watches):
            try:
                watch.deliver(self.entry)
            except Exception as error:
                report_fault("a watcher of the store failed", error)


def report_fault(what: str, error: Exception) -> None:
    """Hand somebody's fault to the loop's handler: it is a bug, not an answer."""
    try:
        loop = asyncio.get_running_loop()
    except RuntimeError:
        raise error from None
    loop.call_exception_handler({"message": what, "exception": error})


class Cells:
    """The cell of every query that is or lately was of interest."""

    def __init__(self) -> None:
        self._cells: dict[Query[Any], Cell[Any]] = {}

    def __iter__(self) -> Iterator[Cell[Any]]:
        return iter(tuple(self._cells.values()))

    def open(self, query: Query[T]) -> Cell[T]:
        """The cell of ``query``, made when there is none; now the last to be forgotten."""
        cell = self._cells.pop(query, None) or Cell(query)
        self._cells[query] = cell
        self._forget_oldest()
        return cast("Cell[T]", cell)

    def find(self, query: Query[T]) -> Cell[T] | None:
        """The cell of ``query`` if there is one."""
        return cast("Cell[T] | None", self._cells.get(query))

    def forget(self, cell: Cell[Any]) -> None:
        """Drop a cell and cancel its fetch."""
        if self._cells.get(cell.query) is cell:
            del self._cells[cell.query]
        if cell.flight is not None:
            cell.flight.task.cancel()

    def _forget_oldest(self) -> None:
        newest = next(reversed(self._cells.values()))
        idle = [cell for cell in self._cells.values() if cell.forgettable and cell is not newest]
        too_heavy = sum(cell.weight for cell in idle) - UNWATCHED_WEIGHT
        for cell in idle:
            if len(self._cells) > UNWATCHED_KEPT or (too_heavy > 0 and cell.weight):
                too_heavy -= cell.weight
                del self._cells[cell.query]
