"""Since when: what may be typed and how it is understood."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simtui.errors import UsageError
from simtui.views.history.since import SPANS, Since, parse_since

NOW = datetime(2026, 11, 22, 3, 12, 5, tzinfo=UTC)
VISIT = NOW - timedelta(hours=9)
AMSTERDAM = ZoneInfo("Europe/Amsterdam")


def since(text: str, now: datetime = NOW) -> Since:
    return parse_since(text, now, VISIT, AMSTERDAM)


@pytest.mark.parametrize(
    ("text", "start", "said"),
    [
        ("8h", NOW - timedelta(hours=8), "in the last 8h"),
        ("90m", NOW - timedelta(minutes=90), "in the last 90m"),
        ("1d", NOW - timedelta(days=1), "in the last 24h"),
        ("2W", NOW - timedelta(days=14), "in the last 2w"),
        ("22:00", datetime(2026, 11, 21, 21, 0, tzinfo=UTC), "since 22:00 CET"),
        ("4:00", datetime(2026, 11, 22, 3, 0, tzinfo=UTC), "since 04:00 CET"),
        ("04:13", datetime(2026, 11, 21, 3, 13, tzinfo=UTC), "since 04:13 CET"),
        ("22:00Z", datetime(2026, 11, 21, 22, 0, tzinfo=UTC), "since 22:00 UTC"),
        ("22:00 z", datetime(2026, 11, 21, 22, 0, tzinfo=UTC), "since 22:00 UTC"),
        ("2026-11-20", datetime(2026, 11, 19, 23, 0, tzinfo=UTC), "since 20 Nov 00:00 CET"),
        ("2026-07-01 12:00", datetime(2026, 7, 1, 10, tzinfo=UTC), "since 01 Jul 12:00 CEST"),
        ("2026-11-20T12:00Z", datetime(2026, 11, 20, 12, tzinfo=UTC), "since 20 Nov 12:00 UTC"),
        ("2026-11-20 12:00+05:00", datetime(2026, 11, 20, 7, tzinfo=UTC), None),
        ("visit", VISIT, "since your last visit, 21 Nov 18:12Z"),
        (" Last  visit ", VISIT, "since your last visit, 21 Nov 18:12Z"),
        ("ALL", None, "all that is kept"),
    ],
)
def test_what_is_typed_is_understood(text: str, start: datetime | None, said: str | None) -> None:
    found = since(text)
    assert found.start == start
    assert said is None or found.said == said


def test_a_time_of_day_is_that_of_the_zone_also_when_the_clocks_were_changed_since() -> None:
    """On 25 October 2026 they go back at 03:00 in Amsterdam."""
    morning = datetime(2026, 10, 25, 7, 0, tzinfo=UTC)
    assert since("22:00", morning).start == datetime(2026, 10, 24, 20, 0, tzinfo=UTC)
    assert since("22:00", morning).said == "since 22:00 CEST"


@pytest.mark.parametrize(
    "text",
    ["", "8", "0h", "-8h", "25:00", "22:60", "22", "yesterday", "2026-13-01", "2026-11-20 25:00",
     "8h 9h", "99999999w", "٢٢:٠٠", "\x1b[2J", "all of it"],
)  # fmt: skip
def test_what_is_no_time_is_refused_with_what_was_expected(text: str) -> None:
    with pytest.raises(UsageError, match="is no time") as caught:
        since(text)
    assert "22:00" in str(caught.value)
    assert "\x1b" not in str(caught.value)


@pytest.mark.parametrize("text", ["2026-11-23", "2026-11-22 05:00", "2027-01-01T00:00Z"])
def test_the_future_is_refused(text: str) -> None:
    with pytest.raises(UsageError, match="not over yet"):
        since(text)


def test_without_an_earlier_visit_there_is_none() -> None:
    with pytest.raises(UsageError, match="No earlier visit is known"):
        parse_since("visit", NOW, None, UTC)


@pytest.mark.parametrize("span", SPANS)
def test_what_the_key_goes_through_can_be_typed_and_stays_what_it_is(span: str) -> None:
    assert since(span).text == span


@given(st.text(max_size=30))
def test_any_text_is_a_time_that_is_over_or_refused(text: str) -> None:
    try:
        found = since(text)
    except UsageError:
        return
    assert found.start is None or found.start <= NOW
    assert since(found.text).start == found.start


@given(st.integers(0, 23), st.integers(0, 59), st.integers(0, 366 * 24 * 60))
def test_a_time_of_day_is_the_last_one_of_them(hour: int, minute: int, minutes: int) -> None:
    now = NOW + timedelta(minutes=minutes)
    found = since(f"{hour:02}:{minute:02}", now)
    assert found.start is not None
    assert timedelta() <= now - found.start <= timedelta(hours=25)
