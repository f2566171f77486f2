"""Freshness: polling, writes that overtake a fetch, failure and recovery."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from itertools import pairwise

import pytest

from simtui.errors import NotFound, QuotaExceeded, ServerFault, Unreachable
from simtui.store.queries import AccountQuery, ThingQuery
from simtui.store.retry import pause_after

QUERY = ThingQuery("t_1")


async def test_a_watched_answer_is_fetched_again_when_too_old(store, source, seen, thing, clock):
    source.answers["thing"] = thing(1)
    store.connect(source)
    store.watch(QUERY, seen())
    await clock.advance(QUERY.max_age - 0.1)
    assert source.count("thing") == 1
    await clock.advance(0.2)
    assert source.count("thing") == 2
    await clock.advance(QUERY.max_age * 3)
    assert source.count("thing") == 5


async def test_nobody_watches_nothing_is_asked_and_nothing_wakes(store, source, seen, thing, clock):
    source.answers["thing"] = thing(1)
    store.connect(source)
    watch = store.watch(QUERY, seen())
    await clock.advance(1)
    watch.close()
    await clock.advance(3600)
    assert source.count("thing") == 1
    assert clock.sleeping == []


async def test_the_scheduler_sleeps_exactly_until_the_next_is_due(
    store, source, seen, thing, clock, settle
):
    source.answers |= {"thing": thing(1)}
    store.connect(source)
    store.watch(QUERY, seen())
    store.watch(AccountQuery(), seen())
    await settle()
    assert clock.sleeping == [QUERY.max_age]


async def test_a_write_during_a_fetch_shows_the_value_as_stale_and_fetches_again(
    store, source, seen, thing, settle
):
    source.held.add("thing")
    store.connect(source)
    told = seen()
    store.watch(QUERY, told)
    await settle()
    store.invalidate({"thing:t_1"})
    await settle()
    assert source.count("thing") == 1
    source.pending["thing"][0].set_result(thing(1, name="before"))
    await settle()
    assert told.last.value.name == "before"
    assert told.last.stale
    assert told.last.loading
    source.pending["thing"][1].set_result(thing(1, name="after", version=2))
    await settle()
    assert told.last.value.name == "after"
    assert not told.last.stale
    assert source.count("thing") == 2


async def test_only_what_depends_on_the_subject_is_fetched_again(
    store, source, seen, thing, settle
):
    source.answers["thing"] = lambda thing_id: thing(int(thing_id[2:]))
    store.connect(source)
    store.watch(ThingQuery("t_1"), seen())
    store.watch(ThingQuery("t_2"), seen())
    await settle()
    store.invalidate({"thing:t_2"})
    await settle()
    assert [call[1] for call in source.calls] == ["t_1", "t_2", "t_2"]


async def test_refresh_joins_a_fetch_in_flight(store, source, seen, thing, settle):
    source.held.add("thing")
    store.connect(source)
    store.watch(QUERY, seen())
    await settle()
    store.refresh(QUERY)
    source.pending["thing"][0].set_result(thing(1))
    await settle()
    assert source.count("thing") == 1


async def test_refresh_does_not_join_a_fetch_from_before_the_invalidation(
    store, source, thing, settle
):
    source.held.add("thing")
    store.connect(source)
    store.refresh(QUERY)
    await settle()
    store.invalidate({"thing:t_1"})
    store.refresh(QUERY)
    source.pending["thing"][0].set_result(thing(1))
    await settle()
    assert source.count("thing") == 2


async def test_an_unwatched_answer_that_was_invalidated_waits_for_a_watcher(
    store, source, seen, thing, settle
):
    source.answers["thing"] = thing(1)
    store.connect(source)
    await store.fetch(QUERY)
    store.invalidate({"things"})
    await settle()
    assert source.count("thing") == 1
    assert store.entry(QUERY).stale
    store.watch(QUERY, seen())
    await settle()
    assert source.count("thing") == 2


async def test_fetch_gives_the_fresh_value_not_the_known_one(store, source, thing):
    source.answers["thing"] = thing(1)
    store.connect(source)
    await store.fetch(QUERY)
    source.answers["thing"] = thing(1, version=2)
    assert (await store.fetch(QUERY)).version == 2


async def test_fetch_raises_though_an_old_value_is_known(store, source, thing):
    source.answers["thing"] = thing(1)
    store.connect(source)
    await store.fetch(QUERY)
    source.answers["thing"] = ServerFault("The server failed")
    with pytest.raises(ServerFault):
        await store.fetch(QUERY)
    assert store.entry(QUERY).value == thing(1)


async def test_fetch_after_an_invalidation_waits_for_the_newer_answer(store, source, thing, settle):
    source.held.add("thing")
    store.connect(source)
    first = asyncio.create_task(store.fetch(QUERY))
    await settle()
    store.invalidate({"thing:t_1"})
    second = asyncio.create_task(store.fetch(QUERY))
    await settle()
    source.pending["thing"][0].set_result(thing(1))
    await settle()
    assert first.done()
    assert not second.done()
    source.pending["thing"][1].set_result(thing(1, version=2))
    assert (await second).version == 2


async def test_fetch_without_a_connection_says_so(store):
    with pytest.raises(Unreachable):
        await store.fetch(QUERY)
    store.refresh(QUERY)


async def test_closing_ends_a_fetch_that_waits(store, source, settle):
    source.held.add("thing")
    store.connect(source)
    waiting = asyncio.create_task(store.fetch(QUERY))
    await settle()
    await store.close()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    assert source.closed


async def test_a_failure_keeps_the_old_value_and_says_why(store, source, seen, thing, clock):
    source.answers["thing"] = thing(1)
    store.connect(source)
    told = seen()
    store.watch(QUERY, told)
    await clock.advance(1)
    fetched_at = told.last.fetched_at
    source.answers["thing"] = ServerFault("The server failed")
    await clock.advance(QUERY.max_age)
    assert told.last.value == thing(1)
    assert told.last.fetched_at == fetched_at
    assert told.last.stale
    assert told.last.error.title == "The server failed"


async def test_failures_are_retried_with_growing_pauses_until_it_recovers(
    store, source, seen, thing, clock
):
    moments = []

    def fail(_id):
        moments.append(clock.seconds)
        return Unreachable("No answer")

    source.answers["thing"] = fail
    store.connect(source)
    told = seen()
    store.watch(QUERY, told)
    await clock.advance(250)
    pauses = [b - a for a, b in pairwise(moments)]
    assert pauses == [5, 10, 20, 40, 60, 60]
    source.answers["thing"] = thing(1)
    await clock.advance(60)
    assert told.last.error is None
    assert told.last.value == thing(1)
    source.answers["thing"] = Unreachable("No answer")
    await clock.advance(QUERY.max_age + 5)
    asked = source.count("thing")
    await clock.advance(10)
    assert source.count("thing") == asked + 1


async def test_the_first_answer_after_an_outage_brings_back_the_others(
    store, source, seen, thing, clock
):
    source.answers |= {"thing": Unreachable("No answer"), "account": Unreachable("No answer")}
    store.connect(source)
    account = seen()
    store.watch(AccountQuery(), account)
    await clock.advance(40)
    store.watch(QUERY, seen())
    await clock.advance(1)
    source.answers |= {"thing": thing(1), "account": "back"}
    await clock.advance(5)
    assert account.last.value == "back"


async def test_a_failure_nobody_watches_is_not_retried(store, source, seen, clock):
    source.answers["thing"] = Unreachable("No answer")
    store.connect(source)
    watch = store.watch(QUERY, seen())
    await clock.advance(1)
    watch.close()
    await clock.advance(600)
    assert source.count("thing") == 1


async def test_an_invalidation_does_not_wait_for_the_retry(store, source, seen, thing, clock):
    source.answers["thing"] = Unreachable("No answer")
    store.connect(source)
    told = seen()
    store.watch(QUERY, told)
    await clock.advance(100)
    source.answers["thing"] = thing(1)
    store.invalidate({"things"})
    await clock.advance(0)
    assert told.last.value == thing(1)


async def test_a_used_up_quota_waits_for_its_reset(store, source, seen, clock):
    source.answers["thing"] = QuotaExceeded(
        "The quota is used up", reset_at=clock.now() + timedelta(seconds=90)
    )
    store.connect(source)
    store.watch(QUERY, seen())
    await clock.advance(89)
    assert source.count("thing") == 1
    await clock.advance(2)
    assert source.count("thing") == 2


def test_definite_refusals_are_not_repeated_soon(clock):
    assert pause_after(NotFound("Gone"), 1, clock.now()) == 60
    assert pause_after(ServerFault("Failed"), 1, clock.now()) == 5
    assert pause_after(ServerFault("Failed"), 5000, clock.now()) == 60


async def test_errors_are_kept_without_the_frames_that_hold_requests(store, source, seen, settle):
    error = ServerFault("The server failed")
    error.__context__ = ValueError("with a request in its frames")
    source.answers["thing"] = error
    store.connect(source)
    told = seen()
    store.watch(QUERY, told)
    await settle()
    assert told.last.error is error
    assert told.last.error.__traceback__ is None
    assert told.last.error.__context__ is None
