"""Jobs: which there are, how far one is, and what became of its targets (contract §1.6)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from simtui.api import dialect
from simtui.api.call import Call
from simtui.api.decode import Undecodable, decode_object
from simtui.api.instants import read_retry_after
from simtui.api.newest_first import newest_first
from simtui.api.paging import every
from simtui.api.raw_page import RawPage
from simtui.api.report_decode import decode_made
from simtui.api.wire import Wire
from simtui.models import BillingReport, Job, JobItem, JobProgress

_LONG: Final = 100_000
"""Bytes that no job has without its result."""


@dataclass(frozen=True, slots=True)
class _JobResult:
    """The head of the result that a finished job redirects to."""

    job: Job


class JobReading(Wire):
    """What can be asked about jobs. All of it raises ``SimtuiError``."""

    async def jobs(self) -> tuple[Job, ...]:
        """The jobs that the server still has, the latest first."""
        found = await self._every(Job, Call(dialect.LIST_JOBS), lambda job: job.job_id)
        return newest_first(found, lambda job: job.created_at)

    async def job(self, job_id: str) -> JobProgress:
        """One job, and in how many seconds the server wants to be asked again.

        While it runs the answer is the job; when it is final, a redirect to its result. A
        billing report that it made comes along: it is too large to be asked for twice.

        Raises:
            NotFound: there is no such job, or not any more (contract §1.6: 7 days).
        """
        call = Call(dialect.GET_JOB, {dialect.JOB_ID: job_id})
        response = await self._send(call)
        try:
            job, report = await self._job_and_report(response.content)
        except Undecodable:
            raise self._unexpected(response, call) from None
        pause = read_retry_after(response.headers.get("retry-after"), self._clock.now())
        return JobProgress(job, pause, report)

    async def job_items(self, job_id: str) -> tuple[JobItem, ...]:
        """What became of the targets of a job, so far or in the end, in the server's order.

        Items are told apart by their places, because the echoes of a ping are all of
        the same Thing.
        """
        call = Call(dialect.JOB_RESULT, {dialect.JOB_ID: job_id})

        async def fetch(offset: int, limit: int) -> RawPage[tuple[int, JobItem]]:
            return _numbered(await self._page(JobItem, call, offset, limit))

        numbered = await every(fetch, lambda row: (row[0], row[1].thing_id))
        return tuple(item for _, item in numbered)

    async def _job_and_report(self, body: bytes) -> tuple[Job, BillingReport | None]:
        """What is in the body of either answer. Raises ``Undecodable``."""
        if len(body) < _LONG:
            try:
                return decode_object(Job, body), None
            except Undecodable:
                pass
        result, report, unreadable = await decode_made(body, _JobResult)
        self.unreadable += unreadable
        return result.job, report


def _numbered(page: RawPage[JobItem]) -> RawPage[tuple[int, JobItem]]:
    places = enumerate(page.rows, page.offset)
    rows = tuple(None if item is None else (place, item) for place, item in places)
    return RawPage(rows, page.offset, page.limit, page.total)
