"""From the words of the command line to a bill, with the names of what is on it."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Final

from simtui.cli.iccid_option import checked_iccid
from simtui.cli.load_progress import progress_text
from simtui.cli.permission import read_account
from simtui.cli.progress_line import progress_line
from simtui.cli.read_context import read_context
from simtui.clock import Clock
from simtui.errors import Forbidden, NotFound, UsageError
from simtui.models import Account, BillingReport, ReportRequest, Thing
from simtui.models.billing import CycleStatus, GroupBy, Scope
from simtui.store.billing_queries import BillingCyclesQuery, BillingReportQuery
from simtui.store.find_thing import find_thing
from simtui.store.queries import FleetQuery
from simtui.store.store import Store
from simtui.views.billing.empty import job_text
from simtui.views.billing.names import Names
from simtui.views.billing.why_not import not_allowed
from simtui.views.billing.words import GROUP_BY, View
from simtui.views.fleet_context import FleetContext
from simtui.views.plan.find_group import find_group

_SCOPES: Final = {"group": Scope.GROUP, "thing": Scope.THING}


@dataclass(frozen=True, slots=True)
class FoundBill:
    """The report that was asked for, the same in one piece, and what its lines are about."""

    report: BillingReport
    whole: BillingReport
    view: View
    names: Names


def read_scope(text: str) -> tuple[str, str]:
    """The scope, and the words for what it is about.

    Raises:
        UsageError: when it is none, or an ICCID that cannot be one.
    """
    kind, colon, words = text.partition(":")
    if kind.lower() == "account" and not colon:
        return Scope.ACCOUNT, ""
    scope = _SCOPES.get(kind.lower())
    if scope is None or not words.strip():
        raise UsageError(
            "--scope is not understood", "It is account, group:NAME or thing:ICCID", ""
        )
    if scope == Scope.THING:
        checked_iccid(words)
    return scope, words.strip()


async def read_bill(
    store: Store, clock: Clock, wanted: tuple[str, str], cycle_id: str | None, group_by: str
) -> FoundBill:
    """The bill of what is wanted.

    Raises:
        Forbidden: when the permission level does not show bills.
        UsageError: when there is no such group.
        SimtuiError: when it cannot be read.
    """
    account = await read_account(store)
    if refused := not_allowed(account.permission_level if account is not None else None):
        raise Forbidden("The bill cannot be shown", refused)
    context = await read_context(store, clock)
    scope, words = wanted
    thing = await _thing(store, words) if scope == Scope.THING else None
    scope_id = find_group(words, context).things_group_id if scope == Scope.GROUP else ""
    scope_id = thing.thing_id if thing is not None else scope_id
    cycle_id = cycle_id or await _open_cycle(store, account)
    whole, report = await _reports(store, clock, ReportRequest(cycle_id, scope, scope_id), group_by)
    things = await _things(store, thing, group_by)
    view = next(view for view, by in GROUP_BY.items() if by == group_by)
    return FoundBill(report, whole, view, _names(context, things))


def _names(context: FleetContext, things: dict[str, Thing]) -> Names:
    return Names(context, things.get)


async def _thing(store: Store, words: str) -> Thing:
    checked = checked_iccid(words)
    return await find_thing(store, checked.value, is_prefix=checked.is_prefix)


async def _open_cycle(store: Store, account: Account | None) -> str:
    if account is not None and account.current_cycle is not None:
        return account.current_cycle.cycle_id
    for cycle in await store.fetch(BillingCyclesQuery()):
        if cycle.status == CycleStatus.OPEN:
            return cycle.cycle_id
    raise NotFound("No billing cycle is open", "", "Name one with --cycle")


async def _reports(
    store: Store, clock: Clock, request: ReportRequest, group_by: str
) -> tuple[BillingReport, BillingReport]:
    """In one piece, and as it is wanted; on a terminal a job's progress is told."""
    whole_query = BillingReportQuery(request)
    wanted = ReportRequest(request.cycle_id, request.scope, request.scope_id, group_by)
    query = BillingReportQuery(wanted)

    def text() -> str:
        progress = store.entry(query).progress
        job = progress.job if progress is not None else None
        return job_text(job, clock.now()) if job is not None else "asking for the bill"

    async with progress_line(text):
        if not group_by:
            whole = await store.fetch(whole_query)
            return whole, whole
        return await _both(store, whole_query, query)


async def _both(
    store: Store, whole: BillingReportQuery, wanted: BillingReportQuery
) -> tuple[BillingReport, BillingReport]:
    return await asyncio.gather(store.fetch(whole), store.fetch(wanted))


async def _things(store: Store, thing: Thing | None, group_by: str) -> dict[str, Thing]:
    """The Things that lines can be about: names are wanted where lines name Things."""
    if thing is not None:
        return {thing.thing_id: thing}
    if group_by != GroupBy.THING:
        return {}

    def text() -> str:
        progress = store.entry(FleetQuery()).progress
        return progress_text(progress) if progress is not None else ""

    async with progress_line(text):
        return dict((await store.fetch(FleetQuery())).things)
