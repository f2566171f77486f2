from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from simtui.sandbox import histories
from simtui.sandbox.histories import (
    add_state_change,
    imei_history,
    see_imei,
    state_history,
)
from simtui.sandbox.past_sessions import session_history
from simtui.sandbox.records import SessionRecord, StateChange, ThingRecord

BORN = datetime(2025, 1, 1, tzinfo=UTC)
LATER = BORN + timedelta(days=200)


def thing(state: str = "ACTIVE") -> ThingRecord:
    return ThingRecord(
        "t_1",
        "8931086200000000019",
        "204083100000001",
        BORN,
        "g_1",
        state=state,
        state_changed_at=LATER,
        imei="490154203237518",
        last_seen_at=LATER + timedelta(days=9),
    )


@pytest.mark.parametrize(
    ("state", "path"),
    [
        ("PROVISIONED", ["PROVISIONED"]),
        ("ACTIVE", ["PROVISIONED", "ACTIVE"]),
        ("SUSPENDED", ["PROVISIONED", "ACTIVE", "SUSPENDED"]),
        ("RETIRED", ["PROVISIONED", "ACTIVE", "RETIRED"]),
    ],
)
def test_a_plain_history_is_derived(state: str, path: list[str]) -> None:
    history = state_history(thing(state))
    assert [step.to_state for step in history] == path
    assert [step.from_state for step in history] == [None, *path[:-1]]
    assert [step.at for step in history] == sorted(step.at for step in history)
    assert history[-1].at == (BORN if state == "PROVISIONED" else LATER)


def test_a_change_keeps_what_was_derived() -> None:
    record = thing()
    before = state_history(record)
    change = StateChange(LATER + timedelta(days=1), "ACTIVE", "SUSPENDED", "anna", "stolen")
    add_state_change(record, change)
    record.state = "SUSPENDED"
    assert state_history(record) == (*before, change)


def test_histories_are_kept_short(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(histories, "KEPT", 3)
    record = thing()
    for day in range(9):
        see_imei(record, f"35209900176{day:04}", LATER + timedelta(days=day))
        add_state_change(record, StateChange(LATER, "ACTIVE", "ACTIVE", str(day)))
    assert [step.by for step in record.state_changes] == ["6", "7", "8"]
    assert len(record.imeis) == 3


def test_the_first_device_is_no_swap() -> None:
    record = thing()
    record.imei = None
    assert imei_history(record) == ()
    see_imei(record, "490154203237518", LATER)
    assert record.imei_changed_at is None and record.previous_imei is None
    assert [seen.imei for seen in imei_history(record)] == ["490154203237518"]


def test_a_swap_is_remembered() -> None:
    record = thing()
    see_imei(record, "352099001761481", LATER + timedelta(days=10))
    assert record.previous_imei == "490154203237518"
    assert record.imei_changed_at == LATER + timedelta(days=10)
    see_imei(record, "352099001761481", LATER + timedelta(days=11))
    old, new = imei_history(record)
    assert (old.imei, new.imei) == ("490154203237518", "352099001761481")
    assert new.first_seen_at == LATER + timedelta(days=10)
    assert (new.last_seen_at, new.sessions) == (LATER + timedelta(days=11), 2)


@pytest.mark.parametrize("habit", [60, 21_600])
def test_sessions_of_a_seeded_thing_are_derived_from_its_habit(habit: int) -> None:
    record = thing()
    record.habit_seconds = habit
    record.session = SessionRecord("s_7", "ONLINE", LATER + timedelta(days=90), mcc="204")
    assert session_history(record) == ()
    record.plain_past = True
    sessions = session_history(record)
    assert len(sessions) > 5 and sessions == session_history(record)
    assert len({one.session_id for one in sessions}) == len(sessions)
    ends = [one.ended_at for one in sessions]
    assert all(end is not None for end in ends)
    for one, following in zip(sessions, (*sessions[1:], record.session), strict=True):
        assert one.ended_at and one.since < one.ended_at < following.since
        assert one.since >= LATER


def test_stored_sessions_are_not_mixed_with_derived_ones() -> None:
    record = thing()
    record.plain_past = True
    record.session = SessionRecord("s_7", "ONLINE", LATER + timedelta(days=90))
    record.past_sessions = (SessionRecord("s_6", "OFFLINE", LATER, ended_at=LATER),)
    assert [one.session_id for one in session_history(record)] == ["s_6"]
