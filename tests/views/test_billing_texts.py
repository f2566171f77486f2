"""What stands over a bill, in its cells, and in the files that it is exported to."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from simtui.errors import Forbidden, NotFound, SimtuiError, Unreachable
from simtui.models import BillingCycle, BillingLine, BillingReport, Job, Thing, ThingsGroup
from simtui.models.permission import LEVELS
from simtui.ui.widgets.table_layout import minimum_width
from simtui.views.billing.cells import Shown
from simtui.views.billing.columns import bill_columns, compared_columns
from simtui.views.billing.empty import why_no_rows
from simtui.views.billing.estimate import elapsed_of
from simtui.views.billing.export import bill_csv, bill_json
from simtui.views.billing.head import charged_line, cycle_line, estimate_line, net_line
from simtui.views.billing.names import Names
from simtui.views.billing.order import first_sort, order_words, ordered
from simtui.views.billing.rows import Bill
from simtui.views.billing.text import bill_lines, warnings
from simtui.views.billing.why_not import not_allowed
from simtui.views.billing.words import VIEWS, View
from simtui.views.fleet_context import FleetContext
from simtui.views.text import UNSAFE, cell_width

CYCLE = BillingCycle(
    "2026-11",
    datetime(2026, 10, 31, 23, tzinfo=UTC),
    datetime(2026, 11, 30, 23, tzinfo=UTC),
    "Europe/Amsterdam",
)
BEFORE = BillingCycle("2026-10", None, CYCLE.start, "Europe/Amsterdam", "CLOSED")


def lines_of(thing_id: str, group_id: str, data: str, amount: str) -> tuple[BillingLine, ...]:
    place = {"thing_id": thing_id, "things_group_id": group_id}
    return (
        BillingLine("SUBSCRIPTION", "0.95", "THING", "1", "0.9500", **place),
        BillingLine("DATA", amount, "MB", data, "0.0500", **place),
    )


def report(now: datetime, **fields: Any) -> BillingReport:
    given: dict[str, Any] = {
        "cycle": CYCLE,
        "scope_id": "a_1",
        "estimated": True,
        "generated_at": now - timedelta(minutes=5),
        "lines": (*lines_of("t1", "g1", "12.345678", "0.62"), *lines_of("t9", "gone", "2", "0.1")),
        "totals": {"net": "2.62", "DATA": "0.72", "SUBSCRIPTION": "1.90", "SMS": "0.00"},
        "things_billable": 1779,
        "things_free": 221,
        "free_reasons": {"RETIRED": 62, "STOLEN\x1b": 1, "PROVISIONED": 94, "OTHER": 0}
        | {"SUSPENDED_FULL_CYCLE": 64},
    }
    return BillingReport("ACCOUNT", "EUR", **(given | fields))


@pytest.fixture
def names(now: datetime) -> Names:
    thing = Thing("t1", "8931086200000000019", "ACTIVE", name="=pump\x1b[2J")
    context = FleetContext(now, groups={"g1": ThingsGroup("g1", "depot-7")})
    return Names(context, {"t1": thing}.get)


def text(row: Any) -> str:
    return "".join(cell.text for cell in row)


def shown(report: BillingReport, view: View, names: Names, other: BillingReport | None = None):
    bills = [Bill(one, view) for one in (report, other) if one is not None]
    for bill in bills:
        for _ in bill.work():
            continue
    elapsed = elapsed_of(report, names.context.now)
    return Shown(bills[0], names, elapsed, bills[1] if other is not None else None)


def keys_of(shown: Shown, sort: tuple[str, bool], **options: bool) -> list[str]:
    *_, keys = ordered(shown, sort, **options)
    return list(keys)


def test_the_lines_over_a_bill(now: datetime) -> None:
    told = report(now)
    assert text(cycle_line(None, told, now, 120)) == (
        " 2026-11 open · 1 Nov 2026 to 1 Dec 2026 · 70.5 % of it over · as of 5m ago"
        " · Europe/Amsterdam"
    )
    assert text(net_line(told, 80)) == (
        " 2.62 EUR so far = subscriptions 1.90 + data 0.72 + SMS 0.00"
    )
    assert text(estimate_line(told, now, 80)) == (
        " ≈ 2.92 EUR at its end · estimate: usage ÷ 70.5 %, subscriptions as now"
    )
    assert text(charged_line(told, 120)) == (
        " 1,779 Things charged, 221 free: 94 provisioned, 64 suspended the whole cycle,"
        " 62 retired, 1 stolen\\x1b"
    )


def test_a_closed_cycle_has_no_estimate_and_is_not_so_far(now: datetime) -> None:
    told = report(now, cycle=replace(CYCLE, status="CLOSED"), estimated=False)
    assert text(net_line(told, 80)).startswith(" 2.62 EUR = ")
    assert "closed" in text(estimate_line(told, now, 80))
    assert "%" not in text(cycle_line(None, told, now, 80))


def test_too_early_says_so(now: datetime) -> None:
    assert CYCLE.start is not None
    told = report(now, generated_at=CYCLE.start + timedelta(hours=3))
    assert text(estimate_line(told, now, 80)) == (
        " At its end: no estimate: less than a day of the cycle is over"
    )


@pytest.mark.parametrize("width", [30, 40, 60, 80, 120])
def test_no_line_is_longer_than_the_terminal(now: datetime, width: int) -> None:
    told = report(now, totals={"net": "9" * 30, "DATA": "1" * 30, "X\x1b": "2" * 30})
    made = (
        cycle_line(None, told, now, width),
        net_line(told, width),
        estimate_line(told, now, width),
        charged_line(told, width),
    )
    for row in made:
        assert cell_width(text(row)) <= width
        assert not UNSAFE.search(text(row))


def test_before_anything_is_known(now: datetime) -> None:
    assert "does not tell its billing cycle" in text(cycle_line(None, None, now, 80))
    assert text(cycle_line(CYCLE, None, now, 80)).startswith(" 2026-11 open · 1 Nov 2026")
    assert text(net_line(BillingReport("ACCOUNT", ""), 80)) == " not told"


@pytest.mark.parametrize("width", [80, 120])
@pytest.mark.parametrize("view", VIEWS["ACCOUNT"])
@pytest.mark.parametrize("is_open", [True, False])
def test_the_columns_fit(view: View, width: int, is_open: bool) -> None:
    assert minimum_width(bill_columns(view, width, is_open=is_open)) <= width
    assert minimum_width(compared_columns(view, width, "2026-11", "2026-10")) <= width


def test_the_smallest_terminal_has_what_counts() -> None:
    for columns in (bill_columns("things", 40), compared_columns("things", 40, "a", "b")):
        assert minimum_width(columns) <= 40
        assert {"name", "amount"} <= {column.key for column in columns}


def test_cells_tell_names_and_amounts_and_ids_of_what_is_gone(now: datetime, names: Names) -> None:
    told = shown(report(now), "things", names)
    columns = bill_columns("things", 120, is_open=True)
    assert [column.key for column in columns] == [
        "name", "bar", "group", "data", "sms", "fee", "amount", "end",
    ]  # fmt: skip
    rows = {key: [cell.text for cell in told.row(key, columns)] for key in told.bill.rows}
    assert rows["t1"][0] == "=pump\\x1b[2J"
    assert rows["t1"][2:] == ["depot-7", "12.345678", "0", "0.95", "1.57", "1.83"]
    assert rows["t9"][0] == "t9"
    assert rows["t9"][2] == "gone"
    groups = shown(report(now), "groups", names)
    assert [groups.names.row_name("groups", key) for key in groups.bill.rows] == ["depot-7", "gone"]


def test_the_lines_are_exactly_what_the_server_says(now: datetime, names: Names) -> None:
    odd = BillingLine("DATA", "0.620", "MB", "0012.3", "0.05000")
    told = shown(report(now, lines=(odd, BillingLine("ROAMING", "x"))), "lines", names)
    columns = bill_columns("lines", 80)
    rows = [[cell.text for cell in told.row(key, columns)] for key in told.bill.rows]
    assert rows == [
        ["Data", "0012.3", "MB", "0.05000", "0.620"],
        ["ROAMING", "–", "–", "–", "✗ x"],
    ]


def test_orders(now: datetime, names: Names) -> None:
    told = shown(report(now), "things", names)
    assert keys_of(told, first_sort("things")) == ["t1", "t9"]
    assert keys_of(told, ("amount", False)) == ["t9", "t1"]
    assert keys_of(told, ("name", False)) == ["t1", "t9"]
    assert keys_of(told, ("data", True)) == ["t1", "t9"]
    assert keys_of(told, ("group", True)) == ["t9", "t1"]
    assert keys_of(told, ("amount", True), unused=True) == []
    assert order_words("things", ("amount", True), other="") == ("by amount ▼", "", "by Thing")
    assert order_words("days", ("name", False), other="2026-10") == (
        "by name ▲",
        "against 2026-10",
        "by day",
    )


def test_two_cycles_side_by_side(now: datetime, names: Names) -> None:
    old = report(
        now,
        cycle=BEFORE,
        lines=lines_of("t1", "g1", "3", "0.05") + lines_of("t2", "g1", "1", "0.05"),
    )
    told = shown(report(now), "things", names, old)
    columns = told.columns(80)
    assert [column.title for column in columns] == [
        "THING", "2026-10", "2026-11", "DIFFERENCE", "CHANGE",
    ]  # fmt: skip
    rows = [
        [cell.text for cell in told.row(key, columns)][1:]
        for key in keys_of(told, ("difference", True))
    ]
    assert rows == [
        ["0", "1.05", "+1.05", "new"],
        ["1.00", "1.57", "+0.57", "+57.0 %"],
        ["1.00", "0", "-1.00", "-100.0 %"],
    ]


def test_csv_has_every_line_and_no_formula(now: datetime, names: Names) -> None:
    credit = BillingLine("DATA", "-1.20", "MB", "1", "0.05", "t1", "g1")
    told = report(now, lines=(*report(now).lines, credit))
    rows = list(csv.DictReader(io.StringIO("\n".join(bill_csv(told, names)))))
    assert len(rows) == 5
    assert rows[1] == {
        "cycle_id": "2026-11",
        "cycle_status": "OPEN",
        "scope": "ACCOUNT",
        "scope_id": "a_1",
        "currency": "EUR",
        "kind": "DATA",
        "quantity": "12.345678",
        "unit": "MB",
        "unit_price": "0.0500",
        "amount": "0.62",
        "date": "",
        "thing_id": "t1",
        "iccid": "8931086200000000019",
        "thing_name": "'=pump\\x1b[2J",
        "things_group_id": "g1",
        "group_name": "depot-7",
    }
    assert rows[4]["amount"] == "-1.20", "a number is no formula"


def test_json_has_all_there_is(now: datetime, names: Names) -> None:
    written = "\n".join(bill_json(report(now), names))
    assert written.isascii()
    told = json.loads(written)
    assert told["totals"]["net"] == "2.62"
    assert told["cycle"]["end"] == "2026-11-30T23:00:00Z"
    assert told["free_reasons"]["PROVISIONED"] == 94
    assert [line["amount"] for line in told["lines"]] == ["0.95", "0.62", "0.95", "0.1"]
    assert told["lines"][0]["thing_name"] == "=pump\x1b[2J"
    assert json.loads("\n".join(bill_json(report(now, lines=()), names)))["lines"] == []


def test_plain_text_cuts_nothing_off_and_warns(now: datetime, names: Names) -> None:
    lines = list(bill_lines(report(now), report(now), "things", names))
    assert lines[0].startswith("2026-11 open")
    assert lines[5].split() == [
        "THING", "GROUP", "DATA", "MB", "SMS", "SUBSCR.", "AMOUNT", "≈", "AT", "END",
    ]  # fmt: skip
    assert lines[6].startswith("=pump\\x1b[2J  depot-7  12.345678")
    assert warnings(report(now), "things") == []
    wrong = report(now, totals={"net": "3.00", "DATA": "0.72", "SUBSCRIPTION": "1.90"})
    assert "Does not add up" in warnings(wrong, "things")[0]


@pytest.mark.parametrize("level", LEVELS)
def test_the_levels_that_see_no_bill_are_told_which_do(level: str) -> None:
    refused = not_allowed(level)
    assert bool(refused) is (level in ("NETWORK_MANAGER", "OPERATOR"))
    assert not refused or ("BILLING" in refused and level in refused)
    assert not_allowed(None) == not_allowed("SOMETHING_NEW") == ""


JOB = Job("j_1", "REPORT", "RUNNING", total=0)


@pytest.mark.parametrize(
    ("given", "title", "text"),
    [
        ({"level": "OPERATOR"}, "cannot be shown", "your level is OPERATOR"),
        ({"error": Unreachable("No answer")}, "could not be loaded", "r tries again"),
        ({"error": Forbidden("No")}, "There is no bill", "needs READ_ONLY or BILLING"),
        ({"error": NotFound("No")}, "There is no bill", "does not tell what this costs"),
        ({}, "Loading the bill", "as soon as"),
        ({"job": JOB}, "The report is being made: it runs (job j_1)", "in its own time"),
        ({"job": replace(JOB, status="QUEUED")}, "it waits for its turn", "in its own time"),
        ({"job": replace(JOB, total=10, succeeded=5)}, "5/10", "in its own time"),
    ],
)
def test_why_there_are_no_rows(given: dict[str, Any], title: str, text: str, now: datetime) -> None:
    error: SimtuiError | None = given.get("error")
    level, job = given.get("level"), given.get("job")
    said = why_no_rows(None, error, job, level, unused=False, now=now)
    assert title in said[0]
    assert text in said[1]


def test_why_a_bill_is_empty(now: datetime) -> None:
    none = report(now, lines=())
    assert why_no_rows(none, None, None, None, unused=False, now=now)[0] == (
        "Nothing is charged in this cycle so far."
    )
    assert "esc shows all" in why_no_rows(report(now), None, None, None, unused=True, now=now)[1]
