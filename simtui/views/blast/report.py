"""A look put together as text, for a ticket and for the shell."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from simtui.views.ages import utc_text
from simtui.views.blast.changes import Change, Suspect, suspects
from simtui.views.blast.findings import Finding
from simtui.views.blast.look import Blast
from simtui.views.blast.wave import Wave, wave_of
from simtui.views.blast.words import (
    also_text,
    apart_text,
    before_text,
    chance_text,
    difference_text,
    healthy_text,
    names_text,
    no_change_text,
    nothing_text,
    of_text,
    scope_text,
    silent_text,
    wave_text,
)
from simtui.views.fleet_context import FleetContext
from simtui.views.fleet_index import FleetIndex
from simtui.views.plan.wording import named


@dataclass(frozen=True, slots=True)
class Account:
    """One finding, or all silent ones together, with their wave and the changes before it."""

    finding: Finding | None
    wave: Wave | None
    suspects: tuple[Suspect, ...]


def account_of(
    blast: Blast, finding: Finding | None, index: FleetIndex, changes: Sequence[Change]
) -> Account:
    """When they went silent, and what was changed before."""
    silent = blast.silent_of(finding)
    wave = wave_of(one.heard for one in silent)
    things = [thing for one in silent if (thing := index.get(one.thing_id)) is not None]
    return Account(finding, wave, suspects(changes, wave, things))


def accounts_of(blast: Blast, index: FleetIndex, changes: Sequence[Change]) -> tuple[Account, ...]:
    """One for each finding; without any, one for all silent ones."""
    told: tuple[Finding | None, ...] = blast.findings or (None,)
    return tuple(account_of(blast, finding, index, changes) for finding in told)


def report_lines(blast: Blast, accounts: Sequence[Account], context: FleetContext) -> Iterator[str]:
    """Plain text, for a ticket and for the shell; safe to print."""
    yield f"Blast radius, looked up {utc_text(blast.at)}"
    yield from filter(None, (silent_text(blast), healthy_text(blast), scope_text(blast)))
    for number, account in enumerate(accounts, 1):
        yield ""
        yield from _account_lines(number, account, blast, context)


def _account_lines(
    number: int, account: Account, blast: Blast, context: FleetContext
) -> Iterator[str]:
    finding = account.finding
    if finding is None:
        yield nothing_text(blast)[0]
    else:
        total = blast.tally.total
        yield f"{number}. {names_text(finding, context)}"
        silent = of_text(finding.counts.silent, total.silent)
        healthy = of_text(finding.counts.healthy, total.healthy)
        yield f"   {silent} silent ones have it, {healthy} healthy ones"
        yield f"   {difference_text(finding)}; {chance_text(finding)}"
        if apart_text(finding):
            yield f"   {apart_text(finding)}"
        if finding.also:
            yield f"   Among them: {also_text(finding, context)}"
    if not blast.silent:
        return
    yield f"   {wave_text(account.wave, blast.at)}"
    if account.wave is None or not account.suspects:
        yield f"   {no_change_text(account.wave)}"
        return
    yield "   Changed before, or while they went silent:"
    for suspect in account.suspects:
        change = suspect.change
        when = f"{utc_text(change.at)} ({before_text(suspect, account.wave)})"
        about = f"reaches {suspect.reached} of them ({named(change.source)})"
        yield f"   - {when} {change.words}, {about}"
