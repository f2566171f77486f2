"""One fetch at a time for each query, and what its end means for the entry."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from simtui.errors import CapabilityAbsent, NoneOfThisOne, SimtuiError
from simtui.store.cells import Cell, Flight
from simtui.store.query import Query
from simtui.store.retry import pause_after

if TYPE_CHECKING:
    from simtui.clock import Clock

T = TypeVar("T")


class Landed(Protocol):
    """Who hears that a fetch of a cell has ended."""

    def __call__(self, cell: Cell[Any], *, recovered: bool) -> None:
        """``recovered`` is whether it brought a value after it had failed."""


class Fetcher:
    """Starts fetches and lands them in their cells.

    ``read`` gets the value of a query; ``landed`` hears of every cell whose fetch ended.
    An EXT endpoint that is absent is remembered by the kind of query and never asked
    again (contract, head).
    """

    def __init__(
        self,
        read: Callable[[Query[Any]], Awaitable[Any]],
        clock: Clock,
        landed: Landed,
    ) -> None:
        self._read = read
        self._clock = clock
        self._landed = landed
        self._absent: dict[type[Query[Any]], CapabilityAbsent] = {}

    def start(self, cell: Cell[Any]) -> None:
        """Fetch now, unless a fetch is under way or the endpoint is known to be absent."""
        if cell.flight is not None:
            return
        absent = self._absent.get(type(cell.query))
        if absent is not None:
            self._fail_waiters(cell, cell.generation, absent)
            cell.show(error=absent, loading=False)
            return
        task = asyncio.get_running_loop().create_task(self._fly(cell, cell.generation))
        cell.flight = Flight(cell.generation, task)
        cell.show(loading=True)

    async def wait_for(self, cell: Cell[T]) -> T:
        """The value of a fetch that starts now or is still up to date; or its error."""
        waiter: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        ticket = (cell.generation, waiter)
        cell.waiters.append(ticket)
        try:
            self.start(cell)
            return await waiter
        finally:
            if ticket in cell.waiters:
                cell.waiters.remove(ticket)

    async def _fly(self, cell: Cell[Any], generation: int) -> None:
        try:
            value = await self._read(cell.query)
        except asyncio.CancelledError:
            self._abandon(cell)
            raise
        except SimtuiError as error:
            self._fail(cell, generation, error)
        except Exception as error:
            self._fail(cell, generation, _unforeseen(error))
        else:
            self._arrive(cell, generation, value)

    def _arrive(self, cell: Cell[Any], generation: int, value: Any) -> None:
        recovered = cell.failures > 0
        cell.failures, cell.retry_at = 0, None
        cell.fetched = self._clock.monotonic()
        for _, waiter in self._answered(cell, generation):
            waiter.set_result(value)
        self._land(
            cell,
            generation,
            recovered,
            value=value,
            fetched_at=self._clock.now(),
            revision=cell.query.revision(value),
            error=None,
            progress=None,
            stale=generation < cell.generation,
        )

    def _fail(self, cell: Cell[Any], generation: int, error: SimtuiError) -> None:
        if isinstance(error, CapabilityAbsent) and not isinstance(error, NoneOfThisOne):
            self._absent[type(cell.query)] = error
        cell.failures += 1
        pause = pause_after(error, cell.failures, self._clock.now())
        cell.retry_at = self._clock.monotonic() + pause
        self._fail_waiters(cell, generation, _without_frames(error))
        self._land(cell, generation, False, error=_same_or_new(cell.entry.error, error), stale=True)

    def _land(self, cell: Cell[Any], generation: int, recovered: bool, **changes: Any) -> None:
        again = cell.needs_newer_than(generation)
        cell.flight = None
        cell.show(loading=again, **changes)
        if again:
            self.start(cell)
        self._landed(cell, recovered=recovered)

    def _abandon(self, cell: Cell[Any]) -> None:
        cell.flight = None
        for _, waiter in cell.waiters:
            waiter.cancel()
        cell.waiters.clear()
        cell.show(loading=False)

    def _fail_waiters(self, cell: Cell[Any], generation: int, error: SimtuiError) -> None:
        for _, waiter in self._answered(cell, generation):
            waiter.set_exception(error)

    def _answered(self, cell: Cell[Any], generation: int) -> list[tuple[int, asyncio.Future[Any]]]:
        """Take out the waiters that an answer from ``generation`` is new enough for."""
        answered = [ticket for ticket in cell.waiters if ticket[0] <= generation]
        cell.waiters = [ticket for ticket in cell.waiters if ticket[0] > generation]
        return [ticket for ticket in answered if not ticket[1].done()]


def _unforeseen(error: Exception) -> SimtuiError:
    """A fault of simtui's own as something that can be shown and reported."""
    wrapped = SimtuiError(
        "simtui could not handle the answer",
        f"{type(error).__name__}: {error}",
        "This is a fault in simtui; please report it.",
    )
    wrapped.__cause__ = error
    return wrapped


def _without_frames(error: SimtuiError) -> SimtuiError:
    """Keep the sentence, not the frames: they hold requests, and those hold tokens."""
    error.__context__ = None
    return error.with_traceback(None)


def _same_or_new(old: SimtuiError | None, new: SimtuiError) -> SimtuiError:
    """``old`` when ``new`` says the same, so that a repeated failure is not news."""
    if old is not None and type(old) is type(new) and vars(old) == vars(new):
        return old
    return new
