"""Loading the whole fleet: rows from the first page on, and nothing lost on the way."""

from __future__ import annotations

import asyncio
import gc

import pytest

from simtui.errors import Unauthorized, Unreachable
from simtui.store.entry import Progress
from simtui.store.queries import FleetQuery, ThingByIccidQuery, ThingQuery


async def test_rows_are_usable_from_the_first_page(store, source, seen, thing, settle):
    gate = asyncio.get_running_loop().create_future()
    source.pages = [(thing(1), thing(2)), lambda: gate, (thing(3),)]
    store.connect(source)
    told = seen()
    store.watch(FleetQuery(), told)
    await settle()
    assert list(told.last.value.things) == ["t_1", "t_2"]
    assert told.last.loading
    assert told.last.progress == Progress(2, 3)
    assert told.last.fetched_at is not None
    gate.set_result(None)
    await settle()
    assert list(told.last.value.things) == ["t_1", "t_2", "t_3"]
    assert not told.last.loading
    assert told.last.progress is None
    assert not told.last.stale


async def test_pages_are_announced_together_at_most_ten_times_a_second(
    store, source, thing, clock, settle
):
    def tick():
        clock.seconds += 0.03

    moments = []

    def note(entry):
        if entry.progress is not None:
            moments.append(clock.seconds)

    source.pages = [page for number in range(40) for page in (tick, (thing(number),))]
    store.connect(source)
    store.watch(FleetQuery(), note)
    await store.fetch(FleetQuery())
    await settle()
    assert [round(moment, 2) for moment in moments[:3]] == [0.03, 0.15, 0.27]
    assert len(moments) == 10
    entry = store.entry(FleetQuery())
    assert (entry.progress, entry.revision, len(entry.value)) == (None, 40, 40)


async def test_the_loop_is_given_back_between_pages(store, source, seen, thing):
    source.pages = [(thing(number),) for number in range(20)]
    store.connect(source)
    store.watch(FleetQuery(), seen())
    steps = 0
    while len(store.entry(FleetQuery()).value or ()) < 20:
        await asyncio.sleep(0)
        steps += 1
    assert steps >= 20


async def test_things_that_a_complete_load_does_not_have_are_removed(store, source, thing):
    source.pages = [(thing(1), thing(2))]
    store.connect(source)
    fleet = await store.fetch(FleetQuery())
    source.pages = [(thing(2), thing(3))]
    await store.fetch(FleetQuery())
    assert list(fleet.things) == ["t_2", "t_3"]


async def test_a_load_that_could_not_be_completed_removes_nothing(store, source, thing):
    source.pages = [(thing(1), thing(2))]
    store.connect(source)
    fleet = await store.fetch(FleetQuery())
    source.pages, source.complete = [(thing(2),)], False
    await store.fetch(FleetQuery())
    assert list(fleet.things) == ["t_1", "t_2"]


async def test_things_that_were_removed_during_the_load_are_removed(store, source, thing):
    source.pages, source.gone = [(thing(1), thing(2))], ("t_2",)
    store.connect(source)
    assert list((await store.fetch(FleetQuery())).things) == ["t_1"]


async def test_a_thing_that_another_read_saw_during_the_load_is_not_removed(
    store, source, thing, settle
):
    source.pages = [(thing(1),)]
    store.connect(source)
    fleet = await store.fetch(FleetQuery())
    gate = asyncio.get_running_loop().create_future()
    source.pages = [(thing(1),), lambda: gate]
    source.answers |= {"thing": thing(2), "thing_by_iccid": thing(1)}
    loading = asyncio.create_task(store.fetch(FleetQuery()))
    await settle()
    await store.fetch(ThingQuery("t_2"))
    await store.fetch(ThingByIccidQuery(thing(1).iccid))
    gate.set_result(None)
    await loading
    assert list(fleet.things) == ["t_1", "t_2"]


async def test_a_load_that_breaks_off_keeps_what_came_and_says_how_much(
    store, source, seen, thing, clock
):
    source.pages = [(thing(1),), (thing(2),), Unauthorized("The token was refused")]
    source.total = 5
    store.connect(source)
    told = seen()
    store.watch(FleetQuery(), told)
    await clock.advance(1)
    assert list(told.last.value.things) == ["t_1", "t_2"]
    assert told.last.error.title == "The token was refused"
    assert told.last.progress == Progress(2, 5)
    assert told.last.stale
    assert not told.last.loading
    source.pages = [(thing(1),), (thing(2),), (thing(3),)]
    source.total = 3
    await clock.advance(5)
    assert len(told.last.value) == 3
    assert told.last.error is None
    assert told.last.progress is None


async def test_a_broken_reload_removes_nothing(store, source, thing):
    source.pages = [(thing(1), thing(2))]
    store.connect(source)
    fleet = await store.fetch(FleetQuery())
    source.pages = [(thing(2),), Unreachable("No answer")]
    with pytest.raises(Unreachable):
        await store.fetch(FleetQuery())
    assert list(fleet.things) == ["t_1", "t_2"]


async def test_a_load_that_fails_at_once_shows_no_rows_and_no_progress(store, source, seen, settle):
    source.pages = [Unreachable("No answer")]
    store.connect(source)
    told = seen()
    store.watch(FleetQuery(), told)
    await settle()
    assert told.last.value is None
    assert told.last.progress is None
    assert told.last.fetched_at is None


async def test_an_empty_account_is_an_empty_fleet(store, source):
    store.connect(source)
    assert len(await store.fetch(FleetQuery())) == 0
    entry = store.entry(FleetQuery())
    assert (entry.error, entry.stale, entry.progress) == (None, False, None)


async def test_the_collector_is_as_before_after_a_load_however_it_ends(store, source, thing):
    before = gc.get_threshold()
    during = []
    source.pages = [(thing(1),), lambda: during.append(gc.get_threshold())]
    store.connect(source)
    await store.fetch(FleetQuery())
    assert during[0][0] > before[0]
    assert gc.get_threshold() == before
    source.pages = [(thing(1),), Unreachable("No answer")]
    with pytest.raises(Unreachable):
        await store.fetch(FleetQuery())
    assert gc.get_threshold() == before


async def test_closing_ends_a_load_and_its_generator(store, source, seen, thing, settle):
    ended = []
    gate = asyncio.get_running_loop().create_future()
    source.pages = [(thing(1),), lambda: gate]
    load = source.all_things

    async def watched():
        try:
            async for chunk in load():
                yield chunk
        finally:
            ended.append(True)

    source.all_things = watched
    store.connect(source)
    store.watch(FleetQuery(), seen())
    await settle()
    await store.close()
    assert ended == [True]
