from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from simtui.models import ImeiLock, Location
from simtui.views.imei.changes import LockState, imei_changes, lock_state
from simtui.views.imei.rows import device_cell, imei_columns, imei_row, place_cell
from simtui.views.imei.ticket import imei_ticket, since_text

OLD, SAME, OTHER = "490154203237518", "490154209999997", "356938035643809"


def test_only_what_changed_since_and_the_latest_first(make_thing, now: datetime) -> None:
    things = [
        make_thing("never"),
        make_thing("before", imei_changed_at=now - timedelta(days=9)),
        make_thing("last", imei_changed_at=now),
        make_thing("after", imei_changed_at=now - timedelta(hours=1)),
    ]

    def ids(since: datetime | None) -> list[str]:
        return [change.thing.thing_id for change in imei_changes(things, since)]

    assert ids(None) == ["last", "after", "before"]
    assert ids(now - timedelta(days=1)) == ["last", "after"]
    assert ids(now - timedelta(hours=1)) == ["last"], "what was there then is not new"
    assert ids(now) == []


@pytest.mark.parametrize(
    ("new", "same"), [(SAME, True), (OTHER, False), (None, None)], ids=["same", "other", "unknown"]
)
def test_the_model_is_told_by_the_tac(make_thing, now: datetime, new: str, same: bool) -> None:
    thing = make_thing(imei=new, previous_imei=OLD, imei_changed_at=now)
    (change,) = imei_changes([thing])
    assert change.same_model is same


@pytest.mark.parametrize(
    ("lock", "imei", "state"),
    [
        (None, OTHER, LockState.UNKNOWN),
        (ImeiLock(False, imei=OLD), OTHER, LockState.OFF),
        (ImeiLock(True, imei=OLD), OLD, LockState.KEPT),
        (ImeiLock(True, imei=OLD), SAME, LockState.BREACHED),
        (ImeiLock(True, tac=OLD[:8]), SAME, LockState.KEPT),
        (ImeiLock(True, tac=OLD[:8]), OTHER, LockState.BREACHED),
        (ImeiLock(True, imei=OLD), None, LockState.UNKNOWN),
        (ImeiLock(True), OLD, LockState.UNKNOWN),
    ],
)
def test_whether_the_lock_allows_the_device(lock, imei, state) -> None:
    assert lock_state(lock, imei) == state


def test_a_row_tells_devices_and_place_apart(make_thing, now: datetime) -> None:
    thing = make_thing(
        name="pump\x1b", imei=OTHER, previous_imei=OLD, imei_changed_at=now - timedelta(hours=2),
        imei_lock=ImeiLock(True, imei=OLD), last_location=Location(now, "262", "01"),
    )  # fmt: skip
    (change,) = imei_changes([thing])
    for width in (80, 120):
        columns = imei_columns(width)
        row = imei_row(change, columns, now)
        cells = {column.key: cell for column, cell in zip(columns, row, strict=True)}
        assert cells["when"].text == "2h ago"
        assert cells["name"].text == "pump\\x1b"
        assert cells["old"].text == "49015420 3237518"
        assert cells["model"].text == "! other"
        assert (cells["where"].text, cells["where"].tone) == ("✗ 262-01", "bad")
        assert cells["lock"].text == "✗ breached"
        assert cells["iccid"].text == thing.iccid


def test_what_is_not_known_is_not_made_up() -> None:
    assert device_cell(None).text == "–"
    assert device_cell("12\x1b").text == "12\\x1b!"
    assert place_cell(None).text == "–"
    assert place_cell(Location(lat=1.0, lon=2.0)).text == "–"
    assert place_cell(Location(mcc="204")).text == "NL 204"


def test_the_ticket_has_all_of_it(make_thing, now: datetime) -> None:
    place = Location(now, "206", "20", cell_id="77")
    thing = make_thing(
        name="x\ny", imei=SAME, previous_imei=OLD, imei_changed_at=now, last_location=place
    )
    (change,) = imei_changes([thing])
    text = imei_ticket(change, now)
    assert "Old device 490154203237518 (TAC 49015420)" in text
    assert "New device 490154209999997 (TAC 49015420), of the same model" in text
    assert "Last seen in BE 206, MNC 20, cell 77, 2026-11-22 03:12:05Z (now)" in text
    assert "x\\x0ay" in text
    bare = imei_ticket(imei_changes([make_thing(imei_changed_at=now)])[0], now)
    assert "Old device –" in bare and "Place not known" in bare


def test_news_for_whoever_comes_back(now: datetime) -> None:
    assert since_text(1, now) == "1 SIM card changed its device since 22 Nov 03:12Z"
    assert since_text(1200, now).startswith("1,200 SIM cards changed their device since")
