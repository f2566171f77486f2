"""Names, numbers, moments and lists as they are typed (contract §1, §3.1, §9)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simtui.errors import UsageError
from simtui.sandbox.call import Refused
from simtui.sandbox.validate.text import read_name
from simtui.sandbox.validate.time import read_time
from simtui.views.fields.items import parse_items
from simtui.views.fields.moments import moment_value, parse_expiry
from simtui.views.fields.numbers import parse_number
from simtui.views.fields.text import (
    parse_comment,
    parse_description,
    parse_name,
    parse_optional_name,
)

NOW = datetime(2026, 11, 22, 3, 12, 5, tzinfo=UTC)


def test_names_are_trimmed_and_composed() -> None:
    assert parse_name("  de\u0301pot ") == "d\u00e9pot"
    assert parse_optional_name("  ") == ""


@pytest.mark.parametrize(
    ("parse", "longest"),
    [(parse_name, 64), (parse_optional_name, 64), (parse_description, 256), (parse_comment, 128)],
)
def test_a_text_is_not_longer_than_allowed(parse, longest: int) -> None:
    assert parse("x" * longest) == "x" * longest
    with pytest.raises(UsageError, match="too long") as caught:
        parse("x" * (longest + 1))
    assert f"{longest} are allowed" in caught.value.detail
    with pytest.raises(UsageError, match="control characters"):
        parse("a\x1bb")


def test_a_name_is_needed() -> None:
    with pytest.raises(UsageError, match="A name is missing"):
        parse_name("  ")


@given(st.one_of(st.text(max_size=70), st.text("a\u0301\x00\ud800 \u202e", max_size=5)))
def test_a_name_here_is_one_for_the_server(text: str) -> None:
    try:
        ours = parse_name(text)
    except UsageError:
        with pytest.raises(Refused):
            read_name(text)
    else:
        assert ours == read_name(text)


def test_a_number_within_limits() -> None:
    assert parse_number(" 0100 ", 1, 255, "A metric") == 100
    for text, title in (
        ("0", "0 is too small"),
        ("256", "256 is too large"),
        ("9" * 5000, "is too large"),
        ("ten", "“ten” is not a number"),
        ("-1", "“-1” is not a number"),
        ("٣", "is not a number"),
        ("", "A number is missing"),
    ):
        with pytest.raises(UsageError) as caught:
            parse_number(text, 1, 255, "A metric")
        assert title in caught.value.title
        assert caught.value.detail == "A metric is a whole number from 1 to 255"


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("", None),
        ("45m", NOW + timedelta(minutes=45)),
        (" 2h ", NOW + timedelta(hours=2)),
        ("3d", NOW + timedelta(days=3)),
        ("2026-12-24 18:00", datetime(2026, 12, 24, 18, tzinfo=UTC)),
        ("2026-12-24T18:00:05Z", datetime(2026, 12, 24, 18, 0, 5, tzinfo=UTC)),
        ("2026-12-24T18:00:05+02:00", datetime(2026, 12, 24, 16, 0, 5, tzinfo=UTC)),
    ],
)
def test_when_something_ends(text: str, moment: datetime | None) -> None:
    assert parse_expiry(text, NOW) == moment


@pytest.mark.parametrize("text", ["0m", "2026-11-22 03:12", "2026-11-22T03:12:05Z"])
def test_the_end_lies_ahead(text: str) -> None:
    with pytest.raises(UsageError, match="is not in the future") as caught:
        parse_expiry(text, NOW)
    assert "2026-11-22 03:12:05Z" in caught.value.detail


@pytest.mark.parametrize(
    "text", ["soon", "3", "2026-12-24", "2026-13-01 00:00", "9999-12-31 23:00-01:00", "-2h"]
)
def test_what_is_no_time(text: str) -> None:
    with pytest.raises(UsageError, match="is no time") as caught:
        parse_expiry(text, NOW)
    assert "2026-12-24 18:00" in caught.value.hint


@given(st.datetimes(datetime(2026, 11, 23), datetime(9999, 1, 1), timezones=st.just(UTC)))
def test_what_stands_for_a_moment_is_read_as_it_and_the_server_knows_it(moment: datetime) -> None:
    assert parse_expiry(moment_value(moment), NOW) == moment
    assert read_time("expiresAt", moment_value(moment)) == moment


@given(st.text(max_size=30))
def test_any_text_is_a_moment_or_refused(text: str) -> None:
    try:
        moment = parse_expiry(text, NOW)
    except UsageError:
        return
    assert moment is None or moment > NOW


def test_items_between_commas_and_blanks() -> None:
    assert parse_items(" a, b  c,,a ,") == ("a", "b", "c")
    assert parse_items(" , ") == ()
