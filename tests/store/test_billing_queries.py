"""Reports: at once or by a job, never started again by themselves, kept as long as is right."""

from __future__ import annotations

from typing import Any

import pytest

from simtui.errors import JobFailed, NotFound, Unreachable
from simtui.models import BillingCycle, BillingLine, BillingReport, Job, JobProgress, ReportRequest
from simtui.models.billing import CycleStatus
from simtui.store import cells
from simtui.store.billing_queries import BillingReportQuery, report_query
from simtui.store.entry import Progress
from simtui.store.queries import GroupsQuery, JobQuery

REQUEST = ReportRequest("2026-11", group_by="THING")
QUERY = BillingReportQuery(REQUEST)
JOB = Job("j_1", "REPORT", "QUEUED", total=0)


def report(lines: int = 1, request: ReportRequest = REQUEST) -> BillingReport:
    told, cycle = (BillingLine("DATA", "0.10"),) * lines, BillingCycle(request.cycle_id)
    return BillingReport(request.scope, "EUR", cycle, lines=told)


class Platform:
    """A server that makes a report with a job, as long as the test wants."""

    def __init__(self, source: Any) -> None:
        self.source = source
        self.status = "RUNNING"
        self.made: BillingReport | None = None
        self.started = 0
        source.answers |= {"billing_report": self.start, "job": self.job}

    def start(self, request: ReportRequest) -> Job:
        self.started += 1
        return Job(f"j_{self.started}", "REPORT", "QUEUED", total=0)

    def job(self, job_id: str) -> JobProgress:
        return JobProgress(Job(job_id, "REPORT", self.status, total=0), 1.0, self.made)

    def end(self, status: str = "COMPLETED", made: BillingReport | None = None) -> None:
        self.status, self.made = status, made


@pytest.fixture
def platform(source) -> Platform:
    return Platform(source)


async def test_a_report_at_once(store, source, seen, settle) -> None:
    source.answers["billing_report"] = report()
    told = seen()
    store.connect(source)
    store.watch(QUERY, told)
    await settle()
    assert told.last.value == report()
    assert source.calls == [("billing_report", REQUEST)]


async def test_one_by_a_job_tells_how_far_it_is_and_comes_once(
    store, source, clock, seen, settle, platform
) -> None:
    told = seen()
    store.connect(source)
    store.watch(QUERY, told)
    await settle()
    progress = told.last.progress
    assert (told.last.loading, told.last.value) == (True, None)
    assert isinstance(progress, Progress)
    assert progress.job is not None
    assert (progress.job.status, progress.total) == ("RUNNING", None)
    platform.end(made=report())
    await clock.advance(1)
    assert (told.last.value, told.last.loading, told.last.progress) == (report(), False, None)
    reads = source.count("job")
    await clock.advance(3600)
    assert (platform.started, source.count("job")) == (1, reads)
    assert store.entry(JobQuery("j_1")).value is None, "it is kept once"


async def test_who_leaves_and_comes_back_finds_the_job_that_was_started(
    store, source, clock, seen, settle, platform
) -> None:
    store.connect(source)
    watch = store.watch(QUERY, seen())
    await settle()
    watch.close()
    await clock.advance(2)
    told = seen()
    store.watch(QUERY, told)
    platform.end(made=report())
    await clock.advance(2)
    assert told.last.value == report()
    assert platform.started == 1


async def test_the_end_of_a_report_outdates_nothing_else(
    store, source, clock, seen, settle, platform
) -> None:
    store.connect(source)
    store.watch(GroupsQuery(), seen())
    store.watch(QUERY, seen())
    await settle()
    platform.end(made=report())
    await clock.advance(2)
    assert source.count("groups") == 1


@pytest.mark.parametrize("status", ["FAILED", "CANCELLED", "COMPLETED"])
async def test_a_job_that_made_nothing_is_not_started_again_by_itself(
    store, source, clock, seen, settle, platform, status: str
) -> None:
    told = seen()
    store.connect(source)
    watch = store.watch(QUERY, told)
    await settle()
    platform.end(status)
    await clock.advance(2)
    error = told.last.error
    assert isinstance(error, JobFailed)
    assert status in str(error)
    assert "j_1" in str(error)
    await clock.advance(3600)
    watch.close()
    store.watch(QUERY, told)
    await clock.advance(60)
    assert platform.started == 1
    platform.end(made=report())
    store.refresh(QUERY)
    await clock.advance(2)
    assert told.last.value == report()
    assert platform.started == 2


async def test_a_job_that_is_gone_is_told(store, source, clock, seen, settle, platform) -> None:
    told = seen()
    store.connect(source)
    store.watch(QUERY, told)
    await settle()
    source.answers["job"] = NotFound("There is no such job")
    await clock.advance(2)
    assert isinstance(told.last.error, JobFailed)
    assert "no such job any more" in str(told.last.error)


async def test_an_outage_in_the_middle_does_not_start_another_job(
    store, source, clock, seen, settle, platform
) -> None:
    told = seen()
    store.connect(source)
    store.watch(QUERY, told)
    await settle()
    source.answers["job"] = Unreachable("No answer")
    await clock.advance(120)
    source.answers["job"] = platform.job
    platform.end(made=report())
    await clock.advance(60)
    assert told.last.value == report()
    assert platform.started == 1


@pytest.mark.parametrize(("closed", "asked"), [(True, 1), (False, 2)])
async def test_a_closed_cycle_is_read_once_and_an_open_one_when_somebody_comes_back_later(
    store, source, clock, seen, settle, closed: bool, asked: int
) -> None:
    source.answers["billing_report"] = report()
    query = BillingReportQuery(REQUEST, closed)
    store.connect(source)
    watch = store.watch(query, seen())
    await clock.advance(86_400)
    assert source.count("billing_report") == 1, "nothing is polled"
    watch.close()
    store.watch(query, seen())
    await settle()
    assert source.count("billing_report") == asked


def test_what_is_known_of_the_cycle_decides_how_long_it_is_kept() -> None:
    closed = BillingCycle("2026-10", status=CycleStatus.CLOSED)
    assert report_query(REQUEST, closed).closed
    assert not report_query(REQUEST, BillingCycle("2026-11")).closed
    assert not report_query(REQUEST, None).closed


async def test_of_very_long_reports_only_some_are_kept(
    store, source, seen, settle, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cells, "UNWATCHED_WEIGHT", 250)
    source.answers["billing_report"] = lambda request: report(100, request)
    store.connect(source)
    queries = [BillingReportQuery(ReportRequest(f"2026-{n:02}"), closed=True) for n in range(5)]
    for query in queries:
        store.watch(query, seen()).close()
        await settle()
        watch = store.watch(query, seen())
        await settle()
        watch.close()
    kept = [query for query in queries if store.entry(query).value is not None]
    assert kept == queries[-3:], "two, and the one that was looked at last"
