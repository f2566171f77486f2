from __future__ import annotations

import csv
import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simtui.models import CycleUsage, IpLease, SessionSummary, Thing
from simtui.views.copy_menu import copy_items, ticket_text
from simtui.views.fleet_context import FleetContext
from simtui.views.output.csv_text import CSV_FIELDS, csv_lines
from simtui.views.output.json_text import json_array, json_lines, thing_json
from simtui.views.output.table_text import table_lines
from simtui.views.text import UNSAFE, cell_width

NOW = datetime(2026, 11, 22, 3, 12, 5, tzinfo=UTC)


@pytest.fixture
def pump(make_thing: Any) -> Thing:
    thing: Thing = make_thing(
        name="pump-12",
        imsi="204080123456789",
        things_group_id="g1",
        ip=IpLease("10.0.4.17", allocation="LOCKED"),
        session=SessionSummary("OFFLINE", NOW, NOW - timedelta(minutes=2)),
        last_seen_at=NOW - timedelta(hours=2),
        tags=("nl", "a b"),
        usage_cycle=CycleUsage(data_bytes=18_734_012, sms_mt=3),
    )
    return thing


def test_the_copy_menu_leaves_out_what_is_unknown(pump: Thing, context: FleetContext) -> None:
    items = {item.label: item.text for item in copy_items(pump, context)}
    assert items["ICCID"] == "8931086200000000019"
    assert items["IP address"] == "10.0.4.17"
    assert "IMEI" not in items
    assert items["Row, tab-separated"].split("\t")[1:3] == ["pump-12", "8931086200000000019"]
    assert json.loads(items["JSON"])["name"] == "pump-12"
    assert items["Text for a ticket"] == ticket_text(pump, context)


def test_a_ticket_has_what_a_colleague_needs(pump: Thing, context: FleetContext) -> None:
    text = ticket_text(pump, context)
    for needed in (
        "pump-12 (id t1)",
        "ICCID 8931086200000000019",
        "IMSI 204080123456789, IMEI –",
        "Session offline, as of 2026-11-22 03:10:05Z",
        "Last seen 2026-11-22 01:12:05Z (2h ago)",
        "Group depot-7, network factory, IP profile closed",
        "Looked up 2026-11-22 03:12:05Z",
    ):
        assert needed in text


def test_a_name_cannot_smuggle_anything_into_the_clipboard(
    make_thing: Any, context: FleetContext
) -> None:
    evil = make_thing(name="x\x1b[201~\nrm -rf\t\u202e", tags=("\x9b",))
    for item in copy_items(evil, context):
        allowed = "\n" if item.label == "Text for a ticket" else "\t"
        assert UNSAFE.search(item.text.replace(allowed, "")) is None


def test_json_is_the_model_with_times_in_utc(pump: Thing) -> None:
    told = json.loads(thing_json(pump))
    assert told["thing_id"] == "t1"
    assert told["last_seen_at"] == "2026-11-22T01:12:05Z"
    assert told["imei"] is None
    assert told["usage_cycle"]["sms_mo"] is None
    assert told["ip"]["allocation"] == "LOCKED"
    assert "\n" not in thing_json(pump)
    assert json.loads(thing_json(pump, indent=2)) == told
    assert thing_json(pump, indent=2).startswith('{\n  "thing_id"')


@pytest.mark.parametrize("count", [0, 1, 3])
def test_the_array_is_one_document_and_lines_are_many(count: int, make_thing: Any) -> None:
    things = [make_thing(f"t{number}") for number in range(count)]
    told = json.loads("\n".join(json_array(things)))
    assert [one["thing_id"] for one in told] == [thing.thing_id for thing in things]
    assert [json.loads(line) for line in json_lines(things)] == told


@given(st.text())
def test_json_is_safe_to_print_and_means_the_name_as_it_is(name: str) -> None:
    text = thing_json(Thing("t1", "89", "ACTIVE", name=name))
    assert UNSAFE.search(text) is None
    assert json.loads(text)["name"] == name


def test_csv_has_a_header_and_empty_for_unknown(pump: Thing, context: FleetContext) -> None:
    lines = list(csv_lines([pump], context))
    (row,) = csv.DictReader(lines)
    assert list(row) == list(CSV_FIELDS)
    assert row["group"] == "depot-7"
    assert row["last_seen_at"] == "2026-11-22T01:12:05Z"
    assert row["tags"] == "nl;a b"
    assert row["imei"] == ""
    assert row["sms_mo_cycle"] == ""
    assert row["data_bytes_cycle"] == "18734012"


@pytest.mark.parametrize(
    ("name", "cell"),
    [
        ("=1+1", "'=1+1"),
        ("+31", "'+31"),
        ("-2", "'-2"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "\\x09=1"),
        ('a "b", c', 'a "b", c'),
        ("two\nlines", "two\\x0alines"),
    ],
)
def test_csv_runs_no_formula_and_breaks_no_line(
    name: str, cell: str, make_thing: Any, context: FleetContext
) -> None:
    lines = list(csv_lines([make_thing(name=name)], context))
    assert len(lines) == 2
    (row,) = csv.DictReader(lines)
    assert row["name"] == cell


def test_the_table_is_aligned_and_cuts_nothing(
    pump: Thing, make_thing: Any, context: FleetContext
) -> None:
    long = make_thing("t2", name="한국 " + "x" * 30, state="QUARANTINED")
    lines = list(table_lines([pump, long, make_thing("t3")], context))
    header, first, second, third = lines
    assert header.split() == ["STATE", "NAME", "ICCID", "SESSION", "SEEN", "IP", "GROUP", "CYCLE"]
    assert first.split() == [
        "active", "pump-12", "8931086200000000019", "offline", "2h", "10.0.4.17", "L",
        "depot-7", "18.7", "MB",
    ]  # fmt: skip
    assert "x" * 30 in second
    starts = {cell_width(line[: line.index("8931")]) for line in (first, second, third)}
    assert starts == {cell_width(header[: header.index("ICCID")])}


def test_an_empty_table_is_its_header(context: FleetContext) -> None:
    assert len(list(table_lines([], context))) == 1


def test_output_comes_line_by_line(make_thing: Any, context: FleetContext) -> None:
    def endless() -> Any:
        number = 0
        while True:
            number += 1
            yield make_thing(f"t{number}")

    assert next(iter(json_lines(endless()))).startswith("{")
    lines = csv_lines(endless(), context)
    assert [next(lines).split(",")[0] for _ in range(3)] == ["thing_id", "t1", "t2"]
