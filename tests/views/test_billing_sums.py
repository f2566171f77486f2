"""Rows, sums, the estimate, and what is said when sums do not add up."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simtui.models import BillingCycle, BillingLine, BillingReport
from simtui.views.billing.check import findings
from simtui.views.billing.estimate import elapsed_of, estimate_of
from simtui.views.billing.money import decimal_of, plain, signed
from simtui.views.billing.rows import DATA, FEE, SMS, Bill

NOV = BillingCycle(
    "2026-11",
    datetime(2026, 10, 31, 23, tzinfo=UTC),
    datetime(2026, 11, 30, 23, tzinfo=UTC),
    "Europe/Amsterdam",
)


def line(kind: str, amount: str, quantity: str = "1", **place: str) -> BillingLine:
    return BillingLine(kind, amount, "X", quantity, "0.0500", **place)


def report(*lines: BillingLine, **fields: Any) -> BillingReport:
    given: dict[str, Any] = {"cycle": NOV, "estimated": True, "lines": lines}
    return BillingReport("ACCOUNT", "EUR", **(given | fields))


def made(report: BillingReport, view: Any = "lines", **options: bool) -> Bill:
    bill = Bill(report, view, **options)
    for _ in bill.work():
        continue
    return bill


def test_rows_have_the_lines_of_a_thing_and_amounts_as_they_are_told() -> None:
    bill = made(
        report(
            line("SUBSCRIPTION", "0.95", thing_id="t1", things_group_id="g1"),
            line("DATA", "0.620", "12.345678", thing_id="t1", things_group_id="g1"),
            line("SUBSCRIPTION", "0.95", thing_id="t2"),
            line("SMS_MT", "0.05", thing_id="t1", things_group_id="g1"),
            line("SMS_MO", "0.02", "2", thing_id="t1", things_group_id="g1"),
        ),
        "things",
    )
    first = bill.rows["t1"]
    assert (first.amount_text(DATA), first.quantity_text(DATA)) == ("0.620", "12.345678")
    assert (first.amount_text(SMS), first.quantity_text(SMS)) == ("0.07", "3")
    assert (plain(first.total), first.group_id) == ("1.640", "g1")
    assert (bill.rows["t2"].total_text, bill.rows["t2"].group_id) == ("0.95", "")
    assert bill.total == Decimal("2.59")
    assert bill.most == first.total


@pytest.mark.parametrize(
    ("lines", "unused"),
    [
        ([("SUBSCRIPTION", "1")], True),
        ([("SUBSCRIPTION", "1"), ("DATA", "0.000000")], True),
        ([("SUBSCRIPTION", "1"), ("DATA", "0.000001")], False),
        ([("SUBSCRIPTION", "1"), ("SMS_MO", "1")], False),
        ([("SUBSCRIPTION", "1"), ("ROAMING", "1")], False),
        ([("SUBSCRIPTION", "1"), ("DATA", "")], False),
        ([("DATA", "0")], False),
    ],
)
def test_charged_but_unused(lines: list[tuple[str, str]], unused: bool) -> None:
    told = [line(kind, "0.00", quantity, thing_id="t1") for kind, quantity in lines]
    assert made(report(*told), "things").rows["t1"].unused is unused


def test_days_of_two_cycles_stand_side_by_side_by_their_number() -> None:
    told = report(line("DATA", "1.00", date="2026-11-03"), line("DATA", "2.00"))
    assert list(made(told, "days").rows) == ["2026-11-03", ""]
    assert list(made(told, "days", aligned=True).rows) == ["03", ""]


def test_lines_of_one_kind_are_rows_of_their_own() -> None:
    told = report(line("DATA", "1.00"), line("DATA", "2.00"), line("SMS_MT", "1.00"))
    assert list(made(told).rows) == ["DATA:1", "DATA:2", "SMS_MT:1"]


GOOD = report(
    line("SUBSCRIPTION", "0.95"),
    line("DATA", "10.00"),
    line("SMS_MT", "1.00"),
    line("SMS_MO", "0.50"),
    totals={"SUBSCRIPTION": "0.95", "DATA": "10.00", "SMS": "1.50", "net": "12.45"},
)


def said(bill: Bill, whole: BillingReport | None = None) -> list[str]:
    return [cell.text for cell in findings(bill, whole)]


def test_totals_that_add_up_are_nothing_to_say() -> None:
    assert said(made(GOOD), GOOD) == []
    assert said(made(report())) == []


@pytest.mark.parametrize(
    ("totals", "sentence"),
    [
        ({"DATA": "10.01"}, "✗ Does not add up: Data is 10.01, the lines are 10.00"),
        ({"SMS": "1.00"}, "✗ Does not add up: SMS is 1.00, the lines are 1.50"),
        ({"net": "12.46"}, "✗ Does not add up: The net is 12.46, the lines are 12.45"),
        ({"net": "n/a"}, "✗ Does not add up: The net is n/a, the lines are 12.45"),
        ({"ROAMING": "3.00"}, "✗ Does not add up: The net is 12.45, the parts are 15.45"),
    ],
)
def test_totals_that_do_not_are_told_with_both_numbers(
    totals: dict[str, str], sentence: str
) -> None:
    wrong = replace(GOOD, totals={**GOOD.totals, **totals})
    assert sentence in said(made(wrong), wrong)


def test_a_total_that_is_not_told_and_an_amount_that_is_no_number() -> None:
    bare = replace(GOOD, totals={"net": "12.45"})
    assert "✗ Does not add up: Data is not told, the lines are 10.00" in said(made(bare))
    odd = replace(GOOD, lines=(*GOOD.lines, line("DATA", "NaN"), line("DATA", "1e999")))
    bill = made(odd)
    assert bill.total == Decimal("12.45")
    assert said(bill) == ["✗ 2 lines have amounts that are no number; not in the sums"]


def test_rows_that_were_rounded_one_by_one_are_told_and_no_fault() -> None:
    whole = replace(GOOD, totals={**GOOD.totals, "net": "12.44"})
    (found,) = findings(made(GOOD), whole)
    assert found.tone == "dim"
    assert found.text == "Rows: 12.45; in one piece: 12.44 (each line is rounded on its own)"


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["SUBSCRIPTION", "DATA", "SMS_MT", "SMS_MO"]),
            st.decimals("-99999.99", "99999.99", places=2),
            st.integers(0, 5),
        ),
        max_size=30,
    )
)
def test_sums_are_exact_however_the_lines_are_told_apart(
    told: list[tuple[str, Decimal, int]],
) -> None:
    lines = [line(kind, str(amount), thing_id=f"t{n}") for kind, amount, n in told]
    total = sum((amount for _, amount, _ in told), Decimal("0.00"))
    parts = {name: Decimal("0.00") for name in ("SUBSCRIPTION", "DATA", "SMS")}
    for kind, amount, _ in told:
        parts[kind.partition("_")[0]] += amount
    sums = {name: str(amount) for name, amount in parts.items()} | {"net": str(total)}
    bill = made(report(*lines, totals=sums), "things")
    assert sum((row.total for row in bill.rows.values()), Decimal(0)) == bill.total == total
    assert said(bill, bill.report) == []


@pytest.mark.parametrize(
    "text", ["", "x", "NaN", "Infinity", "1e15", "1e99", "-1e-10", "9" * 41, None]
)
def test_what_is_no_number_to_reckon_with(text: str | None) -> None:
    assert decimal_of(text) is None


def test_signs_of_differences() -> None:
    numbers = ("1.20", "-1.20", "0.00")
    assert [signed(Decimal(one)) for one in numbers] == ["+1.20", "-1.20", "0.00"]
    assert plain(Decimal("1E+3")) == "1000"
    assert made(report(line("SUBSCRIPTION", "1.00"))).sums_by_total()["SUBSCRIPTION"] == 1
    assert made(report(line("SUBSCRIPTION", "1.00"))).rows["SUBSCRIPTION:1"].amount(FEE) == 1


# The estimate


def open_report(after: timedelta, **fields: Any) -> BillingReport:
    assert NOV.start is not None
    totals = {"SUBSCRIPTION": "9.50", "DATA": "10.00", "SMS": "2.00", "net": "21.50"}
    return report(generated_at=NOV.start + after, totals=totals, **fields)


def test_usage_goes_on_as_it_did_and_subscriptions_stay(now: datetime) -> None:
    found = estimate_of(open_report(timedelta(days=15)), now)
    assert found is not None
    assert found.amount == Decimal("33.50")
    assert found.method == "usage ÷ 50.0 %, subscriptions as now"
    third = estimate_of(open_report(timedelta(days=10)), now)
    assert third is not None
    assert str(third.amount) == "45.50", "with the digits of what is told"


def test_the_hour_that_a_month_has_more_counts(now: datetime) -> None:
    """October 2026 in Amsterdam is 31 days and one hour long."""
    october = BillingCycle(
        "2026-10",
        datetime(2026, 9, 30, 22, tzinfo=UTC),
        datetime(2026, 10, 31, 23, tzinfo=UTC),
        "Europe/Amsterdam",
    )
    half = timedelta(hours=(31 * 24 + 1) / 2)
    assert october.start is not None
    told = open_report(timedelta(), cycle=october)
    found = estimate_of(replace(told, generated_at=october.start + half), now)
    assert found is not None
    assert found.amount == Decimal("33.50")


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"generated_at": NOV.start + timedelta(hours=23, minutes=59)}, "less than a day of"),
        ({"generated_at": NOV.start - timedelta(days=2)}, "less than a day of"),
        ({"cycle": replace(NOV, start=None)}, "does not tell when the cycle begins"),
        ({"cycle": replace(NOV, end=NOV.start)}, "does not tell when the cycle begins"),
        ({"cycle": None}, "does not tell when the cycle begins"),
        ({"totals": {}}, "does not tell the sums"),
        ({"totals": {"net": "1.00", "DATA": "?"}}, "does not tell the sums"),
    ],
)
def test_no_estimate_says_why(changes: dict[str, Any], why: str, now: datetime) -> None:
    found = estimate_of(replace(open_report(timedelta(days=5)), **changes), now)
    assert found is not None
    assert found.amount is None
    assert why in found.method


def test_a_closed_cycle_has_none_and_one_that_is_over_has_its_sum(now: datetime) -> None:
    told = open_report(timedelta(days=30))
    assert estimate_of(replace(told, cycle=replace(NOV, status="CLOSED")), now) is None
    found = estimate_of(told, now)
    assert found is not None
    assert (found.amount, found.method) == (
        Decimal("21.50"),
        "the cycle is over, only not closed yet",
    )


def test_without_usage_it_is_what_it_is(now: datetime) -> None:
    told = replace(open_report(timedelta(days=3)), totals={"SUBSCRIPTION": "9.50", "net": "9.50"})
    found = estimate_of(told, now)
    assert found is not None
    assert (found.amount, found.method) == (
        Decimal("9.50"),
        "no usage so far, subscriptions as now",
    )


@given(st.integers(86_400, 30 * 86_400), st.decimals("0.01", "9999999.99", places=2))
def test_an_estimate_is_never_less_than_what_it_is_already(seconds: int, usage: Decimal) -> None:
    totals = {"DATA": str(usage), "SUBSCRIPTION": "1.00", "net": str(usage + 1)}
    told = replace(open_report(timedelta(seconds=seconds)), totals=totals)
    found = estimate_of(told, datetime(2026, 11, 22, tzinfo=UTC))
    assert found is not None
    assert found.amount is not None
    assert found.amount >= usage + 1
    elapsed = elapsed_of(told, datetime(2026, 11, 22, tzinfo=UTC))
    assert elapsed is not None
    assert 0 <= float(elapsed.percent_text.removesuffix(" %")) <= 100
