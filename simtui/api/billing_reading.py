"""Billing cycles and what things cost in them (contract §2, §3.9)."""

from __future__ import annotations

import httpx

from simtui.api import dialect
from simtui.api.call import Call
from simtui.api.decode import Undecodable, decode_object
from simtui.api.newest_first import newest_first
from simtui.api.report_decode import decode_report
from simtui.api.wire import Wire
from simtui.models import BillingCycle, BillingReport, Job, ReportRequest


class BillingReading(Wire):
    """What can be asked about the bill. All of it raises ``SimtuiError``."""

    async def billing_cycles(self) -> tuple[BillingCycle, ...]:
        """The cycles that the server knows, the latest first."""
        call = Call(dialect.LIST_CYCLES)
        cycles = await self._every(BillingCycle, call, lambda cycle: cycle.cycle_id)
        return newest_first(cycles, lambda cycle: cycle.start)

    async def billing_report(self, request: ReportRequest) -> BillingReport | Job:
        """What something costs in a cycle, in the open one so far.

        A large report is made by a job (202): `JobReading.job` brings it at the end.
        """
        named = {
            dialect.SCOPE: request.scope,
            dialect.SCOPE_ID: request.scope_id,
            dialect.CYCLE: request.cycle_id,
            dialect.GROUP_BY: request.group_by,
        }
        params = {name: value for name, value in named.items() if value}
        call = Call(dialect.BILLING_REPORT, params=params)
        response = await self._send(call)
        try:
            if response.status_code == httpx.codes.ACCEPTED:
                return decode_object(Job, response.content)
            report, unreadable = await decode_report(response.content)
        except Undecodable:
            raise self._unexpected(response, call) from None
        self.unreadable += unreadable
        return report
