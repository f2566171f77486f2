from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest

from simtui.views.ages import age, age_ago, moment_text, utc_text
from simtui.views.amounts import bytes_text, count_text, megabytes_text


@pytest.mark.parametrize(
    ("seconds", "text", "ago"),
    [
        (0, "now", "now"),
        (9.9, "now", "now"),
        (-9.9, "now", "now"),
        (12, "10s", "10s ago"),
        (59.9, "50s", "50s ago"),
        (60, "1m", "1m ago"),
        (3599, "59m", "59m ago"),
        (7200, "2h", "2h ago"),
        (86_399, "23h", "23h ago"),
        (9 * 86_400, "9d", "9d ago"),
        (1000 * 86_400, "1000d", "1000d ago"),
        (-180, "in 3m", "in 3m"),
    ],
)
def test_an_age_is_one_number_and_its_unit(
    now: datetime, seconds: float, text: str, ago: str
) -> None:
    then = now - timedelta(seconds=seconds)
    assert age(then, now) == text
    assert age_ago(then, now) == ago


def test_no_time_is_a_dash_and_not_zero(now: datetime) -> None:
    assert (age(None, now), age_ago(None, now), utc_text(None)) == ("–", "–", "–")
    assert moment_text(None, now) == "–"


def test_timestamps_are_in_utc_wherever_they_come_from(now: datetime) -> None:
    amsterdam = now.astimezone(timezone(timedelta(hours=1)))
    assert utc_text(amsterdam) == "2026-11-22 03:12:05Z"
    assert moment_text(now - timedelta(hours=2), now) == "2026-11-22 01:12:05Z (2h ago)"
    assert utc_text(datetime(1, 1, 1, tzinfo=UTC)).endswith("-01-01 00:00:00Z")


@pytest.mark.parametrize(
    ("count", "text"),
    [
        (None, "–"),
        (0, "0 B"),
        (999, "999 B"),
        (1000, "1.0 kB"),
        (18_734_012, "18.7 MB"),
        (999_949_999, "999.9 MB"),
        (999_960_000, "1.0 GB"),
        (1_234_567_890_123, "1.2 TB"),
        (5 * 10**18, "5,000.0 PB"),
    ],
)
def test_bytes_are_si(count: int | None, text: str) -> None:
    assert bytes_text(count) == text


def test_megabytes_stay_megabytes() -> None:
    assert megabytes_text(0) == "0.0 MB"
    assert megabytes_text(18_734_012) == "18.7 MB"
    assert megabytes_text(12_345_678_901) == "12,345.7 MB"
    assert megabytes_text(None) == "–"


def test_counts_have_separators_whatever_the_locale() -> None:
    assert count_text(4812) == "4,812"
    assert count_text(0) == "0"
    assert count_text(None) == "–"
