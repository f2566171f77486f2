"""The questions about billing cycles and what things cost (contract §3.9)."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final

from simtui.models import BillingCycle, BillingReport, Job, JobProgress, ReportRequest
from simtui.models.billing import CycleStatus
from simtui.store import subjects
from simtui.store.gc_pause import collector_held, hide_from_collector
from simtui.store.query import MadeByJob, ReadQuery

if TYPE_CHECKING:
    from simtui.store.source import Source

OPEN_FOR: Final = 300.0
"""Seconds for which the bill of an open cycle is good enough for who comes back to it."""


@dataclass(frozen=True, slots=True)
class BillingCyclesQuery(ReadQuery[tuple[BillingCycle, ...]]):
    """The billing cycles, the latest first; another one begins once a month."""

    max_age = 3600.0

    @property
    def subjects(self) -> frozenset[str]:
        """The bill."""
        return frozenset({subjects.BILLING})

    async def fetch(self, source: Source, now: datetime) -> tuple[BillingCycle, ...]:
        """Read them."""
        return tuple(await source.billing_cycles())


@dataclass(frozen=True, slots=True)
class BillingReportQuery(MadeByJob[BillingReport]):
    """What something costs in a cycle. It may take a job, so it is never polled.

    That of a cycle that is ``closed`` does not change any more.
    """

    request: ReportRequest
    closed: bool = False
    polled = False

    @property
    def max_age(self) -> float:  # type: ignore[override]  # read only, as of all queries
        """For how long it is not asked for again."""
        return math.inf if self.closed else OPEN_FOR

    @property
    def subjects(self) -> frozenset[str]:
        """The bill."""
        return frozenset({subjects.BILLING})

    def weight(self, value: BillingReport) -> int:
        """Its lines."""
        return len(value.lines)

    async def fetch(self, source: Source, now: datetime) -> BillingReport | Job:
        """Read it, or have it made."""
        with collector_held():
            answer = await source.billing_report(self.request)
            if isinstance(answer, BillingReport):
                hide_from_collector(len(answer.lines))
            return answer

    def result(self, progress: JobProgress) -> BillingReport | None:
        """The report that the job made."""
        return progress.report


def report_query(request: ReportRequest, cycle: BillingCycle | None) -> BillingReportQuery:
    """The question for a report of a cycle as it is known."""
    return BillingReportQuery(request, cycle is not None and cycle.status == CycleStatus.CLOSED)
