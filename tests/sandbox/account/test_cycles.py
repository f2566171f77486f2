from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simtui.sandbox.cycles import cycle_at, cycle_named

ZONE = "Europe/Amsterdam"


def test_a_cycle_is_a_month_in_amsterdam() -> None:
    cycle = cycle_named("2026-11", ZONE)
    assert cycle.start == datetime(2026, 10, 31, 23, tzinfo=UTC)
    assert cycle.end == datetime(2026, 11, 30, 23, tzinfo=UTC)


def test_summer_time_moves_its_borders() -> None:
    cycle = cycle_named("2026-03", ZONE)
    assert cycle.end - cycle.start == timedelta(days=31) - timedelta(hours=1)
    cycle = cycle_named("2026-10", ZONE)
    assert cycle.end - cycle.start == timedelta(days=31) + timedelta(hours=1)


@pytest.mark.parametrize(
    ("moment", "cycle_id"),
    [
        (datetime(2026, 11, 30, 22, 59, 59, tzinfo=UTC), "2026-11"),
        (datetime(2026, 11, 30, 23, 0, tzinfo=UTC), "2026-12"),
        (datetime(2026, 12, 31, 23, 0, tzinfo=UTC), "2027-01"),
    ],
)
def test_the_cycle_of_a_moment(moment: datetime, cycle_id: str) -> None:
    assert cycle_at(moment, ZONE).cycle_id == cycle_id


@given(st.datetimes(datetime(2001, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC)))
def test_cycles_follow_each_other(moment: datetime) -> None:
    cycle = cycle_at(moment, ZONE)
    assert cycle.start <= moment < cycle.end
    assert cycle.next().previous() == cycle
    assert cycle.previous().end == cycle.start
    assert cycle_named(cycle.cycle_id, ZONE) == cycle


@pytest.mark.parametrize(
    "text", ["", "2026", "2026-13", "2026-00", "26-11", "2026-1", "2026/11", "٢٠٢٦-١١", "0000-01"]
)
def test_what_is_no_cycle(text: str) -> None:
    with pytest.raises(ValueError, match=r"cycle|month"):
        cycle_named(text, ZONE)


def test_a_cycle_is_open_until_its_end() -> None:
    cycle = cycle_named("2026-11", ZONE)
    assert cycle.status(cycle.end - timedelta(milliseconds=1)) == "OPEN"
    assert cycle.status(cycle.end) == "CLOSED"
