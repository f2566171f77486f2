from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wcwidth import wcswidth

from simtui.models import CycleUsage, IpLease, SessionState, SessionSummary, State, Thing
from simtui.views.cell import Column
from simtui.views.fleet_context import FleetContext
from simtui.views.text import UNSAFE, cell_width
from simtui.views.things.columns import IMPORTANCE, ORDER, PLANS, SET_NAMES
from simtui.views.things.facts import CELLS, cycle_text
from simtui.views.things.table import GAP, MARGIN, column_set, thing_row
from simtui.views.things.words import LOCKED_MARK, session_cell, state_cell


def keys(columns: tuple[Column, ...]) -> list[str]:
    return [column.key for column in columns]


def needed(columns: tuple[Column, ...]) -> int:
    return MARGIN + sum(column.width for column in columns) + GAP * (len(columns) - 1)


def test_every_column_has_a_cell_and_every_set_names_known_columns() -> None:
    assert set(CELLS) == set(PLANS)
    for name in SET_NAMES:
        assert sorted(ORDER[name]) == sorted(IMPORTANCE[name])
        assert set(ORDER[name]) <= set(PLANS)


def test_a_sort_letter_means_one_column_and_never_the_last_row() -> None:
    letters = [plan.column.sort_key for plan in PLANS.values()]
    assert len(set(letters)) == len(letters)
    assert all(len(letter) == 1 and letter.isupper() for letter in letters)
    assert "G" not in letters


@pytest.mark.parametrize("width", [40, 80, 100, 120, 200])
@pytest.mark.parametrize("name", SET_NAMES)
def test_a_set_fits_and_has_room_for_its_cells(name: str, width: int) -> None:
    columns = column_set(name, width)
    assert needed(columns) <= width
    if width >= 80:
        (iccid,) = (column for column in columns if column.key == "iccid")
        assert iccid.width >= 21  # twenty digits and the mark of a wrong check digit


def test_what_the_overview_shows_at_each_width() -> None:
    assert keys(column_set("overview", 40)) == ["state", "name", "session"]
    assert keys(column_set("overview", 80)) == [
        "state", "name", "iccid", "session", "last_seen", "cycle",
    ]  # fmt: skip
    assert keys(column_set("overview", 120))[:8] == [
        "state", "name", "iccid", "session", "last_seen", "ip", "group", "cycle",
    ]  # fmt: skip
    assert keys(column_set("overview", 200)) == list(ORDER["overview"])


@given(st.integers(1, 300), st.sampled_from(SET_NAMES))
def test_more_room_never_shows_less(width: int, name: str) -> None:
    narrow, wide = column_set(name, width), column_set(name, width + 1)
    assert narrow
    assert set(keys(narrow)) <= set(keys(wide))


def test_the_row_of_the_design(now: datetime, context: FleetContext, make_thing: Any) -> None:
    thing = make_thing(
        name="pump-12",
        session=SessionSummary("OFFLINE", now, now),
        last_seen_at=now - timedelta(hours=2),
        ip=IpLease("10.0.4.17", allocation="LOCKED"),
        things_group_id="g1",
        usage_cycle=CycleUsage(data_bytes=18_734_012),
    )
    columns = column_set("overview", 120)
    texts = [cell.text for cell in thing_row(thing, columns, context)][:8]
    assert texts == [
        "● active", "pump-12", "8931086200000000019", "○ offline", "2h ago",
        "10.0.4.17 L", "depot-7", "18.7 MB",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("state", "pending", "text"),
    [
        ("ACTIVE", None, "● active"),
        ("SUSPENDED", None, "◐ susp."),
        ("PROVISIONED", None, "○ prov."),
        ("RETIRED", None, "✕ retired"),
        ("ACTIVE", "SUSPENDED", "◌ →susp."),
        ("QUARANTINED", None, "? QUARANTINED"),
        ("\x1b[2J", None, "? \\x1b[2J"),
    ],
)
def test_states_are_a_glyph_and_a_word(
    state: str, pending: str | None, text: str, make_thing: Any
) -> None:
    assert state_cell(make_thing(state=state, pending_state=pending)).text == text


@pytest.mark.parametrize(
    ("state", "minutes", "text"),
    [
        ("ONLINE", 5, "◉ online"),
        ("ONLINE", 61, "◉ online?"),
        ("ATTACHED", 600, "◍ attached?"),
        ("OFFLINE", 59, "○ offline"),
        ("BLOCKED", 0, "⊘ blocked"),
        ("UNKNOWN", 600, "· unknown"),
        ("DORMANT", 0, "? DORMANT"),
    ],
)
def test_an_old_session_state_is_doubted(
    state: str, minutes: int, text: str, now: datetime
) -> None:
    as_of = now - timedelta(minutes=minutes)
    assert session_cell(SessionSummary(state, as_of, as_of), now).text == text


def test_a_state_of_unknown_age_is_doubted_and_none_is_unknown(now: datetime) -> None:
    assert session_cell(SessionSummary("ONLINE"), now).text == "◉ online?"
    assert session_cell(None, now).text == "· unknown"


def test_known_words_fit_their_columns_and_glyphs_are_one_cell(
    now: datetime, make_thing: Any
) -> None:
    for state in State.ALL:
        for pending in (None, *State.ALL):
            text = state_cell(make_thing(state=state, pending_state=pending)).text
            assert wcswidth(text) == len(text)
            assert pending == "RETIRED" or len(text) <= PLANS["state"].column.width
    for state in SessionState.ALL:
        text = session_cell(SessionSummary(state), now).text
        assert wcswidth(text) == len(text) <= PLANS["session"].column.width
    assert wcswidth(LOCKED_MARK) == 1


def test_an_iccid_with_a_wrong_check_digit_is_marked_and_whole(
    context: FleetContext, make_thing: Any
) -> None:
    columns = column_set("overview", 80)
    row = thing_row(make_thing(iccid="89310862000000000128"), columns, context)
    cell = row[keys(columns).index("iccid")]
    assert cell.text == "89310862000000000128!"
    assert cell.tone == "warn"


def test_a_thing_without_a_name_is_told_apart_where_there_is_no_iccid(
    context: FleetContext, make_thing: Any
) -> None:
    assert thing_row(make_thing(), column_set("overview", 40), context)[1].text == "…0000019"
    assert thing_row(make_thing(), column_set("overview", 80), context)[1].text == "–"


@pytest.mark.parametrize(
    ("count", "text"),
    [
        (None, "–"),
        (0, "0.0 MB"),
        (999_949_999, "999.9 MB"),
        (999_950_000, "1.0 GB"),
        (12_345_678_901, "12.3 GB"),
    ],
)
def test_data_of_the_cycle_fits_its_column(count: int | None, text: str) -> None:
    assert cycle_text(count) == text
    assert len(text) <= PLANS["cycle"].column.width


HOSTILE = st.text(max_size=20) | st.sampled_from(["\x1b]52;c;x\x07", "\u202eevil", "[/nope]"])


@given(HOSTILE, HOSTILE, HOSTILE)
def test_nothing_in_a_row_reaches_the_terminal(one: str, two: str, three: str) -> None:
    thing = Thing(
        two, one, three, name=one, imsi=two, imei=three, tags=(one, two), pending_state=two,
        things_group_id=three, ip=IpLease(one), session=SessionSummary(two),
        allowed_services=(three,),
    )  # fmt: skip
    context = FleetContext(datetime.fromisoformat("2026-11-22T03:12:05Z"))
    for name in SET_NAMES:
        for cell in thing_row(thing, column_set(name, 200), context):
            assert UNSAFE.search(cell.text) is None
            assert cell_width(cell.text) >= 0
