"""Who is silent and who is healthy, and how long a kind of device is usually quiet."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from random import Random

import pytest

from simtui.models import IpLease, SessionSummary, Thing
from simtui.views.blast.habits import Habits
from simtui.views.blast.judge import BARRED, IDLE, ONLINE, is_judged, standing, verdict
from simtui.views.blast.rhythm import BUCKETS, bucket_of, patience_minutes, usual_minutes
from tests.views.blast_fleet import CONTEXT, NOW, healthy_fleet

ADDRESS = IpLease("10.0.4.17", "p1")


def counted(minutes: Sequence[int]) -> list[int]:
    counts = [0] * BUCKETS
    for quiet in minutes:
        counts[bucket_of(quiet)] += 1
    return counts


def every(hours: float, count: int, seed: int = 3) -> list[int]:
    """Minutes since devices were heard that report every so many hours."""
    random = Random(seed)
    return [int(random.uniform(0, hours * 60)) for _ in range(count)]


@pytest.mark.parametrize("hours", [0.25, 1, 3, 6, 10])
@pytest.mark.parametrize("gone", [0, 10, 150])
def test_a_habit_is_learnt_however_many_are_out(hours: float, gone: int) -> None:
    usual = usual_minutes(counted([*every(hours, 200), *[int(hours * 60 * 4.5)] * gone]))
    assert usual is not None
    assert hours * 60 <= usual <= hours * 60 * 2.6


def test_an_outage_of_all_of_a_kind_is_no_habit() -> None:
    assert usual_minutes(counted([300] * 500)) is None
    assert usual_minutes(counted([200 + at % 60 for at in range(500)])) is None


def test_most_of_a_kind_at_one_moment_is_an_outage_too() -> None:
    assert usual_minutes(counted([*every(1, 9), *[180] * 30])) is None


def test_few_devices_show_no_habit() -> None:
    assert usual_minutes(counted(every(6, 29))) is None
    assert patience_minutes(None) == 120


def test_nobody_is_silent_within_two_hours_and_everybody_after_a_day() -> None:
    assert patience_minutes(15) == 120
    assert patience_minutes(640) == 640
    assert patience_minutes(99_999) == 24 * 60


@pytest.mark.parametrize(
    ("session", "ip", "expected"),
    [
        ("ONLINE", None, ONLINE),
        ("BLOCKED", ADDRESS, BARRED),
        ("ATTACHED", None, BARRED),
        ("ATTACHED", IpLease(), BARRED),
        ("ATTACHED", ADDRESS, IDLE),
        ("OFFLINE", None, IDLE),
        ("UNKNOWN", None, IDLE),
        ("SOMETHING_NEW", ADDRESS, IDLE),
        (None, None, IDLE),
    ],
)
def test_how_a_thing_stands(
    make_thing: Callable[..., Thing], session: str | None, ip: IpLease | None, expected: int
) -> None:
    summary = SessionSummary(session, NOW, NOW) if session else None
    assert standing(make_thing(session=summary, ip=ip)) == expected


@pytest.mark.parametrize(
    ("stands", "quiet", "usual", "expected"),
    [
        (BARRED, 0, None, "silent"),
        (ONLINE, 24 * 60, None, "healthy"),
        (ONLINE, 24 * 60 + 1, None, "neither"),  # a state that nobody confirmed for a day
        (IDLE, 121, None, "silent"),
        (IDLE, 119, None, "neither"),  # it may have just failed
        (IDLE, 119, 640.0, "healthy"),  # it sleeps
        (IDLE, 600, 640.0, "healthy"),
        (IDLE, 700, 640.0, "silent"),
        (IDLE, 60, 20.0, "neither"),
    ],
)
def test_the_verdict(stands: int, quiet: int, usual: float | None, expected: str) -> None:
    assert verdict(stands, quiet, usual) == expected


def test_who_need_not_talk_is_not_judged(make_thing: Callable[..., Thing]) -> None:
    assert is_judged(make_thing())
    assert is_judged(make_thing(allowed_services=("SMS", "DATA")))
    assert not is_judged(make_thing(allowed_services=("SMS",)))
    assert not is_judged(make_thing(allowed_services=()))
    assert not is_judged(make_thing(state="SUSPENDED"))


def sleeping(count: int, hours: float) -> list[Thing]:
    """Offline Things of one kind, as they are between two reports."""
    return [
        replace(
            thing,
            things_group_id="g1",
            imei="350000011234567",
            session=SessionSummary("OFFLINE", NOW, NOW),
            last_seen_at=NOW - timedelta(minutes=quiet),
        )
        for thing, quiet in zip(healthy_fleet(count), every(hours, count), strict=True)
    ]


def test_meters_that_sleep_for_six_hours_are_healthy_and_one_of_them_is_silent() -> None:
    things = sleeping(200, 6)
    things[0] = replace(things[0], last_seen_at=NOW - timedelta(hours=20))
    habits = Habits(CONTEXT)
    habits.learn(things)
    verdicts = [habits.verdict_of(at) for at in range(len(things))]
    assert verdicts == ["silent", *["healthy"] * 199]


def test_a_kind_of_few_is_judged_as_its_group_and_who_was_never_heard_not_at_all() -> None:
    things = sleeping(200, 6)
    rare = replace(things[1], imei="999999991234567", last_seen_at=NOW - timedelta(hours=5))
    never = replace(things[2], last_seen_at=None, session=None)
    habits = Habits(CONTEXT)
    habits.learn([*things[3:], rare, never, None])
    assert habits.verdict_of(197) == "healthy"
    assert habits.verdict_of(198) is None
    assert habits.verdict_of(199) is None


def test_a_small_group_is_judged_as_its_network_and_a_small_network_as_the_fleet() -> None:
    """Group 7 is in network 1 as group 1 is; group 23 is alone in its own."""
    late = NOW - timedelta(hours=5)
    few = [replace(one, last_seen_at=late) for one in sleeping(3, 6)]
    near = [replace(one, things_group_id="g7") for one in few]
    far = [replace(one, things_group_id="g23") for one in few]
    habits = Habits(CONTEXT)
    habits.learn([*sleeping(200, 6), *near, *far])
    assert [habits.verdict_of(at) for at in range(200, 206)] == ["healthy"] * 3 + ["neither"] * 3


def test_a_small_group_of_which_nobody_talks_is_out_and_does_not_sleep() -> None:
    late = NOW - timedelta(hours=5)
    gone = [replace(one, last_seen_at=late, things_group_id="g23") for one in sleeping(6, 6)]
    habits = Habits(CONTEXT)
    habits.learn([*sleeping(200, 6), *gone])
    assert [habits.verdict_of(at) for at in range(200, 206)] == ["silent"] * 6
    awake = replace(gone[0], session=SessionSummary("ONLINE", NOW, NOW), last_seen_at=NOW)
    habits = Habits(CONTEXT)
    habits.learn([*sleeping(200, 6), *gone, awake])
    assert [habits.verdict_of(at) for at in range(200, 206)] == ["neither"] * 6
