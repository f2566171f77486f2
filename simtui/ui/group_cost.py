"""What a group costs in the open billing cycle, watched as soon as that cycle is known."""

from __future__ import annotations

from collections.abc import Callable

from simtui.models import Account, BillingReport
from simtui.store.cells import Watch
from simtui.store.entry import Entry
from simtui.store.queries import AccountQuery, GroupCostQuery
from simtui.store.store import Store


class GroupCost:
    """The account and the report as last known; ``on_change`` hears of every change."""

    def __init__(self, store: Store, things_group_id: str, on_change: Callable[[], None]) -> None:
        self.account: Entry[Account] = Entry()
        self.report: Entry[BillingReport] | None = None
        self._store = store
        self._group_id = things_group_id
        self._on_change = on_change
        self._query: GroupCostQuery | None = None
        self._watch: Watch[BillingReport] | None = None
        self._watch_account = store.watch(AccountQuery(), self._account_came)

    def close(self) -> None:
        """Stop watching."""
        self._watch_account.close()
        if self._watch is not None:
            self._watch.close()

    def refresh(self) -> None:
        """Ask for it again."""
        self._store.refresh(self._query or AccountQuery())

    @property
    def loading(self) -> bool:
        """Whether it is on its way."""
        return self.account.loading or (self.report is not None and self.report.loading)

    def _account_came(self, entry: Entry[Account]) -> None:
        self.account = entry
        cycle = entry.value.current_cycle if entry.value is not None else None
        if cycle is not None:
            self._follow(GroupCostQuery(self._group_id, cycle.cycle_id))
        self._on_change()

    def _follow(self, query: GroupCostQuery) -> None:
        """Ask about this cycle, and no longer about the one before."""
        if query == self._query:
            return
        if self._watch is not None:
            self._watch.close()
        self._query, self.report = query, None
        self._watch = self._store.watch(query, self._report_came)

    def _report_came(self, entry: Entry[BillingReport]) -> None:
        self.report = entry
        self._on_change()
