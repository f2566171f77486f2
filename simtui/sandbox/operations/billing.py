"""Billing cycles and reports (contract §3.9)."""

from __future__ import annotations

from collections.abc import Container, Mapping
from functools import partial

from simtui.sandbox.billing.prices import PRICES
from simtui.sandbox.billing.report import ReportRequest, count_charged, cycle_view, make_report
from simtui.sandbox.call import Answer, Call, invalid, not_found
from simtui.sandbox.cycles import Cycle, cycle_at, cycle_named
from simtui.sandbox.jobs import job_answer, start_job
from simtui.sandbox.paging import paged
from simtui.sandbox.records import JobRecord
from simtui.sandbox.registry import operation
from simtui.sandbox.world import World

MOST_LINES = 1_000
"""A report that can have more lines is made by a job."""

LINES_A_THING = len(PRICES)

MOST_CYCLES = 24
"""How many cycles the platform looks back."""


@operation("GET", "/billing/cycles", need=("billing", "READ"))
def list_cycles(world: World, call: Call) -> Answer:
    """The cycles since the first Thing came in, the open one first."""
    return paged(
        call,
        _known_cycles(world, call),
        partial(cycle_view, now=call.now),
        {
            "cycleId": lambda cycle: cycle.cycle_id,
            "start": lambda cycle: cycle.start,
            "end": lambda cycle: cycle.end,
        },
        lambda cycle: cycle.cycle_id,
    )


@operation("GET", "/billing/reports", need=("billing", "READ"))
def get_report(world: World, call: Call) -> Answer:
    """A report at once, or a job that makes it when it is large."""
    request = ReportRequest(
        scope=call.query["scope"],
        scope_id=_scope_id(world, call),
        cycle=_known_cycle(world, call),
        group_by=call.query.get("groupBy"),
    )
    if _is_large(world, request, call):
        return job_answer(world, _start_report(world, request, call))
    return Answer(make_report(world, request, call.now))


def _is_large(world: World, request: ReportRequest, call: Call) -> bool:
    """Whether a report may be too long for one answer; only one by Thing can be."""
    by_thing = request.group_by == "THING" and request.scope != "THING"
    return by_thing and count_charged(world, request, call.now) * LINES_A_THING > MOST_LINES


def _start_report(world: World, request: ReportRequest, call: Call) -> JobRecord:
    return start_job(
        world,
        kind="REPORT",
        by=call.user.email,
        now=call.now,
        total=0,
        finish=lambda now: make_report(world, request, now),
    )


def _known_cycles(world: World, call: Call) -> list[Cycle]:
    cycle = cycle_at(call.now, world.time_zone)
    oldest = next(iter(world.things.values()), None)
    since = oldest.created_at if oldest else call.now
    cycles = [cycle]
    while cycle.start > since and len(cycles) < MOST_CYCLES:
        cycle = cycle.previous()
        cycles.append(cycle)
    return cycles


def _known_cycle(world: World, call: Call) -> Cycle:
    """The cycle asked for.

    Raises:
        Refused: 400 for what is no month, 404 for one that nothing is known of.
    """
    cycle_id = call.query["cycle"]
    try:
        cycle = cycle_named(cycle_id, world.time_zone)
    except ValueError as error:
        raise invalid("cycle", "SYNTAX", str(error)) from None
    if cycle not in _known_cycles(world, call):
        raise not_found("billing cycle", cycle_id)
    return cycle


def _scope_id(world: World, call: Call) -> str:
    """The id of what is reported; that of the account may be left out.

    Raises:
        Refused: 400 when the id of a group or Thing is missing, 404 for an unknown one.
    """
    scope: str = call.query["scope"]
    identity: str | None = call.query.get("id")
    if scope == "ACCOUNT":
        identity = identity or world.account_id
    what, known = _scopes(world)[scope]
    if not identity:
        raise invalid("id", "REQUIRED", f"A report of scope {scope} needs the id of a {what}")
    if identity not in known:
        raise not_found(what, identity)
    return identity


def _scopes(world: World) -> Mapping[str, tuple[str, Container[str]]]:
    """What each scope's id is the id of, and the ids that there are."""
    return {
        "ACCOUNT": ("account", (world.account_id,)),
        "THINGS_GROUP": ("Things Group", world.groups),
        "THING": ("Thing", world.things),
    }
