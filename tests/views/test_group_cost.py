"""What a group costs so far, or why that is not shown (contract §3.9)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from simtui.errors import CapabilityAbsent, Forbidden, NotFound, SimtuiError, Unreachable
from simtui.models import Account, BillingCycle, BillingReport
from simtui.views.group.cost import cost_section

CYCLE = BillingCycle(
    "2026-11",
    datetime(2026, 10, 31, 23, tzinfo=UTC),
    datetime(2026, 11, 30, 23, tzinfo=UTC),
    "Europe/Amsterdam",
)


@dataclass(frozen=True)
class Told:
    value: Any = None
    error: SimtuiError | None = None


ACCOUNT = Told(Account("a1", current_cycle=CYCLE))


def report(now: datetime) -> BillingReport:
    return BillingReport(
        "THINGS_GROUP",
        "EUR",
        CYCLE,
        estimated=True,
        generated_at=now - timedelta(minutes=5),
        totals={"net": "0012.340", "SMS": "1.10", "DATA": "10.00", "ROAMING\x1b": "1.24"},
        things_billable=12,
        things_free=3,
    )


def test_the_sums_as_they_are_told_to_the_last_digit(now: datetime) -> None:
    section = cost_section(ACCOUNT, Told(report(now)), now)
    assert [(label, cell.text) for label, cell in section.rows] == [
        ("Net", "0012.340 EUR so far"),
        ("At its end", "≈ 16.969 EUR · estimate: usage ÷ 70.5 %, subscriptions as now"),
        ("Data", "10.00 EUR"),
        ("SMS", "1.10 EUR"),
        ("ROAMING\\x1b", "1.24 EUR"),
        ("Things", "12 Things charged, 3 free"),
        ("Cycle", "2026-11, until 1 Dec 2026"),
        ("As of", "5m ago"),
    ]
    assert section.note == ""


def test_a_closed_cycle_is_no_estimate_and_no_sum_is_no_zero(now: datetime) -> None:
    closed = replace(report(now), estimated=False, cycle=replace(CYCLE, status="CLOSED"))
    rows = cost_section(ACCOUNT, Told(closed), now).rows
    assert [(label, cell.text) for label, cell in rows][:2] == [
        ("Net", "0012.340 EUR"),
        ("Data", "10.00 EUR"),
    ]
    bare = BillingReport("THINGS_GROUP", "EUR")
    assert [cell.text for _, cell in cost_section(ACCOUNT, Told(bare), now).rows] == ["not told"]


@pytest.mark.parametrize(
    ("error", "why"),
    [
        (
            Forbidden("Not allowed"),
            "To see what things cost needs READ_ONLY or BILLING or ADMINISTRATOR.",
        ),
        (NotFound("No such thing"), "This API does not tell what a group costs in this cycle."),
        (CapabilityAbsent("Absent"), "This API does not tell what a group costs in this cycle."),
        (Unreachable("The API does not answer"), "The API does not answer"),
    ],
)
def test_why_there_are_none_is_a_quiet_sentence(
    error: SimtuiError, why: str, now: datetime
) -> None:
    assert cost_section(ACCOUNT, Told(error=error), now).note == why
    assert cost_section(Told(error=error), None, now).note == why


def test_a_level_that_may_not_see_it_is_told_which_one_may(now: datetime) -> None:
    operator = Told(Account("a1", current_cycle=CYCLE, permission_level="OPERATOR"))
    assert cost_section(operator, None, now).note == (
        "To see what things cost needs READ_ONLY or BILLING or ADMINISTRATOR;"
        " your level is OPERATOR."
    )


def test_what_was_known_stays_when_it_cannot_be_had_again(now: datetime) -> None:
    behind = cost_section(ACCOUNT, Told(report(now), Unreachable("No answer")), now)
    assert behind.rows
    assert behind.note == "may be behind: No answer"


def test_before_anything_is_told(now: datetime) -> None:
    assert cost_section(None, None, now).note == "not loaded yet"
    assert cost_section(ACCOUNT, None, now).note == "not loaded yet"
    no_cycle = Told(Account("a1"))
    assert "which billing cycle is open" in cost_section(no_cycle, None, now).note
