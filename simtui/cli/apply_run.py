"""Carrying a plan out: rehearsed, confirmed, sent once, followed, reported."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from typing import Final

from simtui.cli.apply_order import Order
from simtui.cli.confirm import YES, confirm
from simtui.cli.operation_progress import progress_text
from simtui.cli.output import write_data, write_text
from simtui.cli.progress_line import progress_line
from simtui.cli.report import print_remark
from simtui.errors import SimtuiError
from simtui.models import Job, JobStatus
from simtui.store.operation import Progress, Report, assignment_of
from simtui.store.running import Running
from simtui.store.store import Store
from simtui.views.output.outcomes_json import outcomes_json
from simtui.views.output.outcomes_text import after_lines, before_lines
from simtui.views.output.thing_outcomes import (
    Fate,
    ThingOutcome,
    outcomes_after,
    outcomes_before,
)
from simtui.views.plan.plan import Plan

DONE: Final = 0
NOT_ALL_DONE: Final = 4

_ENDED_EARLY: Final = {
    JobStatus.CANCELLED: "the job was cancelled before it",
    JobStatus.FAILED: "the job failed before it",
}


async def rehearse_only(store: Store, plan: Plan, order: Order, *, read_only: bool) -> int:
    """Print what would happen, by the server's own rehearsal where it may be asked."""
    if read_only:
        print_remark("the server was not asked, because this is read-only")
        rehearsed = Report(())
    else:
        rehearsed = await _rehearsed(store, plan)
    outcomes = outcomes_before(plan, rehearsed.items)
    if order.as_json:
        write_data([outcomes_json(plan, outcomes, operation=None, dry_run=True)])
    else:
        write_text(_plan_lines(plan, outcomes))
        write_text(["", "Nothing was sent."])
    return DONE


async def carry_out(store: Store, plan: Plan, order: Order) -> int:
    """Do what the plan says, after a person agreed, and print what became of it.

    Raises ``SimtuiError`` for what went wrong as a whole, ``UsageError`` without a consent.
    """
    operation, report = await _done(store, plan, order) if plan.changes else (None, Report(()))
    outcomes = outcomes_after(plan, report.items, _why_not_reached(report.jobs))
    if order.as_json:
        write_data([outcomes_json(plan, outcomes, operation=operation, dry_run=False)])
    else:
        write_text(after_lines(plan.summary, outcomes))
    failed = any(one.outcome in (Fate.FAILED, Fate.ILLEGAL) for one in outcomes)
    return NOT_ALL_DONE if failed else DONE


async def _done(store: Store, plan: Plan, order: Order) -> tuple[str, Report]:
    """What the plan changes is changed: the operation's id and what became of it."""
    rehearsed = await _rehearsed(store, plan)
    if not order.yes:
        shown = _plan_lines(plan, outcomes_before(plan, rehearsed.items))
        confirm(shown, plan.question, plan.typed or YES)
    running = store.operations.start(assignment_of(plan, plan.selection.words))
    return running.operation, await _followed(store, running)


async def _rehearsed(store: Store, plan: Plan) -> Report:
    if not plan.changes:
        return Report(())
    heard = [Progress()]
    async with progress_line(lambda: f"rehearsing: {progress_text(heard[-1])}"):
        assignment = assignment_of(plan, plan.selection.words)
        return await store.operations.rehearse(assignment, heard.append)


def _plan_lines(plan: Plan, outcomes: Sequence[ThingOutcome]) -> Iterable[str]:
    yield from before_lines(plan.summary, outcomes)
    if told := (*plan.cautions, *plan.remarks):
        yield ""
        yield from (cell.text for cell in told)


async def _followed(store: Store, running: Running) -> Report:
    try:
        async with progress_line(lambda: progress_text(running.progress)):
            return await running.wait()
    except asyncio.CancelledError:
        print_remark(f"{_what_goes_on(running)}. {_where_it_stands(store, running)}")
        raise
    except SimtuiError as error:
        if where := _where_it_stands(store, running):
            error.add_note(where)
        raise


def _what_goes_on(running: Running) -> str:
    job = running.progress.job
    return f"Job {job.job_id} goes on on the server" if job else "What was sent may still be done"


def _where_it_stands(store: Store, running: Running) -> str:
    """Where to read what is known; empty when nothing was written down, or sent."""
    entries = len(store.journal.of_operation(running.operation))
    return f"What is known of it: simtui journal --last {entries}" if entries else ""


def _why_not_reached(jobs: Iterable[Job]) -> str:
    return next((_ENDED_EARLY[job.status] for job in jobs if job.status in _ENDED_EARLY), "")
