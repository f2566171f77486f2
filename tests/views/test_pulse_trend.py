"""Small trends: what they show, and over which time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from simtui.views.pulse.row import Trend
from simtui.views.pulse.trend import BARS, STEPS, Samples, bars, histogram, step_for, walked_back

NOW = datetime(2026, 11, 22, 3, 12, tzinfo=UTC)
DAY = timedelta(hours=24)


def test_events_by_the_twelfth_of_a_day_in_which_they_were() -> None:
    moments = [NOW, NOW - timedelta(hours=1), NOW - timedelta(hours=23), NOW - timedelta(hours=25)]
    trend = histogram([*moments, NOW + timedelta(hours=1)], NOW, DAY, "events")
    assert trend.values == (1, *[0] * 10, 2)
    assert bars(trend) == "▅▁▁▁▁▁▁▁▁▁▁█"
    assert histogram([], NOW, DAY, "events") is None


@given(st.lists(st.floats(0, 23.9), min_size=1, max_size=50))
def test_no_event_is_lost(hours: list[float]) -> None:
    trend = histogram([NOW - timedelta(hours=hour) for hour in hours], NOW, DAY, "events")
    assert sum(trend.values) == len(hours)
    assert len(bars(trend)) == BARS


def test_a_level_is_walked_back_through_what_came_and_went() -> None:
    trend = walked_back(100, {0: 5, 1: -10, 3: 1}, 300, timedelta(minutes=25))
    assert trend.values == (104.0, 105.0, 105.0, 95.0, 100.0)
    assert trend.over == timedelta(minutes=25)
    assert not trend.counted


@given(
    st.integers(0, 1000),
    st.dictionaries(st.integers(0, 20), st.integers(-500, 500)),
    st.sampled_from(STEPS),
    st.integers(3, 40),
)
def test_a_level_ends_at_the_present_and_is_never_negative(
    present: int, nets: dict[int, int], step: int, steps: int
) -> None:
    trend = walked_back(present, nets, step, timedelta(seconds=step * steps))
    assert trend.values[-1] == present
    assert min(trend.values) >= 0
    assert len(trend.values) == min(steps, BARS)


def test_a_level_that_hardly_moves_is_flat_and_one_that_moves_is_seen() -> None:
    assert bars(Trend((100.0, 101.0, 100.0), DAY, counted=False)) == "▄▄▄"
    assert bars(Trend((0.0, 0.0), DAY, counted=False)) == "▄▄"
    assert bars(Trend((800.0, 850.0, 900.0), DAY, counted=False)) == "▁▅█"


def test_a_bar_stands_for_as_long_as_the_known_past_allows() -> None:
    assert step_for(timedelta(minutes=2)) is None
    assert step_for(timedelta(minutes=3)) == 60
    assert step_for(timedelta(minutes=12)) == 60
    assert step_for(timedelta(minutes=16)) == 300
    assert step_for(timedelta(days=30)) == 3600


def test_what_a_session_saw_is_a_trend_after_a_while_and_only_of_the_last_hours() -> None:
    samples = Samples()
    samples.note(NOW, 10)
    samples.note(NOW + timedelta(seconds=20), 11)
    assert samples.trend is None
    assert samples.growth is None
    for minutes in range(5, 600, 5):
        samples.note(NOW + timedelta(minutes=minutes), 10 + minutes / 5)
    assert samples.trend.values == tuple(float(value) for value in range(118, 130))
    assert samples.trend.over == timedelta(hours=1)
    grown, seconds = samples.growth
    assert grown / seconds == 1 / 300
    assert seconds <= 6 * 3600
