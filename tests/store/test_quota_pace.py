"""The quota slows polling down and stops it; people still get their answers."""

from __future__ import annotations

from datetime import timedelta

import pytest

from simtui.errors import ServerFault
from simtui.store.queries import ThingQuery, WindowQuery
from simtui.store.quota_pace import UNKNOWN_RESET, stretch_for

QUERY = ThingQuery("t_1")


@pytest.mark.parametrize(
    ("share", "stretch"),
    [
        (None, 1),
        (0, 1),
        (0.799, 1),
        (0.8, 2),
        (0.85, 4),
        (0.9, 8),
        (0.949, 8),
        (0.95, None),
        (7, None),
    ],
)
def test_the_share_of_the_quota_decides_the_pace(share, stretch):
    assert stretch_for(share) == stretch


def test_the_pace_never_grows_with_the_share():
    paces = [stretch_for(share / 1000) or float("inf") for share in range(1200)]
    assert paces == sorted(paces)


@pytest.fixture
async def polled(store, source, seen, thing, clock):
    source.answers["thing"] = lambda _id: thing(1)
    store.connect(source)
    store.watch(QUERY, seen())
    await clock.advance(0)
    return store


async def test_polling_stretches_from_80_percent(polled, source, quota, clock):
    source.on_quota(quota(0.81, clock.now() + timedelta(hours=1)))
    await clock.advance(QUERY.max_age * 2 - 1)
    assert source.count("thing") == 1
    await clock.advance(2)
    assert source.count("thing") == 2


async def test_polling_stops_at_95_percent_until_the_reset(polled, source, quota, clock):
    source.on_quota(quota(0.95, clock.now() + timedelta(seconds=600)))
    await clock.advance(599)
    assert source.count("thing") == 1
    await clock.advance(2)
    assert source.count("thing") == 2


async def test_an_unknown_reset_is_tried_after_a_while(polled, source, quota, clock):
    source.on_quota(quota(0.99))
    await clock.advance(UNKNOWN_RESET - 1)
    assert source.count("thing") == 1
    await clock.advance(2)
    assert source.count("thing") == 2


async def test_a_reset_that_our_clock_calls_past_does_not_lift_the_stop(
    polled, source, quota, clock
):
    source.on_quota(quota(0.99, clock.now() - timedelta(minutes=10)))
    await clock.advance(UNKNOWN_RESET - 1)
    assert source.count("thing") == 1


async def test_scrolling_is_no_wish_that_uses_the_last_of_the_quota(
    polled, source, seen, quota, clock
):
    source.on_quota(quota(0.99, clock.now() + timedelta(seconds=100)))
    polled.watch(WindowQuery(("8931086000000000001",)), seen())
    await clock.advance(99)
    assert source.count("things") == 0
    await clock.advance(2)
    assert source.count("things") == 1


async def test_people_are_answered_while_polling_stands_still(polled, source, seen, quota, clock):
    source.on_quota(quota(0.99, clock.now() + timedelta(hours=1)))
    polled.refresh(QUERY)
    await clock.advance(0)
    assert source.count("thing") == 2
    polled.watch(ThingQuery("t_2"), seen())
    await clock.advance(0)
    assert source.count("thing") == 3
    polled.invalidate({"thing:t_1"})
    await clock.advance(0)
    assert source.count("thing") == 4


async def test_retries_stand_still_too(polled, source, quota, clock):
    source.answers["thing"] = lambda _id: ServerFault("The server failed")
    polled.refresh(QUERY)
    await clock.advance(0)
    source.on_quota(quota(0.99, clock.now() + timedelta(seconds=300)))
    await clock.advance(299)
    assert source.count("thing") == 2
    await clock.advance(2)
    assert source.count("thing") == 3


async def test_polling_goes_on_at_once_when_the_quota_is_low_again(polled, source, quota, clock):
    source.on_quota(quota(0.99, clock.now() + timedelta(hours=1)))
    await clock.advance(100)
    source.on_quota(quota(0.01, clock.now() + timedelta(hours=1)))
    await clock.advance(0)
    assert source.count("thing") == 2


async def test_the_quota_is_told_when_it_changes(polled, source, quota):
    heard = []
    stop = polled.watch_quota(heard.append)
    source.on_quota(quota(0.1))
    source.on_quota(quota(0.1))
    source.on_quota(quota(0.2))
    stop()
    stop()
    source.on_quota(quota(0.3))
    assert [told.share for told in heard] == [0.1, 0.2]
    assert polled.quota.share == 0.3
