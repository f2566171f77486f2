"""The rows of a bill, made and ordered between frames."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Sequence

from simtui.models import BillingReport
from simtui.store.gc_pause import collector_held, hide_from_collector
from simtui.views.billing.cells import Shown
from simtui.views.billing.estimate import elapsed_of, is_open
from simtui.views.billing.names import Names
from simtui.views.billing.order import ordered
from simtui.views.billing.rows import Bill
from simtui.views.billing.words import View

SOON = 4
"""Steps that are done at once: a bill of few lines never shows an empty table first."""


class BillList:
    """Keeps rows in the order that is wanted; ``on_rows`` hears of every new version.

    Until the rows of a new report are there, the old ones stay.
    """

    def __init__(self, on_rows: Callable[[], None]) -> None:
        self.keys: Sequence[str] = ()
        self.shown: Shown | None = None
        self._on_rows = on_rows
        self._of: tuple[object, ...] = ()
        self._sort: tuple[str, bool] = ("", False)
        self._unused = False
        self._working: asyncio.Task[None] | None = None

    @property
    def busy(self) -> bool:
        """Whether rows may still be missing."""
        return self._working is not None

    def close(self) -> None:
        """Work no more."""
        if self._working is not None:
            self._working.cancel()
            self._working = None

    def clear(self) -> None:
        """Show nothing: what stood here is about something else."""
        self.close()
        self.keys, self.shown, self._of = (), None, ()

    def show(
        self,
        report: BillingReport,
        other: BillingReport | None,
        view: View,
        names: Names,
    ) -> None:
        """Show a report, beside another one; nothing is done for what is shown already."""
        of = (view, report, other)
        if len(self._of) == len(of) and all(a is b for a, b in zip(of, self._of, strict=True)):
            return
        self._of = of
        elapsed = elapsed_of(report, names.context.now) if is_open(report) else None
        bill = Bill(report, view, aligned=other is not None)
        beside = Bill(other, view, aligned=True) if other is not None else None
        self._begin(self._all_of(Shown(bill, names, elapsed, beside)))

    def order(self, sort: tuple[str, bool], *, unused: bool) -> None:
        """Another order, or only what was not used."""
        if (sort, unused) != (self._sort, self._unused):
            self._sort, self._unused = sort, unused
            if self.shown is not None and not self.busy:
                self._begin(self._ordered(self.shown))

    def _all_of(self, shown: Shown) -> Iterator[None]:
        yield from shown.bill.work()
        if shown.other is not None:
            yield from shown.other.work()
        yield from self._ordered(shown)

    def _ordered(self, shown: Shown) -> Iterator[None]:
        """Order by what is wanted in the end, which may change meanwhile."""
        while True:
            wanted = self._sort, self._unused
            keys: Sequence[str] = ()
            first = True
            for keys in ordered(shown, self._sort, unused=self._unused):
                if first and len(keys):
                    first = False
                    self._now(shown, keys)
                if wanted != (self._sort, self._unused):
                    break
                yield
            if wanted == (self._sort, self._unused):
                self._now(shown, keys)
                return

    def _now(self, shown: Shown, keys: Sequence[str]) -> None:
        self.shown, self.keys = shown, keys
        self._on_rows()

    def _begin(self, steps: Iterator[None]) -> None:
        self.close()
        for _ in range(SOON):
            if next(steps, self) is self:
                return
        self._working = asyncio.get_running_loop().create_task(self._work(steps))

    async def _work(self, steps: Iterator[None]) -> None:
        me = asyncio.current_task()
        try:
            with collector_held():
                for _ in steps:
                    await asyncio.sleep(0)
                hide_from_collector(len(self.keys))
        finally:
            if self._working is me:
                self._working = None
                self._on_rows()
