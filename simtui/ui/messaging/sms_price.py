"""What an SMS costs, where the bill of the open cycle tells it."""

from __future__ import annotations

from simtui.errors import SimtuiError
from simtui.models import ReportRequest
from simtui.models.permission import may_read_bill
from simtui.store.queries import AccountQuery, BillingReportQuery
from simtui.store.store import Store
from simtui.views.sms.price import Price, price_of


class SmsPrice:
    """Asked for once, when the first message is written; the bill is one request."""

    def __init__(self, store: Store) -> None:
        self._store = store

    @property
    def known(self) -> Price | None:
        """The price, as far as a bill that was read tells it."""
        query = self._query
        report = self._store.entry(query).value if query is not None else None
        return price_of(report) if report is not None else None

    async def ask(self) -> None:
        """Read the bill, unless it is known or may not be read; without one there is no price."""
        query = self._query
        if query is None or self._store.entry(query).value is not None:
            return
        try:
            await self._store.fetch(query)
        except SimtuiError:
            return

    @property
    def _query(self) -> BillingReportQuery | None:
        account = self._store.entry(AccountQuery()).value
        if account is None or account.current_cycle is None:
            return None
        if not may_read_bill(account.permission_level):
            return None
        return BillingReportQuery(ReportRequest(account.current_cycle.cycle_id))
