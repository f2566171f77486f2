"""Who we are to the API: the account, its open cycle, and what our level lets us do."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from simtui.models import Account, BillingCycle, PermissionLevel, User
from simtui.views.ages import age_ago
from simtui.views.amounts import NOTHING
from simtui.views.cell import Cell
from simtui.views.detail.section import Known, Section, absence, text_cell
from simtui.views.plan.wording import day_text, named
from simtui.views.text import clean
from simtui.views.users.level_words import level_rows


def account_section(known: Known[Account], now: datetime) -> Section:
    """The account and its open billing cycle; safe to print."""
    account = known.value
    if account is None:
        return Section("Account", note=absence(known.error))
    rows = (
        ("Name", text_cell(account.name, "strong")),
        ("Id", text_cell(account.account_id)),
        ("Currency", text_cell(account.currency)),
        *_cycle(account.current_cycle, now),
    )
    behind = f"may be behind: {clean(known.error.title)}" if known.error else ""
    return Section("Account", rows, behind)


def _cycle(cycle: BillingCycle | None, now: datetime) -> Iterator[tuple[str, Cell]]:
    if cycle is None:
        yield "Cycle", Cell(NOTHING, "dim")
        return
    yield "Cycle", Cell(f"{named(cycle.cycle_id)}, {named(cycle.status).lower()}")
    if cycle.end is None:
        yield "Ends", Cell(NOTHING, "dim")
        return
    zone = f" {named(cycle.time_zone)}" if cycle.time_zone else ""
    when = day_text(cycle.end, cycle.time_zone)
    yield "Ends", Cell(f"{when}{zone} ({age_ago(cycle.end, now)})")


def permission_section(
    level: str | None, known: PermissionLevel | None, own: User | None
) -> Section:
    """Our level in words, and which user we are where that is known."""
    if level is None:
        return Section("Your permission level", note="The API has not told it.")
    who = (
        Cell(f"{named(own.name)} {named(own.email)}, as the jobs from here say")
        if own is not None
        else Cell("not told by the API; a job that was started from here would tell", "dim")
    )
    rows = (("Level", Cell(named(level), "strong")), ("User", who), *level_rows(known))
    return Section("Your permission level", rows)
