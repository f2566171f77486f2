"""Watching: what a watcher is told, when, and how often."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from itertools import pairwise

from simtui.errors import CapabilityAbsent, NoneOfThisOne, ServerFault
from simtui.store.cells import UNWATCHED_KEPT
from simtui.store.entry import Entry
from simtui.store.queries import SessionQuery, ThingJsonQuery, ThingQuery, WindowQuery


async def test_before_the_connection_a_watcher_is_told_that_nothing_is_known(store, seen):
    told = seen()
    store.watch(ThingQuery("t_1"), told)
    assert told.entries == [Entry(stale=True, loading=False)]


async def test_what_is_watched_before_the_connection_is_fetched_by_it(
    store, source, seen, thing, settle
):
    source.answers["thing"] = thing(1)
    told = seen()
    store.watch(ThingQuery("t_1"), told)
    store.connect(source)
    assert told.last.loading
    await settle()
    assert told.last.value == thing(1)
    assert not told.last.loading
    assert not told.last.stale


async def test_a_watcher_is_told_the_present_entry_at_once(
    store, source, seen, thing, clock, settle
):
    source.answers["thing"] = thing(1)
    store.connect(source)
    store.watch(ThingQuery("t_1"), seen())
    await settle()
    late = seen()
    store.watch(ThingQuery("t_1"), late)
    assert late.entries == [Entry(thing(1), clock.now(), stale=False)]


async def test_parallel_watchers_share_one_fetch(store, source, seen, thing, settle):
    source.held.add("thing")
    store.connect(source)
    first, second = seen(), seen()
    store.watch(ThingQuery("t_1"), first)
    store.watch(ThingQuery("t_1"), second)
    await settle()
    source.pending["thing"][0].set_result(thing(1))
    await settle()
    assert source.count("thing") == 1
    assert first.last == second.last
    assert first.last.value == thing(1)


async def test_equal_entries_are_not_announced_twice(store, source, seen, thing, settle):
    source.answers["thing"] = lambda _id: thing(1)
    store.connect(source)
    told = seen()
    store.watch(ThingQuery("t_1"), told)
    await settle()
    for _ in range(3):
        store.refresh(ThingQuery("t_1"))
        await settle()
    assert all(a != b for a, b in pairwise(told.entries))


async def test_a_repeated_failure_is_told_once(store, source, seen, clock):
    source.answers["thing"] = lambda _id: ServerFault("The server failed", status=500)
    store.connect(source)
    told = seen()
    store.watch(ThingQuery("t_1"), told)
    await clock.advance(20)
    errors = {id(entry.error) for entry in told.entries if entry.error}
    assert source.count("thing") >= 3
    assert len(errors) == 1


async def test_a_closed_watcher_hears_nothing_more(store, source, seen, thing, settle):
    source.held.add("thing")
    store.connect(source)
    told = seen()
    watch = store.watch(ThingQuery("t_1"), told)
    await settle()
    watch.close()
    watch.close()
    heard = len(told.entries)
    source.pending["thing"][0].set_result(thing(1))
    await settle()
    assert len(told.entries) == heard
    assert store.entry(ThingQuery("t_1")).value == thing(1)


async def test_a_watcher_may_close_itself_and_watch_another_while_told(
    store, source, seen, thing, settle
):
    source.answers["thing"] = lambda thing_id: thing(int(thing_id[2:]))
    store.connect(source)
    other, watches = seen(), []

    def hop(entry):
        if entry.value is not None and watches:
            watches.pop().close()
            store.watch(ThingQuery("t_2"), other)

    watches.append(store.watch(ThingQuery("t_1"), hop))
    await settle()
    assert other.last.value == thing(2)


async def test_a_watcher_that_fails_does_not_keep_others_from_hearing(
    store, source, seen, thing, settle
):
    faults = []
    asyncio.get_running_loop().set_exception_handler(lambda _loop, context: faults.append(context))
    source.held.add("thing")
    store.connect(source)
    broken = [False]

    def fail(entry):
        if broken[0]:
            raise RuntimeError("a bug in a panel")

    store.watch(ThingQuery("t_1"), fail)
    told = seen()
    store.watch(ThingQuery("t_1"), told)
    await settle()
    broken[0] = True
    source.pending["thing"][0].set_result(thing(1))
    await settle()
    assert told.last.value == thing(1)
    assert [str(fault["exception"]) for fault in faults] == ["a bug in a panel"]


async def test_an_absent_endpoint_is_asked_once_for_all_things(store, source, seen, clock):
    source.answers["session"] = CapabilityAbsent("There are no sessions here")
    store.connect(source)
    told, other = seen(), seen()
    store.watch(SessionQuery("t_1"), told)
    await clock.advance(600)
    store.watch(SessionQuery("t_2"), other)
    store.refresh(SessionQuery("t_1"))
    await clock.advance(600)
    assert source.count("session") == 1
    assert isinstance(told.last.error, CapabilityAbsent)
    assert isinstance(other.last.error, CapabilityAbsent)
    assert not other.last.loading


async def test_that_one_thing_has_none_of_it_says_nothing_about_others(store, source, seen, settle):
    source.answers["session"] = NoneOfThisOne("It never had a session")
    store.connect(source)
    store.watch(SessionQuery("t_1"), seen())
    await settle()
    store.watch(SessionQuery("t_2"), seen())
    await settle()
    assert [call[1] for call in source.calls if call[0] == "session"] == ["t_1", "t_2"]


async def test_a_fault_of_our_own_becomes_a_sentence(store, source, seen, settle):
    source.answers["thing"] = KeyError("iccid")
    store.connect(source)
    told = seen()
    store.watch(ThingQuery("t_1"), told)
    await settle()
    assert not told.last.loading
    assert "fault in simtui" in str(told.last.error)


async def test_an_answer_that_is_not_polled_is_fetched_anew_by_a_later_watcher(
    store, source, seen, clock
):
    source.answers["thing_json"] = "{}"
    store.connect(source)
    watch = store.watch(ThingJsonQuery("t_1"), seen())
    await clock.advance(600)
    assert source.count("thing_json") == 1
    watch.close()
    store.watch(ThingJsonQuery("t_1"), seen())
    await clock.advance(1)
    assert source.count("thing_json") == 2


async def test_a_window_that_scrolls_by_is_not_asked_for(store, source, seen, thing, clock):
    source.pages = [(thing(1),)]
    store.connect(source)
    watch = store.watch(WindowQuery((thing(1).iccid,)), seen())
    await clock.advance(0.2)
    watch.close()
    await clock.advance(60)
    assert source.count("things") == 0


async def test_the_request_of_a_window_that_was_left_is_cancelled(
    store, source, seen, thing, clock, settle
):
    source.answers["things"] = None
    source.held.add("things")
    store.connect(source)
    watch = store.watch(WindowQuery((thing(1).iccid,)), seen())
    await clock.advance(1)
    watch.close()
    await settle()
    assert source.pending["things"][0].cancelled()


async def test_answers_that_nobody_watches_are_forgotten_oldest_first(
    store, source, seen, thing, settle
):
    source.answers["thing"] = lambda thing_id: thing(int(thing_id[2:]))
    store.connect(source)
    for number in range(UNWATCHED_KEPT + 10):
        store.watch(ThingQuery(f"t_{number}"), seen()).close()
        await store.fetch(ThingQuery(f"t_{number}"))
    assert store.entry(ThingQuery("t_0")).value is None
    assert store.entry(ThingQuery(f"t_{UNWATCHED_KEPT}")).value is not None


def test_an_age_is_never_negative(clock):
    entry = Entry(1, clock.now())
    assert entry.age(clock.now() + timedelta(seconds=5)) == timedelta(seconds=5)
    assert entry.age(clock.now() - timedelta(seconds=5)) == timedelta()
    assert Entry().age(clock.now()) is None
