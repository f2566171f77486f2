from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simtui.models import ItemOutcome, Job, JobItem, JobStatus
from simtui.models.bulk import REHEARSAL
from simtui.models.journal import Intent, JournalEntry, Outcome, Result
from simtui.views.jobs.head import batch_text, counts_line, origin_line, progress_line
from simtui.views.jobs.news import ended_text, settled_text, unknown_text
from simtui.views.jobs.progress import bar_text, left, percent_text, progress_text
from simtui.views.jobs.results import (
    outcomes_of,
    places_of,
    reason_text,
    result_columns,
    result_row,
)
from simtui.views.jobs.rows import job_row, jobs_columns
from simtui.views.jobs.ticket import MOST_LISTED, result_text
from simtui.views.jobs.words import job_title, status_cell
from simtui.views.text import cell_width


@pytest.fixture
def job(now: datetime) -> Job:
    return Job(
        "j_1", "SET_STATE", JobStatus.RUNNING, total=482, succeeded=117, failed=3, skipped=0,
        created_by="anna@example.com", created_at=now - timedelta(minutes=3),
    )  # fmt: skip


@pytest.fixture
def entry(now: datetime) -> JournalEntry:
    intent = Intent(
        "e1", now, "me@here", 7, "prod", "url id", "set-state", {"state": "SUSPENDED"},
        "Suspend 482 Things", "tag depot-7", (), "r1", "op",
    )  # fmt: skip
    return JournalEntry(intent)


def with_result(entry: JournalEntry, now: datetime, outcome: str, **told: object) -> JournalEntry:
    return replace(entry, results=(Result(entry.entry_id, now, outcome, **told),))


def text_of(row: object) -> str:
    return "".join(cell.text for cell in row)


@given(st.integers(0, 10**6), st.integers(1, 10**6), st.integers(1, 200))
def test_a_bar_is_full_only_when_all_is_done_and_empty_only_when_nothing_is(
    done: int, total: int, width: int
) -> None:
    bar = bar_text(done, total, width)
    assert len(bar) == width
    if width > 1:
        assert (bar == "█" * width) == (done >= total)
        assert (bar == "░" * width) == (done == 0)


@given(st.integers(1, 10**7), st.integers(0, 10**7), st.integers(16, 40))
def test_progress_never_is_wider_than_its_column(total: int, done: int, width: int) -> None:
    job = Job("j", "PING", JobStatus.RUNNING, total=total, succeeded=min(done, total))
    room = max(width, len(f"{total:,}/{total:,}"))
    assert cell_width(progress_text(job, room)) <= room


def test_progress_in_text(job: Job) -> None:
    assert progress_text(job, 16) == "█░░░░░░░ 120/482"
    assert progress_text(replace(job, status=JobStatus.COMPLETED), 16) == "120/482"
    assert percent_text(job) == "24 %"
    assert left(job) == 362
    unknown = Job("j", "REPORT", JobStatus.RUNNING)
    assert (progress_text(unknown, 16), percent_text(unknown), left(unknown)) == ("", "", None)


def test_a_row_says_what_how_far_and_by_whom(job: Job, entry: JournalEntry, now: datetime) -> None:
    for width in (80, 120):
        columns = jobs_columns(width)
        assert len(job_row(job, None, columns, now)) == len(columns)
    narrow = [cell.text for cell in job_row(job, entry, jobs_columns(80), now)]
    assert narrow[:2] == ["◍ running", "Suspend 482 Things"]
    assert narrow[3:] == ["3", "from here", "3m"]
    wide = [cell.text for cell in job_row(job, entry, jobs_columns(120), now)]
    assert wide[4] == "from here, anna@example.com"
    foreign = job_row(job, None, jobs_columns(120), now)
    assert (foreign[1].text, foreign[4].text) == ("Set state", "anna@example.com")
    assert foreign[3].tone == "bad"


def test_a_dry_run_and_unknown_words_are_shown_as_what_they_are(job: Job) -> None:
    assert job_title(replace(job, client_reference=REHEARSAL), None) == "Dry run: Set state"
    assert "nothing was changed" in text_of(counts_line(replace(job, client_reference=REHEARSAL)))
    strange = Job("j", "FROB\x1b[2J", "PAUSED")
    assert job_title(strange, None) == "FROB\\x1b[2J"
    assert status_cell(strange).text == "? paused"


@pytest.mark.parametrize("width", [30, 80, 120, 200])
def test_the_lines_over_the_result_fit(
    job: Job, entry: JournalEntry, now: datetime, width: int
) -> None:
    assert cell_width(text_of(progress_line(job, width))) <= width
    assert cell_width(text_of(origin_line(job, entry, now, width))) <= width


def test_counts_say_what_is_left_and_afterwards_what_was_never_come_to(job: Job) -> None:
    assert text_of(counts_line(job)) == " ✓ 117 done · ✗ 3 failed · 0 skipped · 362 left"
    cancelled = replace(job, status=JobStatus.CANCELLED)
    assert text_of(counts_line(cancelled)).endswith("362 not come to")
    done = replace(job, status=JobStatus.COMPLETED, succeeded=479)
    assert text_of(counts_line(done)) == " ✓ 479 done · ✗ 3 failed · 0 skipped"


def test_batches_say_which_of_how_many_and_what_was_never_sent(entry: JournalEntry) -> None:
    def batch(number: int) -> JournalEntry:
        return JournalEntry(replace(entry.intent, batch=number, batches=10))

    assert batch_text(entry, (entry,), goes_on=False) == ""
    two = (batch(1), batch(2))
    assert batch_text(two[0], two, goes_on=True) == "request 1 of 10"
    assert batch_text(two[1], two, goes_on=False) == "request 2 of 10; 8 requests were never sent"
    nine = tuple(map(batch, range(1, 10)))
    assert batch_text(nine[8], nine, goes_on=False) == "request 9 of 10; 1 request was never sent"
    assert batch_text(nine[8], (*nine, batch(10)), goes_on=False) == "request 9 of 10"


def test_results_stand_with_the_failed_first_and_filter_by_outcome(make_thing) -> None:
    items = (
        JobItem(ItemOutcome.OK, "t1", "8931086200000000019", before={"state": "ACTIVE"},
                after={"state": "SUSPENDED"}),
        JobItem("LATER", "t2"),
        JobItem(ItemOutcome.FAILED, "t3", "89", "ILLEGAL", "It is \x1b[31mretired"),
        JobItem(ItemOutcome.SKIPPED, "t1", "8931086200000000019", message="It is so already"),
    )  # fmt: skip
    assert outcomes_of(items) == ("FAILED", "OK", "SKIPPED", "LATER")
    assert places_of(items, None) == [2, 0, 3, 1]
    assert places_of(items, "OK") == [0]
    assert reason_text(items[0]) == "state ACTIVE → SUSPENDED"
    assert reason_text(items[2]) == "It is \\x1b[31mretired"
    for width in (80, 120):
        columns = result_columns(width)
        cells = dict(
            zip([c.key for c in columns], result_row(items[2], None, columns), strict=True)
        )
        assert cells["outcome"].text == "✗ failed"
        assert cells["name"].text == "…89"
        assert cells["reason"].tone == "bad"
    named = result_row(items[0], make_thing(name="pump-12"), result_columns(80))
    assert named[1].text == "pump-12"


def test_what_changed_is_told_for_every_kind_of_value() -> None:
    def told(before: object, after: object) -> str:
        return reason_text(JobItem("OK", before={"x": before}, after={"x": after}))

    assert told(["a"], ["a", "b"]) == "x a → a b"
    assert told({"address": None, "allocation": "DYNAMIC"}, {"address": "10.0.0.1"}) == (
        "x DYNAMIC → 10.0.0.1"
    )
    assert told(None, True) == "x null → true"
    assert reason_text(JobItem("OK", after={"session": "RESET"})) == "session RESET"
    assert reason_text(JobItem("OK")) == ""


def test_the_ticket_has_every_failure_up_to_what_a_clipboard_takes(
    job: Job, entry: JournalEntry, now: datetime, make_thing
) -> None:
    ended = replace(job, status=JobStatus.COMPLETED_WITH_ERRORS, finished_at=now, succeeded=479)
    failed = JobItem(ItemOutcome.FAILED, "t1", "8931", None, "no\nluck")
    text = result_text(ended, entry, (failed,), lambda _: make_thing(name="pump\x07"), now)
    assert text.splitlines()[0] == "Suspend 482 Things"
    assert "Job j_1, ended with errors: 479 done, 3 failed, 0 skipped" in text
    assert "✗ 8931 pump\\x07: no\\x0aluck" in text
    many = result_text(ended, None, (failed,) * (MOST_LISTED + 2), lambda _: None, now)
    assert "… and 2 more that failed" in many


def test_news_of_writes(entry: JournalEntry, now: datetime) -> None:
    assert unknown_text([entry]) == (
        "Suspend 482 Things of 22 Nov 03:12Z has no outcome yet; looking how it is now · 0 journal"
    )
    assert unknown_text([entry, entry]).startswith("2 writes of 22 Nov 03:12Z have no outcome yet")
    assert "did not happen" in settled_text(with_result(entry, now, Outcome.FAILED)).text
    assert ": done" in settled_text(with_result(entry, now, Outcome.CONFIRMED)).text


def test_the_end_of_several_requests_is_told_as_one(entry: JournalEntry, now: datetime) -> None:
    """Two batches of one step, then a second step for those that the first one did."""

    def request(kind: str, done: int, failed: int) -> JournalEntry:
        outcome = Outcome.PARTLY if failed else Outcome.CONFIRMED
        made = JournalEntry(replace(entry.intent, kind=kind))
        return with_result(made, now, outcome, succeeded=done, failed=failed)

    suspending = (request("set-state", 300, 2), request("set-state", 180, 0))
    cell = ended_text(suspending)
    assert cell.text == "! Suspend 482 Things: 480 done, 2 failed · 8 jobs"
    assert cell.tone == "warn"
    cell = ended_text((*suspending, request("reset", 479, 1)))
    assert cell.text == "! Suspend 482 Things: 479 done, 3 failed · 8 jobs"
    assert ended_text((request("set-state", 482, 0),)).text == (
        "✓ Suspend 482 Things: 482 done · 8 jobs"
    )


def test_requests_that_were_never_sent_are_told(entry: JournalEntry, now: datetime) -> None:
    """The program was killed while the first of two was on its way."""
    first = JournalEntry(replace(entry.intent, batch=1, batches=2))
    cell = ended_text((with_result(first, now, Outcome.CONFIRMED, succeeded=482, failed=0),))
    assert cell.text == "! 1 of 2 requests never sent: Suspend 482 Things: 482 done · 8 jobs"
    assert cell.tone == "warn"


def test_a_job_of_a_server_whose_clock_is_ahead_is_of_now(job: Job, now: datetime) -> None:
    ahead = replace(job, created_at=now + timedelta(seconds=40), started_at=None)
    assert job_row(ahead, None, jobs_columns(80), now)[-1].text == "now"
    assert "started now" in text_of(origin_line(ahead, None, now, 80))
