"""The journal as rows, pages, ticket text, files, and what a search finds."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import msgspec
import pytest

from simtui.models.action import (
    Action,
    AddTags,
    Describe,
    LockIp,
    MoveToGroup,
    Ping,
    RemoveTags,
    RenameTag,
    SetImeiLock,
    SetServices,
    SetState,
    SetTags,
    UnlockIp,
)
from simtui.models.journal import Before, Intent, JournalEntry, Outcome, Result
from simtui.views.fleet_context import FleetContext
from simtui.views.journal.change import change_text
from simtui.views.journal.export import CSV_FIELDS, journal_csv, journal_json
from simtui.views.journal.lines import journal_lines
from simtui.views.journal.rows import (
    JOURNAL_COLUMNS,
    journal_columns,
    journal_row,
    journal_sections,
)
from simtui.views.journal.search import matches
from simtui.views.journal.ticket import ticket_text
from simtui.views.journal.words import outcome_cell, outcome_word
from simtui.views.text import UNSAFE
from simtui.views.things.table import GAP, MARGIN

HOSTILE = "\x1b]52;c;aGk=\x07\u202e\ud800\n=cmd\x9b\x7f"


@pytest.fixture
def entry(now: datetime) -> JournalEntry:
    """A bulk suspension of 482 Things that ended with errors."""
    things = tuple(
        Before(f"t{n}", f"893108620000000{n:04}", f"pump-{n}", 17, {"state": "ACTIVE"})
        for n in range(482)
    )
    intent = Intent(
        entry_id="e1",
        at=now - timedelta(hours=2),
        who="anna@jump-1",
        process=4242,
        profile="prod",
        endpoint="https://api.example (c1)",
        kind="set-state",
        parameters={"state": "SUSPENDED", "reason": "", "end_session": False},
        summary="Suspend 482 Things",
        target="tag depot-7",
        things=things,
        request_id="0b0e7c1e",
        operation="o1",
        reference="simtui-e1",
        batch=2,
        batches=3,
        undoes="e0",
    )
    results = (
        Result("e1", now - timedelta(hours=2), Outcome.ACCEPTED, "It is job j_77", "j_77"),
        Result(
            "e1",
            now - timedelta(hours=1),
            Outcome.PARTLY,
            "3 Things refused",
            succeeded=470,
            failed=3,
            skipped=9,
            looked_up=True,
        ),
    )
    return JournalEntry(intent, results)


def changed(entry: JournalEntry, **fields: Any) -> JournalEntry:
    return replace(entry, intent=replace(entry.intent, **fields))


def hostile(entry: JournalEntry) -> JournalEntry:
    """An entry that has the worst of names in every text."""
    texts = ("entry_id", "who", "profile", "endpoint", "kind", "summary", "target", "undoes")
    fields = dict.fromkeys((*texts, "request_id", "operation", "reference"), HOSTILE)
    things = (Before(HOSTILE, HOSTILE, HOSTILE, 1, {"state": HOSTILE}),)
    results = (Result(HOSTILE, entry.intent.at, HOSTILE, HOSTILE, HOSTILE),)
    return JournalEntry(replace(entry.intent, **fields, things=things), results)


@pytest.mark.parametrize(
    ("outcome", "text"),
    [
        (Outcome.CONFIRMED, "✓ confirmed"),
        (Outcome.PARTLY, "◐ partly"),
        (Outcome.REFUSED, "✗ refused"),
        (Outcome.FAILED, "✗ failed"),
        (Outcome.UNKNOWN, "? unknown"),
        (Outcome.ACCEPTED, "… running"),
        ("postponed", "? postponed"),
    ],
)
def test_an_outcome_is_a_glyph_and_a_word(outcome: str, text: str) -> None:
    assert outcome_cell(outcome).text == text
    assert outcome_word(outcome) == text[2:]


def test_a_row_says_when_what_became_of_it_what_and_how_many(
    entry: JournalEntry, now: datetime
) -> None:
    texts = [cell.text for cell in journal_row(entry, now)]
    assert texts == ["2h ago", "◐ partly", "Suspend 482 Things (2 of 3)", "482"]
    wide = journal_row(entry, now, journal_columns(120))
    assert wide[-1].text == "anna@jump-1"


def test_one_request_has_no_number_and_no_things_are_no_zero(
    entry: JournalEntry, now: datetime
) -> None:
    row = journal_row(changed(entry, batch=1, batches=1, things=()), now)
    assert [cell.text for cell in row[2:]] == ["Suspend 482 Things", "–"]


def test_the_columns_fit_80_cells_and_use_the_room_of_more() -> None:
    assert journal_columns(80) == JOURNAL_COLUMNS
    for width in (80, 99, 100, 200):
        columns = journal_columns(width)
        used = sum(column.width for column in columns) + GAP * (len(columns) - 1) + MARGIN
        assert used <= width
    assert journal_columns(100)[-1].key == "who"


def test_the_page_tells_the_whole_story(entry: JournalEntry, now: datetime) -> None:
    sections = {section.title: section for section in journal_sections(entry, now)}
    assert list(sections) == ["Write", "Outcome", "Things", "Traces"]
    write = dict(sections["Write"].rows)
    assert write["What"].text == "Suspend 482 Things"
    assert write["When"].text == "2026-11-22 01:12:05Z (2h ago)"
    assert write["Who"].text == "anna@jump-1 (process 4242)"
    assert write["Target"].text == "tag depot-7"
    assert [(label, cell.text) for label, cell in sections["Outcome"].rows] == [
        ("… running", "2026-11-22 01:12:05Z (2h ago) · It is job j_77"),
        (
            "◐ partly",
            "2026-11-22 02:12:05Z (1h ago) · 470 done, 3 failed, 9 skipped"
            " · 3 Things refused · looked up afterwards",
        ),
    ]
    assert {label: cell.text for label, cell in sections["Traces"].rows} == {
        "Request id": "0b0e7c1e",
        "Reference": "simtui-e1",
        "Job": "j_77",
        "Entry": "e1",
        "Operation": "o1",
        "Request": "2 of 3",
        "Undoes": "e0",
    }


def test_the_page_lists_the_first_things_and_counts_the_rest(
    entry: JournalEntry, now: datetime
) -> None:
    things = journal_sections(entry, now)[2]
    assert len(things.rows) == 20
    assert things.rows[1] == ("8931086200000000001 ", ("pump-1: active → suspended", ""))
    assert things.note == "and 462 more"
    few = journal_sections(changed(entry, things=entry.intent.things[:20]), now)[2]
    assert few.note == ""


def test_a_write_of_which_nothing_was_heard_says_so(entry: JournalEntry, now: datetime) -> None:
    silent = replace(changed(entry, things=(), batches=1, undoes=None), results=())
    _, outcome, things, traces = journal_sections(silent, now)
    assert outcome.rows[0][1].text == "? unknown"
    assert "only reading tells" in outcome.note
    assert things.note == "it is about no Thing"
    assert "Undoes" not in dict(traces.rows)


@pytest.mark.parametrize(
    ("action", "fields", "text"),
    [
        (SetState("RETIRED"), {"state": "ACTIVE"}, "active → retired"),
        (SetState("RETIRED"), {}, "– → retired"),
        (AddTags(("b",)), {"tags": ["a"]}, "a → a, b"),
        (RemoveTags(("A",)), {"tags": ["a"]}, "a → –"),
        (SetTags(("x", "y")), {"tags": ()}, "– → x, y"),
        (RenameTag("a", "b"), {"tags": ["a", "c"]}, "a, c → c, b"),
        (MoveToGroup("g2"), {"things_group_id": "g1"}, "depot-7 → North yard"),
        (MoveToGroup("g2"), {"things_group_id": "gone"}, "gone → North yard"),
        (SetServices(()), {"allowed_services": ["DATA", "SMS"]}, "DATA, SMS → none"),
        (
            LockIp(),
            {"ip": {"address": "10.0.0.4", "allocation": "DYNAMIC"}},
            "10.0.0.4 → 10.0.0.4, locked",
        ),
        (LockIp("10.0.0.9"), {"ip": None}, "no address → 10.0.0.9, locked"),
        (
            UnlockIp(),
            {"ip": {"address": "10.0.0.4", "allocation": "LOCKED"}},
            "10.0.0.4, locked → 10.0.0.4",
        ),
        (
            SetImeiLock(True, tac="49015420"),
            {"imei_lock": {"enabled": False, "imei": None, "tac": None}},
            "off → TAC 49015420",
        ),
        (
            Describe("new", ""),
            {"name": "old", "description": "x"},
            "name old → new; description x → –",
        ),
        (Ping(), {}, ""),
        (None, {"state": "ACTIVE"}, ""),
        (AddTags(("b",)), {"tags": 5}, "not readable"),
    ],
)
def test_what_was_asked_stands_beside_what_was(
    action: Action | None, fields: dict[str, Any], text: str, context: FleetContext
) -> None:
    assert change_text(action, Before("t1", "89", "old", 1, fields), context) == text


def test_a_ticket_has_all_of_it_as_plain_text(entry: JournalEntry, now: datetime) -> None:
    text = ticket_text(entry, now)
    for part in (
        "Suspend 482 Things",
        "anna@jump-1",
        "prod",
        "https://api.example (c1)",
        "0b0e7c1e",
        "simtui-e1",
        "j_77",
        "◐ partly",
        "8931086200000000019   pump-19: active → suspended",
        "(and 462 more)",
    ):
        assert part in text
    assert text.endswith("From the journal of simtui, 2026-11-22 03:12:05Z")


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("", True),
        ("  ", True),
        ("SUSPEND depot-7", True),
        ("partly", True),
        ("running", False),
        ("anna pump-481", True),
        ("8931086200000000481", True),
        ("j_77 0b0e simtui-E1 set-state", True),
        ("suspend pump-482", False),
        ("resume", False),
    ],
)
def test_every_word_has_to_be_somewhere(entry: JournalEntry, words: str, found: bool) -> None:
    assert matches(entry, words) is found


def test_a_running_write_is_found_by_both_its_words(entry: JournalEntry) -> None:
    running = replace(entry, results=entry.results[:1])
    assert matches(running, "running accepted")


def test_json_has_everything_a_line_a_write(entry: JournalEntry) -> None:
    lines = list(journal_json([entry, entry]))
    assert len(lines) == 4
    first, _ = json.loads("\n".join(lines))
    assert first["at"] == "2026-11-22T01:12:05Z"
    assert first["outcome"] == "partly"
    assert first["job_id"] == "j_77"
    assert len(first["things"]) == 482
    assert first["things"][0]["fields"] == {"state": "ACTIVE"}
    assert [one["outcome"] for one in first["results"]] == ["accepted", "partly"]
    assert msgspec.convert(first, Intent) == entry.intent
    assert list(journal_json([])) == ["[", "]"]


def test_csv_has_a_line_a_write(entry: JournalEntry) -> None:
    (row,) = csv.DictReader(io.StringIO("\n".join(journal_csv([entry]))))
    assert list(row) == list(CSV_FIELDS)
    assert row["at"] == "2026-11-22T01:12:05Z"
    assert row["outcome_at"] == "2026-11-22T02:12:05Z"
    assert (row["outcome"], row["things"], row["succeeded"]) == ("partly", "482", "470")
    assert (row["job_id"], row["detail"], row["batch"]) == ("j_77", "3 Things refused", "2")
    (silent,) = csv.DictReader(io.StringIO("\n".join(journal_csv([replace(entry, results=())]))))
    assert (silent["outcome"], silent["outcome_at"], silent["failed"]) == ("unknown", "", "")


def test_a_spreadsheet_runs_nothing(entry: JournalEntry) -> None:
    (row,) = csv.DictReader(
        io.StringIO("\n".join(journal_csv([changed(entry, summary='=HYPERLINK("x","y")')])))
    )
    assert row["summary"] == '\'=HYPERLINK("x","y")'


def test_the_plain_table_is_aligned_and_cuts_nothing(entry: JournalEntry) -> None:
    long = changed(entry, summary="Suspend " + "x" * 200, who="b@h", things=(), batches=1)
    header, first, second = journal_lines([entry, long])
    assert (
        first == "2026-11-22 01:12:05Z  partly      482  anna@jump-1  Suspend 482 Things (2 of 3)"
    )
    assert second.endswith("x" * 200)
    assert header.index("WHAT") == first.index("Suspend") == second.index("Suspend")
    assert list(journal_lines([])) == ["WHEN  OUTCOME  THINGS  WHO  WHAT"]


def test_no_name_reaches_the_terminal_as_it_is(entry: JournalEntry, now: datetime) -> None:
    bad = hostile(entry)
    written = [
        *(cell.text for cell in journal_row(bad, now, journal_columns(200))),
        *ticket_text(bad, now).splitlines(),
        *journal_lines([bad]),
        *journal_json([bad]),
        *journal_csv([bad]),
    ]
    assert not [text for text in written if UNSAFE.search(text)]
    (read,) = json.loads("\n".join(journal_json([bad])))
    assert read["summary"] == HOSTILE


def test_a_name_that_is_no_text_for_a_terminal_is_found_all_the_same(entry: JournalEntry) -> None:
    assert matches(hostile(entry), "=cmd")
