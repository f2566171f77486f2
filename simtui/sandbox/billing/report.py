"""A billing report from the books of a cycle (contract §3.9)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from simtui.sandbox.billing.ledger import Ledger, LedgerLine, ledger_of
from simtui.sandbox.billing.prices import BYTES_PER_MB, report_line, totals_of
from simtui.sandbox.billing.tally import GroupBy, tally
from simtui.sandbox.cycles import Cycle

if TYPE_CHECKING:
    from simtui.sandbox.world import World


@dataclass(frozen=True, slots=True)
class ReportRequest:
    """What is reported: ACCOUNT, THINGS_GROUP or THING with its id, and how it is split."""

    scope: str
    scope_id: str
    cycle: Cycle
    group_by: GroupBy | None

    @property
    def report_id(self) -> str:
        """The same for the same request."""
        parts = ("br", self.cycle.cycle_id, self.scope_id, self.group_by)
        return "-".join(part for part in parts if part)


def count_charged(world: World, request: ReportRequest, now: datetime) -> int:
    """How many Things of its scope a report charges for."""
    lines = _scoped(ledger_of(world, request.cycle, now), request)
    return sum(not line.free for line in lines)


def make_report(world: World, request: ReportRequest, now: datetime) -> dict[str, Any]:
    """The report as the wire spells it; an open cycle's is an estimate as of now."""
    ledger = ledger_of(world, request.cycle, now)
    result = tally(world, request.cycle, _scoped(ledger, request), request.group_by, now)
    lines = [report_line(kind, count, dict(place)) for place, kind, count in result.entries()]
    return {
        "reportId": request.report_id,
        "scope": request.scope,
        "scopeId": request.scope_id,
        "cycle": cycle_view(request.cycle, now),
        "estimated": now < request.cycle.end,
        "generatedAt": ledger.made_at,
        "currency": world.currency,
        "bytesPerMb": BYTES_PER_MB,
        "lines": lines,
        "totals": totals_of(lines),
        "thingsBillable": result.billable,
        "thingsFree": result.free.total(),
        "freeReasons": dict(result.free),
    }


def cycle_view(cycle: Cycle, now: datetime) -> dict[str, Any]:
    """A billing cycle as the wire spells it."""
    return {
        "cycleId": cycle.cycle_id,
        "start": cycle.start,
        "end": cycle.end,
        "timeZone": cycle.time_zone,
        "status": cycle.status(now),
    }


def _scoped(ledger: Ledger, request: ReportRequest) -> Iterator[LedgerLine]:
    for line in ledger:
        if (
            request.scope == "ACCOUNT"
            or (request.scope == "THINGS_GROUP" and line.group_id == request.scope_id)
            or (request.scope == "THING" and line.thing_id == request.scope_id)
        ):
            yield line
