from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simtui.sandbox.apportion import apportion
from simtui.sandbox.billing.charged import is_charged, why_free
from simtui.sandbox.billing.prices import amount_of, report_line, totals_of
from simtui.sandbox.cycles import cycle_named
from simtui.sandbox.histories import add_state_change, state_history
from simtui.sandbox.records import StateChange, ThingRecord

VECTORS = json.loads(Path(__file__).with_name("billing_vectors.json").read_text("utf-8"))
CYCLE = cycle_named("2026-11", "Europe/Amsterdam")
BEFORE = CYCLE.start - timedelta(days=90)


def thing(*steps: tuple[datetime, str]) -> ThingRecord:
    record = ThingRecord("t_1", "8931086200000000019", "204083100000001", BEFORE, "g_1")
    for moment, state in steps:
        add_state_change(record, StateChange(moment, record.state, state, "test"))
        record.state, record.state_changed_at = state, moment
    return record


@pytest.mark.parametrize(("steps", "expected"), VECTORS)
def test_the_vectors_of_the_contract(steps: list[tuple[int, str]], expected: bool) -> None:
    assert is_charged(steps, 100, 200) is expected


@pytest.mark.parametrize(
    ("steps", "expected"),
    [
        ([], False),
        ([(0, "ACTIVE"), (100, "SUSPENDED")], False),
        ([(0, "ACTIVE"), (100, "RETIRED")], False),
        ([(0, "ACTIVE"), (150, "RETIRED")], True),
        ([(0, "PROVISIONED"), (200, "ACTIVE")], False),
        ([(0, "PROVISIONED"), (199, "ACTIVE"), (199, "SUSPENDED")], False),
        ([(0, "ACTIVE")], True),
        ([(250, "ACTIVE")], False),
    ],
)
def test_the_edges_of_a_cycle(steps: list[tuple[int, str]], expected: bool) -> None:
    assert is_charged(steps, 100, 200) is expected


IN = CYCLE.start + timedelta(days=10)


@pytest.mark.parametrize(
    ("steps", "reason"),
    [
        ((), "PROVISIONED"),
        (((BEFORE, "ACTIVE"),), ""),
        (((BEFORE, "ACTIVE"), (IN, "SUSPENDED")), ""),
        (((BEFORE, "ACTIVE"), (BEFORE + timedelta(1), "SUSPENDED")), "SUSPENDED_FULL_CYCLE"),
        (((BEFORE, "ACTIVE"), (IN, "RETIRED")), ""),
        (((BEFORE, "ACTIVE"), (BEFORE + timedelta(1), "RETIRED")), "RETIRED"),
        (((BEFORE, "ACTIVE"), (BEFORE + timedelta(1), "SUSPENDED"), (IN, "RETIRED")), "RETIRED"),
        (((BEFORE, "ACTIVE"), (BEFORE + timedelta(1), "SUSPENDED"), (IN, "ACTIVE")), ""),
        (((CYCLE.end, "ACTIVE"),), "PROVISIONED"),
    ],
)
def test_why_a_thing_is_free(steps: tuple[tuple[datetime, str], ...], reason: str) -> None:
    assert why_free(thing(*steps), CYCLE.start, CYCLE.end) == reason


def test_a_thing_that_came_later_is_not_in_the_report() -> None:
    record = thing()
    record.created_at = CYCLE.end
    assert why_free(record, CYCLE.start, CYCLE.end) is None


@given(
    state=st.sampled_from(["PROVISIONED", "ACTIVE", "SUSPENDED", "RETIRED"]),
    created=st.integers(0, 120),
    changed=st.integers(0, 60),
)
def test_a_derived_history_is_charged_like_a_stored_one(
    state: str, created: int, changed: int
) -> None:
    record = thing()
    record.created_at = BEFORE + timedelta(days=created)
    record.state, record.state_changed_at = state, record.created_at + timedelta(days=changed)
    derived = why_free(record, CYCLE.start, CYCLE.end)
    record.state_changes = state_history(record)
    assert why_free(record, CYCLE.start, CYCLE.end) == derived


@pytest.mark.parametrize(
    ("quantity", "price", "amount"),
    [
        ("12.345678", "0.0500", "0.62"),
        ("0.1", "0.0500", "0.01"),
        ("0.099999", "0.0500", "0.00"),
        ("0.3", "0.0500", "0.02"),
        ("0.5", "0.0500", "0.03"),
        ("0", "0.0500", "0.00"),
    ],
)
def test_half_a_cent_is_rounded_up(quantity: str, price: str, amount: str) -> None:
    assert str(amount_of(Decimal(quantity), Decimal(price))) == amount


def test_a_line_shows_every_byte() -> None:
    line = report_line("DATA", 12_345_678, {"thingId": "t_1"})
    assert line == {
        "kind": "DATA",
        "unit": "MB",
        "quantity": "12.345678",
        "unitPrice": "0.0500",
        "amount": "0.62",
        "thingId": "t_1",
    }
    assert report_line("DATA", 1, {})["quantity"] == "0.000001"


def test_totals_are_the_sums_of_rounded_lines() -> None:
    lines = [report_line("DATA", 100_000, {}) for _ in range(3)]
    lines += [report_line("SMS_MT", 2, {}), report_line("SMS_MO", 1, {})]
    totals = totals_of(lines)
    assert totals == {"SUBSCRIPTION": "0.00", "DATA": "0.03", "SMS": "0.11", "net": "0.14"}


@given(st.integers(0, 10**15), st.lists(st.integers(0, 10**9), min_size=1, max_size=50))
def test_parts_add_up(total: int, weights: list[int]) -> None:
    parts = apportion(total, weights)
    assert len(parts) == len(weights)
    assert sum(parts) == total
    assert all(part >= 0 for part in parts)
    if sum(weights):
        for part, weight in zip(parts, weights, strict=True):
            assert abs(part - total * weight / sum(weights)) <= 1 + total * 1e-12


def test_nothing_to_spread_over() -> None:
    assert apportion(5, []) == []


def test_a_history_begins_with_the_delivery() -> None:
    record = thing((datetime(2026, 11, 2, tzinfo=UTC), "ACTIVE"))
    assert [(step.from_state, step.to_state) for step in state_history(record)] == [
        (None, "PROVISIONED"),
        ("PROVISIONED", "ACTIVE"),
    ]
