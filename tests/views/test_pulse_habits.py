"""Silent for longer than its own habit: who is, who is not, and what is not known."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simtui.models import SessionSummary, Thing
from simtui.views.filter.evaluate import compile_filter
from simtui.views.filter.parser import parse
from simtui.views.fleet_context import FleetContext
from simtui.views.pulse.fleet_facts import FleetFacts, count_fleet, largest_burst
from simtui.views.pulse.habits import PEERS, Habits, habits_of, learn_habits, silence_of
from simtui.views.pulse.thresholds import Thresholds

NOW = datetime(2026, 11, 22, 3, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
SLEEPER, TALKER = "86642503", "35473911"


def thing(number: int, hours: float | None, **fields: object) -> Thing:
    """An active one with data that was last heard some hours ago."""
    usual = {
        "state": "ACTIVE",
        "allowed_services": ("DATA", "SMS"),
        "imei": f"{SLEEPER}{number:07d}",
        "things_group_id": "g1",
        "last_seen_at": None if hours is None else NOW - hours * HOUR,
    }
    return Thing(f"t{number}", f"8931{number:016d}", **(usual | fields))


def facts_of(things: list[Thing], limits: Thresholds | None = None) -> FleetFacts:
    (habits,) = filter(None, learn_habits(things, NOW, {}, limits or Thresholds()))
    (facts,) = filter(None, count_fleet(things, NOW, habits))
    return facts


def silent(things: list[Thing], habits: Habits | None = None) -> set[str]:
    habits = habits or habits_of(things, NOW)
    return {one.thing_id for one in things if habits.is_silent(one)}


def sleepers(count: int = 24, gap: float = 6.0) -> list[Thing]:
    """Devices that talk every ``gap`` hours, each at its own time."""
    return [thing(number, gap * number / count) for number in range(count)]


def talkers(count: int = 24) -> list[Thing]:
    return [
        thing(1000 + number, 0.01, imei=f"{TALKER}{number:07d}", things_group_id="g2")
        for number in range(count)
    ]


def test_who_sleeps_is_not_silent_and_who_always_talks_is_after_an_hour() -> None:
    late_sleeper, lost = thing(90, 17.0), thing(91, 20.0)
    quiet_talker = thing(92, 1.2, imei=f"{TALKER}0000092")
    fine_talker = thing(93, 0.9, imei=f"{TALKER}0000093")
    fleet = [*sleepers(), *talkers(), late_sleeper, lost, quiet_talker, fine_talker]
    assert silent(fleet) == {"t91", "t92"}


def test_the_gap_is_twice_the_median_silence_of_the_device_type() -> None:
    habits = habits_of([*sleepers(), *talkers()], NOW)
    assert habits.usual(thing(90, 1)) == pytest.approx(5.75 * 3600)
    assert habits.by_tac.keys() == {SLEEPER, TALKER}


def test_a_type_of_few_takes_the_habit_of_its_group_and_none_a_day() -> None:
    others = [thing(n, 6.0 * n / 24, imei=f"{10_000_000 + n}0000000") for n in range(24)]
    habits = habits_of(others, NOW)
    assert not habits.by_tac
    assert habits.usual(others[0]) == habits.by_group["g1"]
    stranger = thing(99, 23.0, imei=None, things_group_id="alone")
    assert habits.usual(stranger) is None
    assert not habits.is_silent(stranger)
    assert habits.is_silent(thing(99, 25.0, imei=None, things_group_id="alone"))
    assert len(others) >= PEERS


def test_its_own_sessions_count_more_than_what_others_do() -> None:
    fleet = [*sleepers(), thing(50, 4.0)]
    (habits,) = filter(None, learn_habits(fleet, NOW, {"t50": 600.0}, Thresholds()))
    assert silent(fleet, habits) == {"t50"}


@pytest.mark.parametrize(
    "fields",
    [
        {"state": "SUSPENDED"},
        {"state": "PROVISIONED"},
        {"state": "RETIRED"},
        {"allowed_services": ("SMS",)},
        {"allowed_services": ()},
        {"last_seen_at": None},
    ],
)
def test_only_what_should_talk_is_silent(fields: dict[str, object]) -> None:
    one = thing(90, 500.0, **fields)
    assert silence_of(one, NOW) is None
    assert silent([*sleepers(), one]) == set()


def test_services_that_are_not_told_restrict_nothing() -> None:
    assert silent([*sleepers(), thing(90, 500.0, allowed_services=None)]) == {"t90"}


ages = st.lists(st.floats(0, 2000), min_size=0, max_size=60)


@given(ages, st.randoms(use_true_random=False))
def test_the_order_of_the_fleet_does_not_matter(hours: list[float], dice: random.Random) -> None:
    fleet = [thing(number, age) for number, age in enumerate(hours)]
    before = silent(fleet)
    dice.shuffle(fleet)
    assert silent(fleet) == before


@given(ages, st.floats(1, 10), st.floats(0, 10), st.integers(0, 7200), st.integers(0, 7200))
def test_more_patience_never_finds_more(
    hours: list[float], factor: float, more: float, floor: int, longer: int
) -> None:
    fleet = [thing(number, age) for number, age in enumerate(hours)]
    strict = facts_of(fleet, Thresholds(silent_factor=factor, silent_floor=floor))
    mild = facts_of(fleet, Thresholds(silent_factor=factor + more, silent_floor=floor + longer))
    assert set(mild.heard) <= set(strict.heard)


@given(ages)
def test_nobody_is_silent_within_the_floor_and_all_that_talk_alike_are_not(
    hours: list[float],
) -> None:
    fleet = [thing(number, age) for number, age in enumerate(hours)]
    found = silent(fleet)
    assert all(not found & {one.thing_id} for one in fleet if silence_of(one, NOW) <= 3600)
    alike = [thing(number, 5.0) for number in range(20)]
    assert silent(alike) == set()


@given(ages)
def test_the_number_is_that_of_the_filter(hours: list[float]) -> None:
    fleet = [thing(number, age) for number, age in enumerate(hours)]
    facts = facts_of(fleet)
    passes = compile_filter(parse("silent:yes"), FleetContext(NOW, habits=facts.habits))
    assert len(facts.heard) == sum(map(passes, fleet))
    others = compile_filter(parse("!silent:yes"), FleetContext(NOW, habits=facts.habits))
    assert all(passes(one) != others(one) for one in fleet)


def test_without_habits_nobody_is_silent() -> None:
    passes = compile_filter(parse("silent:yes"), FleetContext(NOW))
    assert not any(map(passes, [thing(1, 500.0)]))


def test_very_many_are_counted_in_small_steps_and_their_median_is_near() -> None:
    fleet = sleepers(20_000)
    steps = list(learn_habits(fleet, NOW, {}, Thresholds()))
    assert len(steps) > 10
    assert steps[-1].usual(fleet[0]) == pytest.approx(6 * 3600, rel=0.01)


def test_sessions_are_counted_with_the_age_of_that_knowledge() -> None:
    def with_session(number: int, state: str, minutes: int) -> Thing:
        as_of = NOW - timedelta(minutes=minutes)
        return thing(number, 0.1, session=SessionSummary(state, None, as_of))

    fleet = [with_session(n, "ONLINE", n) for n in range(9)]
    fleet += [with_session(20, "OFFLINE", 300), thing(21, 0.1), thing(22, 0.1, state="RETIRED")]
    facts = facts_of(fleet)
    assert facts.sessions == {"ONLINE": 9, "OFFLINE": 1, "UNKNOWN": 1}
    assert facts.active == 11
    assert facts.known_at["ONLINE"] == NOW - timedelta(minutes=4)
    assert facts.known_at["OFFLINE"] == NOW - timedelta(minutes=300)


def test_the_largest_burst_is_of_one_group_within_a_quarter_of_an_hour() -> None:
    since = NOW - 24 * HOUR
    minutes = [0, 3, 8, 12, 40, 41]
    silent_ones = [("g1", NOW - 3 * HOUR + timedelta(minutes=m)) for m in minutes]
    silent_ones += [("g2", NOW - 3 * HOUR)] * 3 + [("g2", NOW - 30 * HOUR)] * 9 + [("", NOW)] * 9
    burst = largest_burst(silent_ones, since)
    assert (burst.group_id, burst.count) == ("g1", 4)
    assert burst.last - burst.first == timedelta(minutes=12)
    assert largest_burst([], since) is None


@given(
    st.lists(st.tuples(st.sampled_from(["a", "b"]), st.integers(0, 200)), min_size=1, max_size=40)
)
def test_no_burst_is_larger_than_the_largest(drawn: list[tuple[str, int]]) -> None:
    silent_ones = [(group, NOW - timedelta(minutes=minute)) for group, minute in drawn]
    burst = largest_burst(silent_ones, NOW - 24 * HOUR)
    assert burst is not None
    for group, start in silent_ones:
        window = [
            heard
            for other, heard in silent_ones
            if other == group and timedelta() <= heard - start <= timedelta(minutes=15)
        ]
        assert len(window) <= burst.count
