"""Changes in words, rows, files and tickets."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from simtui.models.change import By, Change, ChangeKind
from simtui.views.history.export import CSV_FIELDS, changes_csv, changes_json
from simtui.views.history.lines import change_lines
from simtui.views.history.rows import change_columns, change_row
from simtui.views.history.section import SHOWN, changes_section
from simtui.views.history.ticket import change_ticket
from simtui.views.history.words import by_text, change_cell, change_text, subject_text, when_cell

NOW = datetime(2026, 11, 22, 3, 12, 5, tzinfo=UTC)
HOUR = timedelta(hours=1)
K = ChangeKind
HOSTILE = "\x1b]52;c;aGk=\x07\u202e[/nope]"


def change(kind: str = K.STATE, **fields: object) -> Change:
    usual = Change(kind, "t_1", NOW - HOUR, name="pump-12", iccid="8931086200000000019")
    return replace(usual, **fields)


@pytest.mark.parametrize(
    ("kind", "fields", "text"),
    [
        (K.STATE, {"before": "ACTIVE", "after": "SUSPENDED"}, "state active → suspended"),
        (K.STATE, {"before": "ACTIVE", "after": "MOTHBALLED"}, "state active → MOTHBALLED"),
        (K.GROUP, {"before": "g1", "after": "g2", "after_name": "Yard"}, "group g1 → Yard"),
        (K.IMEI, {"before": "490154203237518", "after": "352099001761481"},
         "IMEI 490154203237518 → 352099001761481"),
        (K.ADDRESS, {"before": "none", "after": "10.0.4.17 locked"},
         "address none → 10.0.4.17 locked"),
        (K.SERVICES, {"before": "DATA+SMS", "after": "DATA"}, "services DATA+SMS → DATA"),
        (K.SESSION, {"before": "ONLINE", "after": "OFFLINE"}, "session online → offline"),
        (K.SESSION, {"before": "ONLINE", "after": "OFFLINE", "count": 14,
                     "first_seen_at": NOW - 4 * HOUR},
         "session online → offline, 14 changes in 3h"),
        (K.THING, {"after": "new"}, "new in the account"),
        (K.THING, {"after": "gone"}, "gone from the account"),
        (K.TUNNEL_STATE, {"before": "UP", "after": "DOWN", "detail": "DPD_TIMEOUT"},
         "tunnel up → down, DPD_TIMEOUT"),
        (K.CHAIN, {"before": "v7", "after": "v8", "detail": "1 rule added"}, "1 rule added"),
        (K.NETWORK, {"after": "new"}, "created"),
        (K.NETWORK, {"after": "gone"}, "deleted"),
        ("of-a-later-version", {"detail": ""}, "changed; what it was is not known here"),
    ],
)  # fmt: skip
def test_from_what_to_what(kind: str, fields: dict[str, object], text: str) -> None:
    assert change_text(change(kind, **fields)) == text


def test_of_what() -> None:
    inside = {"parent_id": "f1", "inside": "meters"}
    assert subject_text(change()) == "pump-12"
    assert subject_text(change(name="")) == "…0000019"
    chain = change(K.CHAIN, object_id="INBOUND", **inside)
    assert subject_text(chain) == "INBOUND chain of IP profile meters"
    tunnel = change(K.TUNNEL_STATE, name="hq", parent_id="n1")
    assert subject_text(tunnel) == "IPsec tunnel hq of network n1"


def test_a_row_names_the_object_and_says_what_kind_it_is() -> None:
    def row(kind: str, **fields: object) -> list[str]:
        cells = change_row(change(kind, **fields), change_columns(80, of_one=False), NOW)
        return [cell.text for cell in cells[1:3]]

    inside = {"parent_id": "f1", "inside": "meters", "name": "meters"}
    assert row(K.CHAIN, object_id="INBOUND", detail="1 rule added", **inside) == [
        "meters",
        "INBOUND chain: 1 rule added",
    ]
    routes = {"object_id": "", "name": "", "parent_id": "n1", "inside": "depots"}
    assert row(K.ROUTES, detail="1 route moved", **routes) == ["depots", "routes: 1 route moved"]
    assert row(K.THINGS_GROUP, name="Yard", after="gone") == ["Yard", "group deleted"]
    assert row(K.TUNNEL_STATE, name="hq", before="UP", after="DOWN") == ["hq", "tunnel up → down"]


def test_when_tells_how_well_it_is_known() -> None:
    assert when_cell(change(), NOW).text == "1h ago"
    assert when_cell(change(at=NOW - 3 * HOUR), NOW).text == "3h ago"
    assert when_cell(change(at=NOW + HOUR), NOW).text == "1h ago", "not after it was seen"
    away = change(last_looked=NOW - 9 * HOUR)
    assert when_cell(away, NOW).text == "≤9h ago"
    assert when_cell(replace(away, at=NOW - 2 * HOUR), NOW).text == "2h ago"


def test_who() -> None:
    assert by_text(change(by=By.HERE)) == "from here"
    assert by_text(change(by=By.ELSEWHERE)) == "elsewhere"
    assert by_text(change()) == "–"


def test_colour_is_never_the_only_signal() -> None:
    down = change_cell(change(K.TUNNEL_STATE, before="UP", after="DOWN"))
    assert (down.tone, "down" in down.text) == ("bad", True)
    assert change_cell(change(K.THING, after="gone")).tone == "warn"


@pytest.mark.parametrize("width", [40, 80, 120])
@pytest.mark.parametrize("of_one", [False, True])
def test_a_row_has_a_cell_for_each_column(width: int, of_one: bool) -> None:
    columns = change_columns(width, of_one=of_one)
    assert len(change_row(change(), columns, NOW)) == len(columns)
    assert len({column.key for column in columns}) == len(columns)
    assert sum(column.width + 2 for column in columns) <= max(width, 78)


def test_what_others_named_cannot_reach_the_terminal() -> None:
    nasty = change(
        K.GROUP,
        object_id=HOSTILE,
        name=HOSTILE,
        iccid=HOSTILE,
        before=HOSTILE,
        after_name=HOSTILE,
        after="g",
        detail=HOSTILE,
        entry_id=HOSTILE,
        inside=HOSTILE,
    )
    shown: list[str] = []
    for one in (nasty, replace(nasty, kind=K.CHAIN), replace(nasty, kind=HOSTILE)):
        shown += [cell.text for cell in change_row(one, change_columns(120, of_one=False), NOW)]
        shown += [change_ticket(one, NOW), *change_lines([one]), *changes_csv([one])]
        shown += changes_json([one])
    for text in shown:
        assert "\x1b" not in text
        assert "\x07" not in text
        assert "\u202e" not in text


def test_json_has_all_of_it_and_the_best_that_is_known_of_when() -> None:
    one = change(before="ACTIVE", after="SUSPENDED", at=NOW - 2 * HOUR, entry_id="e1", by=By.HERE)
    (told,) = json.loads("\n".join(changes_json([one])))
    assert told["moment"] == told["at"] == "2026-11-22T01:12:05Z"
    assert told["seen_at"] == "2026-11-22T02:12:05Z"
    assert (told["before"], told["after"], told["by"]) == ("ACTIVE", "SUSPENDED", "here")
    assert set(Change.__slots__) <= set(told)
    assert json.loads("\n".join(changes_json([]))) == []


def test_csv_has_the_same() -> None:
    one = change(K.CHAIN, object_id="INBOUND", parent_id="f1", name="=1+1", detail="1 rule added")
    (row,) = csv.DictReader(io.StringIO("\n".join(changes_csv([one]))))
    assert set(row) == set(CSV_FIELDS)
    assert row["what"].startswith("INBOUND chain")
    assert row["seen_at"] == "2026-11-22T02:12:05Z"
    assert row["at"] == ""


def test_the_table_for_a_pipe_stands_in_columns() -> None:
    header, first, second = change_lines(
        [
            change(before="ACTIVE", after="SUSPENDED", by=By.ELSEWHERE),
            change(K.GROUP, before="a", after="b", last_looked=NOW - 5 * HOUR),
        ]
    )
    assert header.split() == ["WHEN", "WHAT", "ICCID", "BY", "CHANGE"]
    at = header.index("CHANGE")
    assert first[at:] == "state active → suspended"
    assert second[at:] == "group a → b"
    assert second.startswith("<2026-11-22 02:12:05Z")


def test_a_ticket_says_what_when_and_who() -> None:
    one = change(before="ACTIVE", after="SUSPENDED", last_looked=NOW - 9 * HOUR, by=By.ELSEWHERE)
    assert change_ticket(one, NOW).splitlines() == [
        "pump-12 (8931086200000000019): state active → suspended",
        "after 2026-11-21 18:12:05Z (9h ago), when simtui had last looked;"
        " seen 2026-11-22 02:12:05Z (1h ago)",
        "Not by a write from here: another program or person",
        "From the history of simtui, 2026-11-22 03:12:05Z",
    ]
    here = change_ticket(replace(one, by=By.HERE, entry_id="e7"), NOW)
    assert "By a write from here, journal entry e7" in here
    assert "not told" in change_ticket(change(K.THING, after="gone"), NOW)


def test_the_page_of_a_thing_has_the_latest_few() -> None:
    assert changes_section([], NOW) is None
    many = [change(before="ACTIVE", after="SUSPENDED", by=By.HERE)] * (SHOWN + 1)
    section = changes_section(many, NOW)
    assert section is not None
    assert len(section.rows) == SHOWN
    assert section.rows[0][1].text == "state active → suspended · from here"
    assert section.note == "~ shows all of them"
    few = changes_section(many[:2], NOW)
    assert few is not None
    assert few.note == ""
