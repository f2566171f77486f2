"""What became of an operation, from the journal and from its jobs; nothing is sent for that."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from simtui.errors import Forbidden, NotFound, OutcomeUnknown
from simtui.models import Job, JobItem, JobProgress
from simtui.models.action import ResetConnection
from simtui.models.bulk import Target
from simtui.store.operation import Assignment
from simtui.store.sent import what_was_sent
from tests.store.conftest import START

OPERATION = "runbook-r1-reset-1"
JOB = Job("j_1", "X", "COMPLETED_WITH_ERRORS", 2, 1, 1, 0, started_at=START)
ITEMS = (JobItem("OK", "t_0"), JobItem("FAILED", "t_1", message="no"))


@pytest.fixture
async def open_store(store, source):
    store.connect(source)
    source.answers |= {
        "start_bulk": lambda bulk: JOB,
        "job": lambda job_id: JobProgress(JOB, None),
        "job_items": lambda job_id: ITEMS,
        "jobs": lambda: (),
    }
    return store


@pytest.fixture
def two(thing):
    things = (thing(0), thing(1))
    ids = Target(tuple(one.thing_id for one in things))
    return Assignment(ResetConnection(), things, ids, 2, "Reset the connection of 2 Things", "them")


async def test_what_never_left_is_none(open_store):
    assert await what_was_sent(open_store, OPERATION) is None


async def test_of_a_job_it_is_what_became_of_each_thing_from_when_it_began(open_store, two):
    await open_store.operations.start(two, OPERATION).wait()
    sent = await what_was_sent(open_store, OPERATION)
    assert sent is not None
    assert sent.items == {"t_0": ITEMS[0], "t_1": ITEMS[1]}
    assert (sent.at, sent.refused) == (START, "")
    assert {one.intent.operation for one in open_store.journal.entries} == {OPERATION}


async def test_of_what_was_refused_it_is_the_reason(open_store, source, two):
    source.answers["start_bulk"] = Forbidden("Not you", "You are READ_ONLY")
    with pytest.raises(Forbidden):
        await open_store.operations.start(two, OPERATION).wait()
    sent = await what_was_sent(open_store, OPERATION)
    assert sent is not None
    assert "Not you" in sent.refused
    assert {item.outcome for item in sent.items.values()} == {"FAILED"}
    assert source.count("start_bulk") == 1


async def test_a_lost_answer_is_looked_up_first(open_store, source, two, clock):
    source.answers["start_bulk"] = OutcomeUnknown("Lost", "The connection was closed")
    running = open_store.operations.start(two, OPERATION)
    await clock.advance(1)
    entry = open_store.journal.entries[0]
    found = replace(JOB, client_reference=entry.intent.reference)
    source.answers["jobs"] = lambda: (found,)
    asking = asyncio.ensure_future(what_was_sent(open_store, OPERATION))
    await clock.advance(30)
    await running.wait()
    sent = await asking
    assert sent is not None
    assert set(sent.items) == {"t_0", "t_1"}
    assert source.count("start_bulk") == 1


async def test_of_a_job_that_nobody_has_any_more_the_journal_tells(open_store, source, two):
    await open_store.operations.start(two, OPERATION).wait()
    source.answers["job"] = NotFound("There is no such job")
    sent = await what_was_sent(open_store, OPERATION)
    assert sent is not None
    assert sent.items == {}  # it ended with errors, and for which Things nobody can tell now
