"""Keeping the fleet current: catching up, full loads, and what other reads bring."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from simtui.errors import NotFound, ServerFault
from simtui.store import fleet_sync
from simtui.store.fleet_catch_up import MOST
from simtui.store.fleet_sync import full_load_every
from simtui.store.queries import (
    FleetQuery,
    SessionQuery,
    ThingByIccidQuery,
    ThingQuery,
    WindowQuery,
)

DAY = datetime(2026, 11, 21, tzinfo=UTC)
POLL = FleetQuery().max_age


@pytest.fixture(autouse=True)
def small_pages(monkeypatch):
    """Let a handful of Things count as a big fleet."""
    monkeypatch.setattr(fleet_sync, "ONE_PAGE", 3)


@pytest.fixture
def rare_full_loads(monkeypatch):
    """Keep full loads out of the way of what is looked at."""
    monkeypatch.setattr(fleet_sync, "SHORTEST", 3600.0)


@pytest.fixture
async def fleet(store, source, seen, thing, clock):
    """Ten Things, loaded and watched; ``source.pages[0]`` is what the server has."""
    source.pages = [tuple(thing(n, modified_at=DAY + timedelta(hours=n)) for n in range(10))]
    store.connect(source)
    store.watch(FleetQuery(), seen())
    await clock.advance(1)
    source.calls.clear()
    return store.entry(FleetQuery()).value


def change(source, number, **fields):
    """Let the server have another Thing with this number."""
    things = source.pages[0]
    source.pages[0] = (*things[:number], *fields.pop("to"), *things[number + 1 :])


async def test_changes_come_with_one_request(fleet, source, thing, clock):
    now = DAY + timedelta(days=1)
    change(source, 4, to=[thing(4, version=2, name="renamed", modified_at=now)])
    await clock.advance(POLL)
    assert fleet.things["t_4"].name == "renamed"
    assert [call[0] for call in source.calls] == ["things"]


async def test_catching_up_counts_as_fresh(fleet, store, clock):
    await clock.advance(POLL)
    assert store.entry(FleetQuery()).fetched_at == clock.now() - timedelta(seconds=1)


async def test_a_new_thing_comes_with_the_changes(fleet, source, thing, clock):
    source.pages[0] += (thing(10, modified_at=DAY + timedelta(days=2)),)
    await clock.advance(POLL)
    assert "t_10" in fleet.things
    assert source.count("all_things") == 0


async def test_catching_up_pages_on_until_it_meets_what_it_knows(
    rare_full_loads, fleet, source, thing, clock, monkeypatch
):
    monkeypatch.setattr("simtui.store.fleet_catch_up.FIRST_PAGE", 2)
    monkeypatch.setattr("simtui.store.fleet_catch_up.LATER_PAGE", 2)
    await clock.advance(POLL)
    source.calls.clear()
    now = DAY + timedelta(days=1)
    for number in range(5):
        change(source, number, to=[thing(number, version=2, modified_at=now)])
    await clock.advance(POLL)
    assert all(fleet.things[f"t_{number}"].version == 2 for number in range(5))
    assert [call[1].offset for call in source.calls] == [0, 2, 4, 6]


async def test_a_change_behind_one_that_is_known_from_elsewhere_is_found(
    rare_full_loads, fleet, store, source, thing, clock, monkeypatch
):
    monkeypatch.setattr("simtui.store.fleet_catch_up.FIRST_PAGE", 1)
    await clock.advance(POLL)
    known = thing(1, version=2, modified_at=DAY + timedelta(days=2))
    change(source, 1, to=[known])
    change(source, 2, to=[thing(2, version=2, modified_at=DAY + timedelta(days=1))])
    source.answers["thing"] = known
    await store.fetch(ThingQuery("t_1"))
    await clock.advance(POLL)
    assert fleet.things["t_2"].version == 2


async def test_one_moment_for_all_things_is_not_read_to_the_end(
    rare_full_loads, fleet, store, source, thing, clock
):
    source.pages = [tuple(thing(n, modified_at=DAY) for n in range(300))]
    await store.fetch(FleetQuery())
    await clock.advance(POLL * 2)
    source.calls.clear()
    await clock.advance(POLL)
    assert source.count("things") == 1
    assert source.count("all_things") == 0


async def test_too_many_changes_make_a_full_load_once(rare_full_loads, fleet, source, thing, clock):
    now = DAY + timedelta(days=1)
    source.pages = [tuple(thing(n, version=2, modified_at=now) for n in range(MOST + 600))]
    await clock.advance(POLL)
    assert source.count("all_things") == 1
    assert len(fleet) == MOST + 600
    source.calls.clear()
    await clock.advance(POLL)
    assert source.count("all_things") == 0
    assert source.count("things") == 1


async def test_a_thing_that_vanished_shows_in_the_count_and_is_removed(fleet, source, clock):
    source.pages[0] = source.pages[0][:-3]
    await clock.advance(POLL)
    assert len(fleet) == 7
    assert source.count("all_things") == 1


async def test_a_server_that_counts_otherwise_is_not_loaded_again_and_again(
    store, source, seen, thing, clock
):
    source.pages = [tuple(thing(n) for n in range(4)) * 2]
    store.connect(source)
    store.watch(FleetQuery(), seen())
    await clock.advance(POLL * 1.5)
    assert source.count("all_things") == 1
    assert source.count("things") == 1


async def test_everything_is_loaded_again_after_a_while(fleet, source, clock):
    await clock.advance(full_load_every(10) - 5)
    assert source.count("all_things") == 0
    await clock.advance(POLL)
    assert source.count("all_things") == 1


async def test_full_loads_are_stretched_by_the_quota(fleet, source, quota, clock):
    source.on_quota(quota(0.86, clock.now() + timedelta(hours=1)))
    await clock.advance(full_load_every(10) * 3)
    assert source.count("all_things") == 0
    await clock.advance(full_load_every(10) * 3)
    assert source.count("all_things") == 1


@pytest.mark.parametrize(
    ("count", "seconds"), [(0, 0), (3, 0), (4, 60), (10_000, 60), (100_000, 600), (10**6, 3600)]
)
def test_full_loads_are_rarer_for_bigger_fleets(count, seconds):
    assert full_load_every(count) == pytest.approx(seconds)


async def test_refresh_by_hand_loads_everything(fleet, store, source, settle):
    store.refresh(FleetQuery())
    await settle()
    assert source.count("all_things") == 1
    assert source.count("things") == 0


async def test_refresh_twice_at_once_is_one_load(fleet, store, source, settle):
    store.refresh(FleetQuery())
    store.refresh(FleetQuery())
    await settle()
    assert source.count("all_things") == 1


async def test_refresh_while_catching_up_loads_everything_after_it(
    fleet, store, source, clock, settle
):
    source.held.add("things")
    source.answers["things"] = None
    await clock.advance(POLL)
    store.refresh(FleetQuery())
    source.pending["things"][0].set_exception(ServerFault("The server failed"))
    await settle()
    assert source.count("all_things") == 1


async def test_refresh_joins_a_full_load(fleet, store, source, settle):
    gate = asyncio.get_running_loop().create_future()
    source.pages.append(lambda: gate)
    store.refresh(FleetQuery())
    await settle()
    store.refresh(FleetQuery())
    gate.set_result(None)
    await settle()
    assert source.count("all_things") == 1


async def test_visible_rows_are_read_in_one_request_and_reach_the_fleet(
    fleet, store, source, seen, thing, clock
):
    change(source, 1, to=[thing(1, version=2)])
    told = seen()
    store.watch(WindowQuery((thing(0).iccid, thing(1).iccid), max_age=10), told)
    await clock.advance(1)
    assert source.count("things") == 1
    assert source.last("things")[0].iccids == (thing(0).iccid, thing(1).iccid)
    assert fleet.things["t_1"].version == 2
    await clock.advance(10)
    assert source.count("things") == 2


async def test_many_visible_rows_are_read_in_several_requests(store, source, thing):
    store.connect(source)
    await store.fetch(WindowQuery(tuple(thing(n).iccid for n in range(130))))
    assert [len(call[1].iccids) for call in source.calls] == [60, 60, 10]
    assert [call[1].limit for call in source.calls] == [60, 60, 10]


async def test_watchers_of_the_fleet_hear_of_things_that_other_reads_brought(
    fleet, store, source, seen, thing, settle
):
    told = seen()
    store.watch(FleetQuery(), told)
    source.answers["thing_by_iccid"] = thing(3, name="renamed", version=2)
    await store.fetch(ThingByIccidQuery(thing(3).iccid))
    assert told.last.value.things["t_3"].name == "renamed"
    assert told.last.revision == fleet.revision
    assert len(told.entries) == 2


async def test_a_thing_that_is_not_found_leaves_the_fleet(fleet, store, source, seen, settle):
    source.answers["thing"] = NotFound("There is no such Thing")
    told = seen()
    store.watch(ThingQuery("t_3"), told)
    await settle()
    assert "t_3" not in fleet.things
    assert isinstance(told.last.error, NotFound)


async def test_a_thing_without_a_session_stays(fleet, store, source, seen, settle):
    source.answers["session"] = NotFound("There is no session")
    store.watch(SessionQuery("t_3"), seen())
    await settle()
    assert "t_3" in fleet.things


async def test_a_late_page_does_not_undo_a_newer_single_read(fleet, store, source, thing, settle):
    gate = asyncio.get_running_loop().create_future()
    source.pages.insert(0, lambda: gate)
    store.refresh(FleetQuery())
    await settle()
    source.answers["thing"] = thing(3, name="newer", version=2)
    await store.fetch(ThingQuery("t_3"))
    gate.set_result(None)
    await settle()
    assert fleet.things["t_3"].name == "newer"


async def test_a_server_that_started_over_is_believed(fleet, store, source, thing):
    source.pages = [tuple(thing(n, version=9) for n in range(10))]
    await store.fetch(FleetQuery())
    source.pages = [tuple(thing(n, version=1, name="fresh") for n in range(10))]
    await store.fetch(FleetQuery())
    assert {row.name for row in fleet.things.values()} == {"fresh"}


async def test_an_outage_is_told_and_over_by_itself(fleet, store, source, clock):
    source.answers["things"] = ServerFault("The server failed")
    await clock.advance(POLL)
    entry = store.entry(FleetQuery())
    assert (len(entry.value), entry.stale, entry.error.title) == (10, True, "The server failed")
    del source.answers["things"]
    await clock.advance(5)
    entry = store.entry(FleetQuery())
    assert (entry.stale, entry.error) == (False, None)
