"""The printing commands against the sandbox, over a real loopback socket."""

from __future__ import annotations

import csv
import io
import json
import os
from collections.abc import Iterator

import pytest
from stdnum.luhn import is_valid

from simtui.sandbox.clock import WorldClock
from simtui.sandbox.fleet.build import build_world
from simtui.sandbox.server import LiveServer

MANY = 700  # more than one page


@pytest.fixture(scope="module")
def server() -> Iterator[LiveServer]:
    with LiveServer(build_world(things=MANY, seed=7, fresh=False, clock=WorldClock())) as server:
        yield server


@pytest.fixture(autouse=True)
def signed_in(sign_in) -> None:
    sign_in()


def test_json_has_every_thing_once(simtui, server: LiveServer) -> None:
    ended = simtui("things", "--json")
    assert (ended.code, ended.err) == (0, "")
    things = json.loads(ended.out)
    iccids = [thing["iccid"] for thing in things]
    assert iccids == sorted(server.world.by_iccid)
    by_id = {thing["thing_id"]: thing for thing in things}
    for record in server.world.things.values():
        assert by_id[record.thing_id]["name"] == record.name
        assert by_id[record.thing_id]["state"] == record.state


def test_a_filter_means_the_same_as_in_the_app(simtui, server: LiveServer) -> None:
    ended = simtui("--filter", "state:suspended", "things", "--json")
    expected = {r.iccid for r in server.world.things.values() if r.state == "SUSPENDED"}
    assert expected
    assert {thing["iccid"] for thing in json.loads(ended.out)} == expected


def test_the_table_has_a_header_and_aligned_columns_and_no_colour(simtui) -> None:
    ended = simtui("things", "--filter", "state:suspended")
    header, *rows = ended.out.splitlines()
    assert header.startswith("STATE")
    at = header.index("ICCID")
    assert rows
    assert all(row[at : at + 2] == "89" for row in rows)
    assert "\x1b" not in ended.out
    assert ended.err == ""


def test_csv_has_a_header_and_the_names(simtui, server: LiveServer) -> None:
    rows = list(csv.DictReader(io.StringIO(simtui("things", "--csv").out)))
    assert len(rows) == MANY
    assert {row["group"] for row in rows} <= {g.name for g in server.world.groups.values()}


def test_nothing_found_is_said_but_is_no_error(simtui) -> None:
    ended = simtui("things", "--filter", "no-such-name")
    assert ended.code == 0
    assert ended.out.startswith("STATE")
    assert ended.err == f"simtui: None of the {MANY} Things passes the filter.\n"
    silent = simtui("things", "--filter", "no-such-name", "--json")
    assert (json.loads(silent.out), silent.err) == ([], "")


def test_a_group_that_there_is_not_is_a_mistake_in_the_filter(simtui, server: LiveServer) -> None:
    ended = simtui("things", "--filter", "state:active group:nope")
    assert (ended.code, ended.out) == (2, "")
    message, expression, caret = ended.err.splitlines()
    assert "nope" in message
    assert expression[len(caret) - 1 :] == "nope"


def test_names_that_may_not_be_read_are_left_out_with_a_remark(simtui, sign_in) -> None:
    sign_in("BILLING")
    ended = simtui("things", "--json")
    assert ended.code == 0
    assert len(json.loads(ended.out)) == MANY
    assert "the networks are left out" in ended.err


@pytest.mark.parametrize(
    ("variable", "value", "code"),
    [
        ("SIMTUI_CLIENT_SECRET", "wrong", 3),
        ("SIMTUI_CLIENT_ID", "nobody", 3),
        ("SIMTUI_CLIENT_SECRET", "", 3),
        ("SIMTUI_BASE_URL", "http://example.com", 3),
        ("SIMTUI_BASE_URL", "http://127.0.0.1:1/x", 5),  # takes its tries, some seconds
    ],
)
def test_a_wrong_connection_is_one_sentence_and_its_code(
    simtui, monkeypatch, variable: str, value: str, code: int
) -> None:
    secret = os.environ["SIMTUI_CLIENT_SECRET"]
    monkeypatch.setenv(variable, value)
    ended = simtui("things")
    assert (ended.code, ended.out) == (code, "")
    assert ended.err.startswith("simtui: ")
    assert ended.err.count("\n") == 1
    assert secret not in ended.err


def test_a_broken_answer_is_one_sentence(simtui, fault) -> None:
    fault("not-json", {"path": "/things", "times": None})
    ended = simtui("things", "--json")
    assert (ended.code, ended.out) == (4, "")
    assert ended.err.count("\n") == 1


def test_nothing_configured_says_what_to_do(simtui, monkeypatch) -> None:
    for name in ("BASE_URL", "TOKEN_URL", "CLIENT_ID", "CLIENT_SECRET"):
        monkeypatch.delenv(f"SIMTUI_{name}")
    for command in (("things",), ("thing", "8931086200000000019")):
        ended = simtui(*command)
        assert ended.code == 3
        assert "Nothing is configured yet" in ended.err
        assert "simtui demo" in ended.err


@pytest.fixture
def iccid(server: LiveServer) -> str:
    """An ICCID of 20 digits that without its check digit fails the check."""
    return next(i for i in server.world.by_iccid if len(i) == 20 and not is_valid(i[:-1]))


def test_a_thing_is_found_however_its_number_is_written(simtui, iccid: str) -> None:
    spaced = f"{iccid[:4]} {iccid[4:8]}-{iccid[8:]}F"
    for number in (iccid, spaced, iccid[:-1]):
        ended = simtui("thing", number, "--json")
        assert (ended.code, ended.err) == (0, "")
        assert json.loads(ended.out)["iccid"] == iccid


def test_a_number_that_looks_whole_by_chance_is_found_too(simtui, server: LiveServer) -> None:
    iccid = next(i for i in server.world.by_iccid if len(i) == 20 and is_valid(i[:-1]))
    ended = simtui("thing", iccid[:-1], "--json")
    assert json.loads(ended.out)["iccid"] == iccid


def test_a_thing_is_told_in_sections(simtui, server: LiveServer, iccid: str) -> None:
    ended = simtui("thing", iccid)
    assert ended.code == 0
    assert "\x1b" not in ended.out
    lines = ended.out.splitlines()
    for title in ("Identity", "Session", "Lifecycle", "IP lease", "Last SMS", "State history"):
        assert title in lines
    record = server.world.by_iccid[iccid]
    assert record.imsi in ended.out
    assert record.imei is None or record.imei in ended.out
    assert "not loaded yet" not in ended.out


def test_what_this_api_does_not_offer_is_said_in_its_section(simtui, fault, iccid: str) -> None:
    fault("ext-absent")
    ended = simtui("thing", iccid)
    assert ended.code == 0
    assert "not offered by this API" in ended.out


@pytest.mark.parametrize(
    ("number", "reason"),
    [
        ("", "19 or 20 digits"),
        ("12", "19 or 20 digits"),
        ("89310862000000000A1", "digits"),
        ("1231086200000000019", "starts with 89"),
        ("89310862000000000120", "check digit"),
    ],
)
def test_a_number_that_is_no_iccid_is_refused(simtui, number: str, reason: str) -> None:
    ended = simtui("thing", number)
    assert (ended.code, ended.out) == (2, "")
    assert reason in ended.err


@pytest.mark.parametrize(
    "number", ["89310862000000000129", "8931086299999999990", "8931086200000000019"]
)
def test_a_thing_that_there_is_not_is_a_sentence(simtui, number: str) -> None:
    ended = simtui("thing", number)
    assert (ended.code, ended.out) == (4, "")
    assert ended.err.startswith("simtui: There is no such Thing.")
    assert number in ended.err


def test_a_name_cannot_act_on_the_terminal(simtui, server: LiveServer, iccid: str) -> None:
    record = server.world.by_iccid[iccid]
    before, record.name = record.name, "\x1b]52;c;aGk=\x07\u202eevil"
    try:
        outputs = [
            simtui("things", "--filter", f"iccid:{iccid}", *form).out
            for form in ((), ("--json",), ("--csv",))
        ] + [simtui("thing", iccid).out]
    finally:
        record.name = before
    for output in outputs:
        assert "evil" in output
        assert "\x1b" not in output
        assert "\x07" not in output
        assert "\u202e" not in output
