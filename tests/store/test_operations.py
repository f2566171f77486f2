"""Operations on many Things: rehearsed, sent as jobs, followed to their end, reported."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from simtui.errors import Conflict, NotFound, OutcomeUnknown, SimtuiError, Unreachable
from simtui.models import Job, JobItem, JobProgress, SessionSummary
from simtui.models.action import AddTags, RemoveTags, RenameTag, ResetConnection, SetState
from simtui.models.bulk import Target
from simtui.models.journal import Outcome
from simtui.store.job_writes import CancelJob
from simtui.store.operation import Assignment
from simtui.store.queries import GroupsQuery, JobQuery

LOST = OutcomeUnknown("The outcome is unknown", "The connection was closed")
SUSPEND = SetState("SUSPENDED", "theft")


class Platform:
    """Jobs that run as long as the test wants, with an item for every Thing they were given."""

    def __init__(self, source):
        self.source = source
        self.asked = []
        self.jobs = {}
        self.results = {}
        self.outcomes = {}
        self.finished = True
        self.lost = False
        source.answers |= {
            "start_bulk": self.start,
            "job": self.job,
            "jobs": lambda: tuple(self.jobs.values()),
            "job_items": lambda job_id: self.results[job_id],
        }

    def start(self, bulk):
        self.asked.append(bulk)
        ids = bulk.target.thing_ids or tuple(f"t_{n}" for n in range(bulk.expected_count))
        job = Job(f"j_{len(self.asked)}", "X", "RUNNING", client_reference=bulk.client_reference)
        self.jobs[job.job_id] = job
        self.results[job.job_id] = tuple(
            JobItem(self.outcomes.get(each, "OK"), each, message="as it is") for each in ids
        )
        return LOST if self.lost else job

    def job(self, job_id):
        items = self.results[job_id]
        counts = {
            name: sum(item.outcome == outcome for item in items)
            for name, outcome in (("succeeded", "OK"), ("failed", "FAILED"), ("skipped", "SKIPPED"))
        }
        failed = counts["failed"]
        status = "COMPLETED_WITH_ERRORS" if failed else "COMPLETED"
        job = self.jobs[job_id]
        if self.finished and job.status == "RUNNING":
            self.jobs[job_id] = job = replace(job, status=status, total=len(items), **counts)
        return JobProgress(job, None if job.finished else 3.0)


@pytest.fixture
async def platform(store, source):
    store.connect(source)
    return Platform(source)


@pytest.fixture
def assignment(thing):
    def make(count, action=SUSPEND, target=None, **fields):
        things = tuple(thing(number, **fields) for number in range(count))
        ids = Target(tuple(each.thing_id for each in things))
        return Assignment(action, things, target or ids, count, f"Suspend {count} Things", "them")

    return make


async def test_a_rehearsal_asks_for_a_dry_run_and_leaves_no_trace_in_the_journal(
    store, platform, assignment
):
    platform.outcomes = {"t_2": "SKIPPED"}
    report = await store.operations.rehearse(assignment(3))
    assert [(bulk.dry_run, bulk.expected_count) for bulk in platform.asked] == [(True, 3)]
    assert [item.thing_id for item in report.skipped] == ["t_2"]
    assert store.journal.entries == ()


async def test_one_thing_is_not_rehearsed(store, platform, assignment):
    report = await store.operations.rehearse(assignment(1))
    assert (platform.asked, report.items) == ([], ())


async def test_a_tag_is_one_request_that_expects_the_number_that_was_confirmed(
    store, platform, assignment
):
    running = store.operations.start(assignment(482, target=Target(tag="depot-7")))
    report = await running.wait()
    (bulk,) = platform.asked
    assert bulk.target == Target(tag="depot-7")
    assert (bulk.expected_count, bulk.dry_run) == (482, False)
    assert len(report.succeeded) == 482
    (entry,) = store.journal.entries
    assert entry.outcome == Outcome.CONFIRMED
    assert entry.intent.reference == bulk.client_reference
    assert len(entry.intent.things) == 482
    assert [result.outcome for result in entry.results] == ["accepted", "confirmed"]


async def test_more_things_than_a_request_can_name_are_several_requests(
    store, platform, assignment
):
    report = await store.operations.start(assignment(2400)).wait()
    assert [len(bulk.target.thing_ids) for bulk in platform.asked] == [1000, 1000, 400]
    assert [entry.intent.batch for entry in store.journal.entries] == [1, 2, 3]
    assert {entry.intent.batches for entry in store.journal.entries} == {3}
    assert len({entry.intent.operation for entry in store.journal.entries}) == 1
    assert len(report.items) == 2400


async def test_retiring_many_confirms_their_number_but_not_in_the_rehearsal(
    store, platform, assignment
):
    retire = assignment(3, SetState("RETIRED"))
    await store.operations.rehearse(retire)
    await store.operations.start(retire).wait()
    assert [bulk.confirm_count for bulk in platform.asked] == [None, 3]


async def test_failures_are_reported_in_the_servers_words(store, platform, assignment):
    platform.outcomes = {"t_1": "FAILED"}
    report = await store.operations.start(assignment(3)).wait()
    assert [(item.thing_id, item.message) for item in report.failed] == [("t_1", "as it is")]
    (entry,) = store.journal.entries
    assert (entry.outcome, entry.results[-1].failed) == (Outcome.PARTLY, 1)


async def test_the_session_is_ended_only_where_one_runs_and_the_state_was_changed(
    store, platform, assignment
):
    confirmed = assignment(4, replace(SUSPEND, end_session=True), session=SessionSummary("ONLINE"))
    silent = replace(confirmed.things[3], session=SessionSummary("OFFLINE"))
    confirmed = replace(confirmed, things=(*confirmed.things[:3], silent))
    platform.outcomes = {"t_0": "FAILED"}
    report = await store.operations.start(confirmed).wait()
    first, second = platform.asked
    assert first.action == SUSPEND
    assert (second.action, second.target) == (ResetConnection(), Target(("t_1", "t_2")))
    assert {item.thing_id: item.outcome for item in report.items}["t_0"] == "FAILED"
    assert len(report.items) == 4


async def test_renaming_a_tag_takes_the_old_one_only_from_those_that_got_the_new_one(
    store, platform, assignment
):
    platform.outcomes = {"t_0": "FAILED"}
    await store.operations.start(assignment(3, RenameTag("a", "b"), tags=("a",))).wait()
    first, second = platform.asked
    assert (first.action, len(first.target.thing_ids)) == (AddTags(("b",)), 3)
    assert (second.action, second.target.thing_ids) == (RemoveTags(("a",)), ("t_1", "t_2"))
    added, removed = store.journal.entries
    assert added.intent.things[0].fields == {"tags": ["a"]}
    assert removed.intent.things[0].fields == {"tags": ["a", "b"]}


async def test_a_lost_answer_is_found_again_by_its_reference_and_followed(
    store, platform, assignment, clock
):
    platform.lost = True
    seen = []
    running = store.operations.start(assignment(3))
    running.listen(lambda: seen.append(running.progress.unknown))
    await clock.advance(10)
    report = await running.wait()
    assert len(platform.asked) == 1
    assert len(report.succeeded) == 3
    assert True in seen
    outcomes = [result.outcome for result in store.journal.entries[0].results]
    assert outcomes == ["unknown", "accepted", "confirmed"]


async def test_a_request_that_never_arrived_is_said_to_be_so_and_not_sent_again(
    store, platform, source, assignment, clock
):
    source.answers["start_bulk"] = LOST
    running = store.operations.start(assignment(3))
    await clock.advance(10)
    with pytest.raises(SimtuiError, match="It was not done"):
        await running.wait()
    assert source.count("start_bulk") == 1
    assert store.journal.entries[0].outcome == Outcome.FAILED


async def test_a_refusal_ends_the_operation_with_its_reason(store, source, platform, assignment):
    source.answers["start_bulk"] = Conflict("Refused", "The target has 4 Things, not 3")
    running = store.operations.start(assignment(3))
    with pytest.raises(Conflict):
        await running.wait()
    assert isinstance(running.error, Conflict)
    assert store.operations.running == ()


async def test_a_job_is_asked_for_as_often_as_the_server_wants(
    store, platform, assignment, clock, source
):
    platform.finished = False
    running = store.operations.start(assignment(3))
    await clock.advance(0)
    assert clock.sleeping.count(3.0) == 1
    await clock.advance(9)
    assert source.count("job") == 4
    assert running.progress.job.status == "RUNNING"
    platform.finished = True
    await clock.advance(3)
    await running.wait()


async def test_an_outage_does_not_end_the_following(store, source, platform, assignment, clock):
    answer, source.answers["job"] = source.answers["job"], Unreachable("Nobody is there")
    running = store.operations.start(assignment(3))
    await clock.advance(5)
    assert not running.done
    source.answers["job"] = answer
    await clock.advance(10)
    assert len((await running.wait()).succeeded) == 3


async def test_what_became_of_a_job_that_the_server_lost_is_read_from_the_things(
    store, source, platform, assignment, thing, clock
):
    """Such as a sandbox that was started again while the job ran."""
    source.answers["job"] = NotFound("Could not load the job", "There is none")
    source.pages = [(thing(0, state="SUSPENDED"), thing(1), thing(2))]
    running = store.operations.start(assignment(3))
    await clock.advance(20)
    with pytest.raises(NotFound):
        await running.wait()
    (entry,) = store.journal.entries
    assert entry.outcome == Outcome.PARTLY
    assert entry.results[-1].detail.endswith("1 of 3 Things are as asked")
    assert [result.outcome for result in entry.results] == ["accepted", "unknown", "partly"]
    assert len(platform.asked) == 1


async def test_when_the_job_has_ended_what_is_watched_is_read_again(
    store, platform, source, assignment, seen, settle
):
    store.watch(GroupsQuery(), seen())
    await settle()
    await store.operations.start(assignment(3)).wait()
    await settle()
    assert source.count("groups") == 2


async def test_closing_the_store_lets_the_job_go_on_and_the_next_start_takes_it_up(
    store, platform, assignment, clock, settle
):
    platform.finished = False
    running = store.operations.start(assignment(3))
    await clock.advance(0)
    await running.close()
    await store._writes.jobs.close()
    assert store.journal.entries[0].outcome == Outcome.ACCEPTED
    platform.finished = True
    store.journal._begun.clear()  # as after a restart
    assert len(store.outbox.take_up()) == 1
    await settle()
    assert store.journal.entries[0].outcome == Outcome.CONFIRMED
    assert len(platform.asked) == 1


async def test_a_write_that_the_last_run_never_heard_of_is_looked_up_at_the_next_start(
    store, platform, source, assignment, clock
):
    source.held.add("start_bulk")
    running = store.operations.start(assignment(3))
    await clock.advance(0)
    platform.start(source.last("start_bulk")[0])  # it arrived, and then the program was killed
    await running.close()
    store.journal._begun.clear()
    assert [entry.outcome for entry in store.outbox.take_up()] == [Outcome.UNKNOWN]
    await clock.advance(10)
    assert store.journal.entries[0].outcome == Outcome.CONFIRMED
    assert source.count("start_bulk") == 1


async def test_cancelling_a_job_is_a_write_like_any_other(store, source, platform, clock):
    job = Job("j_9", "SET_STATE", "RUNNING")
    source.answers["cancel_job"] = replace(job, status="CANCELLED")
    await store.outbox.run(CancelJob(job))
    (entry,) = store.journal.entries
    assert (entry.intent.kind, entry.outcome) == ("cancel-job", Outcome.CONFIRMED)


async def test_a_cancel_whose_answer_was_lost_is_looked_up(store, source, platform, clock):
    job = Job("j_9", "SET_STATE", "RUNNING")
    source.answers |= {
        "cancel_job": LOST,
        "job": JobProgress(replace(job, status="CANCELLED")),
    }
    with pytest.raises(OutcomeUnknown):
        await store.outbox.run(CancelJob(job))
    await clock.advance(10)
    assert store.journal.entries[0].outcome == Outcome.CONFIRMED


async def test_whoever_watches_a_job_sees_it_advance(store, platform, assignment, seen, clock):
    platform.finished = False
    watcher = seen()
    running = store.operations.start(assignment(2))
    await clock.advance(0)
    store.watch(JobQuery("j_1"), watcher)
    platform.finished = True
    await clock.advance(3)
    await running.wait()
    assert watcher.last.value.job.status == "COMPLETED"


async def test_a_listener_that_left_is_told_nothing(store, platform, assignment):
    heard = []
    running = store.operations.start(assignment(2))
    leave = running.listen(lambda: heard.append(1))
    leave()
    leave()
    await running.wait()
    await asyncio.sleep(0)
    assert heard == []


async def test_what_was_done_is_reported_when_a_later_request_is_refused(
    store, platform, source, assignment
):
    start = source.answers["start_bulk"]
    refusal = Conflict("Refused", "The target has changed", name="TARGET_COUNT_CHANGED")
    source.answers["start_bulk"] = lambda bulk: start(bulk) if not platform.asked else refusal
    report = await store.operations.start(assignment(1002)).wait()
    assert len(report.succeeded) == 1000
    assert [(item.thing_id, item.name) for item in report.failed] == [
        ("t_1000", "TARGET_COUNT_CHANGED"),
        ("t_1001", "TARGET_COUNT_CHANGED"),
    ]


async def test_a_cancelled_job_is_the_last_request_of_its_operation(
    store, platform, source, assignment, clock
):
    platform.finished = False
    running = store.operations.start(assignment(1002, SetState("SUSPENDED", end_session=True)))
    await clock.advance(0)
    (job,) = platform.jobs.values()
    platform.jobs[job.job_id] = replace(job, status="CANCELLED", succeeded=2)
    platform.results[job.job_id] = platform.results[job.job_id][:2]
    await clock.advance(5)
    report = await running.wait()
    assert len(platform.asked) == 1
    assert [item.thing_id for item in report.succeeded] == ["t_0", "t_1"]
    assert {str(item.message) for item in report.failed} == {
        "It was cancelled before it came to this Thing."
    }
    assert len(report.failed) == 1000


async def test_a_rehearsal_without_an_answer_has_changed_nothing(
    store, platform, source, assignment
):
    source.answers["start_bulk"] = LOST
    with pytest.raises(Unreachable, match="rehearsal was not answered"):
        await store.operations.rehearse(assignment(3))
    assert store.journal.entries == ()


async def test_whoever_waits_is_told_when_it_cannot_be_looked_up_for_too_long(
    store, platform, source, assignment, clock
):
    source.answers |= {"start_bulk": LOST, "jobs": Unreachable("Nobody is there")}
    running = store.operations.start(assignment(3))
    await clock.advance(600)
    with pytest.raises(OutcomeUnknown):
        await running.wait()
    assert store.journal.entries[0].outcome == Outcome.UNKNOWN
    source.answers["jobs"] = ()
    await clock.advance(600)
    assert store.journal.entries[0].outcome == Outcome.FAILED
