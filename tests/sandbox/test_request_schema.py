"""Requests are judged by the OpenAPI document: parameters, headers and bodies."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simtui.sandbox.call import Refused
from simtui.sandbox.formats import is_date, is_email, is_ipv4, parse_date_time
from simtui.sandbox.json_body import LARGEST, read_json
from simtui.sandbox.schema import request_schema

JSON = "application/json"
THINGS = request_schema("GET", "/things")
PATCH = request_schema("PATCH", "/things/{thingId}")


def test_values_are_converted_and_absent_ones_stay_absent() -> None:
    query = THINGS.read_query(
        "limit=5&state=ACTIVE&state=RETIRED&ipLocked=true&online=true"
        "&lastSeenAfter=2026-11-22T04:12:05%2B01:00"
    )
    assert query == {
        "limit": 5,
        "state": ["ACTIVE", "RETIRED"],
        "ipLocked": True,
        "online": ["true"],
        "lastSeenAfter": datetime(2026, 11, 22, 3, 12, 5, tzinfo=UTC),
    }


@pytest.mark.parametrize(
    ("query", "name", "field", "code"),
    [
        ("colour=red", "UNKNOWN_FILTER", "colour", "UNKNOWN"),
        ("sort=size", "UNKNOWN_FILTER", "sort", "PATTERN"),
        ("sort=", "UNKNOWN_FILTER", "sort", "PATTERN"),
        ("limit=0", "VALIDATION_FAILED", "limit", "TOO_SMALL"),
        ("limit=501", "VALIDATION_FAILED", "limit", "TOO_LARGE"),
        ("limit=ten", "VALIDATION_FAILED", "limit", "TYPE"),
        ("limit=٣", "VALIDATION_FAILED", "limit", "TYPE"),
        ("limit=1&limit=2", "VALIDATION_FAILED", "limit", "REPEATED"),
        ("offset=99999999999999999999", "VALIDATION_FAILED", "offset", "TYPE"),
        ("state=ACTIVE&state=BROKEN", "VALIDATION_FAILED", "state[1]", "NOT_ALLOWED"),
        ("ipLocked=yes", "VALIDATION_FAILED", "ipLocked", "TYPE"),
        ("q=x", "VALIDATION_FAILED", "q", "TOO_SHORT"),
        ("iccid=89310", "VALIDATION_FAILED", "iccid[0]", "PATTERN"),
        ("lastSeenBefore=yesterday", "VALIDATION_FAILED", "lastSeenBefore", "FORMAT"),
        ("lastSeenBefore=2026-11-22T04:12:05", "VALIDATION_FAILED", "lastSeenBefore", "FORMAT"),
        ("lastSeenBefore=2026-02-30T04:12:05Z", "VALIDATION_FAILED", "lastSeenBefore", "FORMAT"),
        ("q=%FF%FE", "VALIDATION_FAILED", "query", "ENCODING"),
        ("q=a%00b", "VALIDATION_FAILED", "query", "ENCODING"),
    ],
)
def test_a_bad_query_is_refused_by_name(query: str, name: str, field: str, code: str) -> None:
    with pytest.raises(Refused) as refused:
        THINGS.read_query(query)
    assert (refused.value.status, refused.value.name) == (400, name)
    assert refused.value.problems[0][:2] == (field, code)


def test_a_parameter_that_is_required_is_missed() -> None:
    with pytest.raises(Refused) as refused:
        request_schema("GET", "/billing/reports").read_query("groupBy=DAY")
    assert [problem[:2] for problem in refused.value.problems] == [
        ("scope", "REQUIRED"),
        ("cycle", "REQUIRED"),
    ]


@pytest.mark.parametrize(
    ("body", "field", "code"),
    [
        ({}, "body", "EMPTY"),
        ({"iccid": "89"}, "iccid", "READ_ONLY_OR_UNKNOWN"),
        ({"name": "x" * 65}, "name", "TOO_LONG"),
        ({"name": None}, "name", "TYPE"),
        ({"tags": ["ok", "-no"]}, "tags[1]", "PATTERN"),
        ({"tags": ["ends\n"]}, "tags[0]", "PATTERN"),
        ({"imeiLock": {"tac": "1234567٣"}}, "imeiLock.tac", "INVALID"),
        ({"imeiLock": {"strict": True}}, "imeiLock.strict", "READ_ONLY_OR_UNKNOWN"),
        ({"allowedServices": ["DATA", "DATA"]}, "allowedServices", "DUPLICATE"),
        ([], "body", "TYPE"),
    ],
)
def test_a_bad_body_is_refused_by_field(body: Any, field: str, code: str) -> None:
    with pytest.raises(Refused) as refused:
        PATCH.read_body(httpx.Request("PATCH", "http://x", json=body).content, JSON)
    assert refused.value.name == "VALIDATION_FAILED"
    assert (field, code) in [problem[:2] for problem in refused.value.problems]


def test_all_problems_of_a_body_are_told_at_once() -> None:
    with pytest.raises(Refused) as refused:
        PATCH.read_body(b'{"name": 1, "version": 2, "state": "ACTIVE"}', JSON)
    assert {problem[0] for problem in refused.value.problems} == {"name", "version", "state"}


@pytest.mark.parametrize(
    ("content", "content_type"),
    [
        (b"{", JSON),
        (b'{"name": "a"}', "text/plain"),
        (b'{"name": "a"}', None),
        (b'{"name": "a"}', "application/json; charset=latin-1"),
        (b'{"name": "\xff"}', JSON),
        (b'{"name": "a", "name": "b"}', JSON),
        (b'{"name": "a\\u0000"}', JSON),
        (b'{"na\\u0000me": "a"}', JSON),
        (b'{"name": "\\ud800"}', JSON),
        (b'{"name": NaN}', JSON),
        (b'{"name": 1e999}', JSON),
        (b'{"name": 99999999999999999999}', JSON),
        (b"[" * 100_000, JSON),
        (b'{"name": "a"} {}', JSON),
        (b" " * (LARGEST + 1), JSON),
        (b"", JSON),
    ],
)
def test_what_is_no_json_is_malformed(content: bytes, content_type: str | None) -> None:
    with pytest.raises(Refused) as refused:
        PATCH.read_body(content, content_type)
    assert (refused.value.status, refused.value.name) == (400, "MALFORMED_JSON")


def test_an_operation_without_a_body_refuses_one() -> None:
    with pytest.raises(Refused, match="takes no body"):
        THINGS.read_body(b"{}", JSON)


def test_integral_numbers_are_integers_however_they_are_written() -> None:
    value = read_json(b'{"a": 5.0, "b": 1e2, "c": 1.5}', "application/json; charset=UTF-8")
    assert value == {"a": 5, "b": 100, "c": 1.5}
    assert type(value["a"]) is int


@given(st.binary(max_size=60))
@settings(derandomize=True)
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    try:
        read_json(content, JSON)
    except Refused as refused:
        assert refused.name == "MALFORMED_JSON"


@given(st.datetimes(timezones=st.just(UTC)))
@settings(derandomize=True)
def test_every_moment_survives_its_text(moment: datetime) -> None:
    assert parse_date_time(moment.isoformat().replace("+00:00", "Z")) == moment


@pytest.mark.parametrize(
    ("text", "is_valid"),
    [
        ("2026-11-22T03:12:05.123456789Z", True),
        ("2026-11-22t03:12:05z", True),
        ("0001-01-01T00:00:00+23:59", False),
        ("2026-11-22T25:00:00Z", False),
        ("2026-11-22 03:12:05Z", False),
        ("2026-11-22T03:12Z", False),
        ("20261122T031205Z", False),
    ],
)
def test_times_are_rfc_3339(text: str, is_valid: bool) -> None:
    try:
        parse_date_time(text)
    except ValueError:
        assert not is_valid
    else:
        assert is_valid


def test_other_formats() -> None:
    assert is_ipv4("10.0.4.17")
    assert not any(map(is_ipv4, ("10.0.4", "10.0.4.256", "010.0.0.1", "::1", "10.0.4.1/32")))
    assert is_email("anna+sim@example.com")
    assert not any(map(is_email, ("anna", "a@b@c", "a b@c.nl", "@c.nl", f"a@{'b' * 254}")))
    assert is_date("2026-11-30")
    assert not any(map(is_date, ("2026-11-31", "20261130", "2026-11-3")))
