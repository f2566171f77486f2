from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from simtui.sandbox.billing.past_usage import past_usage
from simtui.sandbox.call import Answer, Call, Refused
from simtui.sandbox.cycles import cycle_named
from simtui.sandbox.operations.usage import list_usage
from simtui.sandbox.records import ThingRecord
from simtui.sandbox.world import World

Conforms = Callable[[Answer, str, str], Any]
Usage = Callable[..., list[dict[str, Any]]]

NOVEMBER = cycle_named("2026-11", "Europe/Amsterdam")
OCTOBER = NOVEMBER.previous()


@pytest.fixture
def usage(settled: World, conforms: Conforms) -> Usage:
    """All points, gathered over the pages."""
    user = next(iter(settled.users.values()))

    def run(thing: ThingRecord, **query: Any) -> list[dict[str, Any]]:
        points: list[dict[str, Any]] = []
        while True:
            window = {"offset": len(points), "limit": 500}
            call = Call(user, settled.clock.now(), {"thingId": thing.thing_id}, query | window)
            body = conforms(list_usage(settled, call), "GET", "/things/{thingId}/usage")
            points += body["items"]
            if len(points) >= body["total"]:
                return points

    return run


def total(points: list[dict[str, Any]]) -> tuple[int, int, int]:
    return (
        sum(point["bytesUp"] + point["bytesDown"] for point in points),
        sum(point["smsMt"] for point in points),
        sum(point["smsMo"] for point in points),
    )


@pytest.mark.parametrize(("granularity", "every"), [("DAY", 9), ("HOUR", 80)])
def test_points_add_up_to_the_cycle(
    settled: World, usage: Usage, granularity: str, every: int
) -> None:
    for thing in list(settled.things.values())[::every]:
        points = usage(thing, granularity=granularity)
        assert total(points) == (thing.data_bytes, thing.sms_mt, thing.sms_mo)


def test_hours_add_up_to_their_day(settled: World, usage: Usage) -> None:
    thing = max(settled.things.values(), key=lambda one: one.data_bytes)
    period = {
        "from": datetime(2026, 11, 9, 23, tzinfo=UTC),
        "to": datetime(2026, 11, 10, 23, tzinfo=UTC),
    }
    (day,) = usage(thing, granularity="DAY", **period)
    hours = usage(thing, granularity="HOUR", **period)
    assert len(hours) == 24
    assert sum(point["bytesUp"] + point["bytesDown"] for point in hours) == (
        day["bytesUp"] + day["bytesDown"]
    )


def test_days_begin_at_midnight_in_amsterdam(settled: World, usage: Usage) -> None:
    thing = next(iter(settled.things.values()))
    points = usage(thing)
    assert points[0]["at"] == "2026-10-31T23:00:00Z"
    assert points[-1]["at"] == "2026-11-21T23:00:00Z"
    assert len(points) == 22


def test_a_past_cycle_is_what_the_bill_says(settled: World, usage: Usage) -> None:
    thing = max(settled.things.values(), key=lambda one: one.data_bytes)
    points = usage(thing, **{"from": OCTOBER.start, "to": OCTOBER.end})
    assert total(points) == tuple(past_usage(thing, OCTOBER))
    assert len(points) == 31


def test_a_provisioned_thing_used_nothing(settled: World, usage: Usage) -> None:
    thing = next(one for one in settled.things.values() if one.state == "PROVISIONED")
    assert total(usage(thing)) == (0, 0, 0)


def test_there_is_nothing_from_the_future(settled: World, usage: Usage) -> None:
    thing, now = next(iter(settled.things.values())), settled.clock.now()
    assert usage(thing, **{"from": now + timedelta(days=1), "to": now + timedelta(days=2)}) == []


@pytest.mark.parametrize(
    ("start", "end"), [(0, 0), (1, 0), (-93, 0), (-200, -107)], ids=["empty", "back", "92", "past"]
)
def test_bad_periods(settled: World, start: int, end: int) -> None:
    user, now = next(iter(settled.users.values())), settled.clock.now()
    query = {"from": now + timedelta(days=start), "to": now + timedelta(days=end)}
    thing_id = next(iter(settled.things))
    with pytest.raises(Refused) as refused:
        list_usage(settled, Call(user, now, {"thingId": thing_id}, query))
    assert (refused.value.status, refused.value.problems[0][0]) == (400, "from")


def test_an_unknown_thing(settled: World) -> None:
    user = next(iter(settled.users.values()))
    with pytest.raises(Refused) as refused:
        list_usage(settled, Call(user, settled.clock.now(), {"thingId": "t_x"}))
    assert refused.value.status == 404
