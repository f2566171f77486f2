"""Everything that is watched for a bill, as soon as it is known which cycle is meant."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from simtui.errors import SimtuiError
from simtui.models import Account, BillingCycle, BillingReport, Job, ReportRequest
from simtui.models.billing import CycleStatus
from simtui.models.permission import may_read_bill
from simtui.store.billing_queries import report_query
from simtui.store.entry import Entry
from simtui.store.queries import AccountQuery, BillingCyclesQuery
from simtui.store.store import Store
from simtui.ui.billing.follow import Follow


@dataclass(frozen=True, slots=True)
class BillWish:
    """What shall be seen: the bill of ``scope`` in a cycle (empty: the open one) in one piece;
    with ``group_by`` also told apart, and with ``other`` the same of another cycle."""

    scope: str
    scope_id: str = ""
    cycle_id: str = ""
    group_by: str = ""
    other: str = ""


class BillWatch:
    """The account, the cycles and the reports as last known. A report may take a job of the
    server, so it is only asked for again when a person does."""

    def __init__(
        self,
        store: Store,
        wish: BillWish,
        on_change: Callable[[], None],
        *,
        with_cycles: bool = True,
    ) -> None:
        self._wish = wish
        self._on_change = on_change
        self._with_cycles = with_cycles
        self._account: Follow[Account] = Follow(store, self._learnt)
        self._cycles: Follow[tuple[BillingCycle, ...]] = Follow(store, self._learnt)
        self._whole: Follow[BillingReport] = Follow(store, on_change)
        self._split: Follow[BillingReport] = Follow(store, on_change)
        self._other: Follow[BillingReport] = Follow(store, on_change)
        self._account.ask(AccountQuery())

    def want(self, wish: BillWish) -> None:
        """See something else."""
        self._wish = wish
        self._learnt()

    def refresh(self) -> None:
        """Ask the server again for all of it."""
        for follow in self._all:
            follow.refresh()

    def close(self) -> None:
        """Stop watching."""
        for follow in self._all:
            follow.close()

    # What is known

    @property
    def account(self) -> Entry[Account]:
        """Who we are, and which cycle is open."""
        return self._account.entry

    @property
    def whole(self) -> Entry[BillingReport]:
        """The bill in one piece: a line for each kind."""
        return self._whole.entry

    @property
    def asked(self) -> Entry[BillingReport] | None:
        """The same; None as long as it is not known what to ask for."""
        return self._whole.entry if self._whole.query is not None else None

    @property
    def split(self) -> Entry[BillingReport]:
        """The bill as its rows are wanted."""
        return self._split.entry if self._wish.group_by else self._whole.entry

    @property
    def other(self) -> Entry[BillingReport] | None:
        """The same of the other cycle; None when none is wanted."""
        return self._other.entry if self._wish.other else None

    @property
    def level(self) -> str | None:
        """Our permission level."""
        return self.account.value.permission_level if self.account.value is not None else None

    @property
    def cycles(self) -> Sequence[BillingCycle]:
        """The cycles, the latest first; only the open one before they are known."""
        if self._cycles.entry.value:
            return self._cycles.entry.value
        current = self._current
        return (current,) if current is not None else ()

    @property
    def cycle(self) -> BillingCycle | None:
        """The cycle that is meant, as far as it is known."""
        wanted = self._wish.cycle_id
        return self._named(wanted) if wanted else self._open

    @property
    def loading(self) -> bool:
        """Whether any of it is on its way."""
        return any(follow.entry.loading for follow in self._all)

    @property
    def error(self) -> SimtuiError | None:
        """Why something is not known, or not the present: the rows' own reason first."""
        other = self._other.entry.error if self._wish.other else None
        return self.split.error or self.whole.error or other or self.account.error

    @property
    def job(self) -> Job | None:
        """The job that makes what is waited for."""
        waiting = (one.entry.progress for one in self._reports if one.entry.loading)
        return next((told.job for told in waiting if told is not None), None)

    def neighbour(self, step: int) -> BillingCycle | None:
        """The cycle that many before the one that is meant."""
        cycles, cycle = list(self.cycles), self.cycle
        at = cycles.index(cycle) + step if cycle is not None and cycle in cycles else -1
        return cycles[at] if 0 <= at < len(cycles) else None

    def others(self) -> list[BillingCycle]:
        """What it can be compared with: the cycle before first, then the latest first."""
        cycle, before = self.cycle, self.neighbour(1)
        others = (one for one in self.cycles if cycle and one.cycle_id != cycle.cycle_id)
        return sorted(others, key=lambda one: one is not before)

    @property
    def _all(self) -> tuple[Follow[Any], ...]:
        return (self._account, self._cycles, *self._reports)

    @property
    def _reports(self) -> tuple[Follow[BillingReport], ...]:
        return (self._split, self._other, self._whole)

    @property
    def _current(self) -> BillingCycle | None:
        return self.account.value.current_cycle if self.account.value is not None else None

    @property
    def _open(self) -> BillingCycle | None:
        """The open cycle; where none is said to be, the latest."""
        cycles = self.cycles
        is_open = (cycle for cycle in cycles if cycle.status == CycleStatus.OPEN)
        return self._current or next(is_open, cycles[0] if cycles else None)

    def _named(self, cycle_id: str) -> BillingCycle | None:
        return next((cycle for cycle in self.cycles if cycle.cycle_id == cycle_id), None)

    # Asking

    def _learnt(self) -> None:
        """Ask for what can be asked for now."""
        account = self.account
        if account.value is None and account.error is None:
            return self._on_change()
        if not may_read_bill(self.level):
            return self._on_change()
        if self._with_cycles:
            self._cycles.ask(BillingCyclesQuery())
        wish = self._wish
        cycle_id = wish.cycle_id or (self._open.cycle_id if self._open is not None else "")
        self._ask(self._whole, cycle_id, "")
        self._ask(self._split, cycle_id if wish.group_by else "", wish.group_by)
        self._ask(self._other, wish.other, wish.group_by)
        return self._on_change()

    def _ask(self, follow: Follow[BillingReport], cycle_id: str, group_by: str) -> None:
        """Ask for a report; for one of an earlier cycle when that is known to be closed, so
        that it is not made twice."""
        cycles = self._cycles.entry
        cycle = self._named(cycle_id)
        unknown = cycle is None and cycles.value is None and cycles.error is None
        if not cycle_id or (self._with_cycles and unknown):
            follow.ask(None)
            return
        request = ReportRequest(cycle_id, self._wish.scope, self._wish.scope_id, group_by)
        follow.ask(report_query(request, cycle))
