from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simtui.api.instants import read_instant, read_retry_after, utc_of_iso
from simtui.api.quota import QuotaState, read_quota

NOW = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
moments = st.datetimes(datetime(2001, 9, 10), datetime(2286, 11, 20), timezones=st.just(UTC)).map(
    lambda moment: moment.replace(microsecond=0)
)


@given(moments)
def test_every_format_of_the_reset_means_the_same_moment(moment: datetime) -> None:
    seconds = int(moment.timestamp())
    offset = moment.astimezone(timezone(timedelta(hours=5, minutes=30)))
    for text in (
        f"{seconds}000",
        str(seconds),
        moment.isoformat(),
        moment.strftime("%Y-%m-%dT%H:%M:%SZ"),
        moment.strftime("%Y-%m-%dt%H:%M:%Sz"),
        moment.strftime("%Y-%m-%d %H:%M:%S.000Z"),
        offset.isoformat(),
        format_datetime(moment, usegmt=True),
        f"  {seconds} ",
    ):
        assert read_instant(text) == moment, text


@given(st.text())
def test_anything_else_is_unknown_and_never_an_exception(text: str) -> None:
    moment = read_instant(text)
    assert moment is None or moment.tzinfo is not None
    assert read_retry_after(text, NOW) is None or read_retry_after(text, NOW) >= 0


@pytest.mark.parametrize(
    "text",
    [
        None,
        "",
        "n/a",
        "soon",
        "0",
        "123",
        "17637823800001",
        "２０２６１１２２０３",
        "9999-99-99T00:00:00Z",
    ],
)
def test_resets_that_are_none(text: str | None) -> None:
    assert read_instant(text) is None


@pytest.mark.parametrize("text", ["0001-01-01T00:00:00+23:00", "9999-12-31T23:59:59-23:00"])
def test_times_outside_the_calendar_are_bad_values_not_crashes(text: str) -> None:
    assert read_instant(text) is None
    with pytest.raises(ValueError):
        utc_of_iso(text)


def test_retry_after_is_seconds_or_a_date() -> None:
    assert read_retry_after("7", NOW) == 7
    assert read_retry_after(format_datetime(NOW + timedelta(seconds=9), usegmt=True), NOW) == 9
    assert read_retry_after(format_datetime(NOW - timedelta(seconds=9), usegmt=True), NOW) == 0
    assert read_retry_after("-3", NOW) is None
    assert read_retry_after(None, NOW) is None


def test_quota_headers_become_a_state() -> None:
    quota = read_quota(
        {
            "quota-limit": "1000",
            "quota-used": "170",
            "quota-interval": "1",
            "quota-time-unit": "minute",
            "quota-reset-UTC": "1763782380000",
        }
    )
    reset_at = datetime(2025, 11, 22, 3, 33, tzinfo=UTC)
    assert quota == QuotaState(1000, 170, 1, "minute", reset_at)
    assert quota.share == pytest.approx(0.17)


@pytest.mark.parametrize(
    ("limit", "used", "share"),
    [
        ("0", "5", None),
        ("", "5", None),
        ("10", "x", None),
        ("10", "12", 1.2),
        ("9" * 99, "1", None),
    ],
)
def test_odd_quota_headers(limit: str, used: str, share: float | None) -> None:
    quota = read_quota({"quota-limit": limit, "quota-used": used})
    assert quota is not None
    assert quota.share == share


def test_no_quota_headers_tell_nothing() -> None:
    assert read_quota({}) is None
    assert read_quota({"quota-limit": "-1", "quota-used": "many"}) is None
