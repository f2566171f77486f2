"""How often sessions and tunnels changed, as the history has it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simtui.errors import SimtuiError
from simtui.models.change import Change, ChangeKind
from simtui.store.history.counting import LEAST_CHANGES, Counts
from simtui.store.history.file import HistoryFile
from simtui.store.history.history import History
from tests.ui.app_bench import FrozenClock

NOW = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


def session(thing: str, hours: float, after: str, before: str) -> Change:
    at = NOW - hours * HOUR
    return Change(ChangeKind.SESSION, thing, at, before=before, after=after, at=at)


def tunnel(hours: float, after: str = "DOWN", tunnel_id: str = "hq") -> Change:
    at = NOW - hours * HOUR
    return Change(ChangeKind.TUNNEL_STATE, tunnel_id, at, parent_id="n1", after=after, at=at)


def counted(changes: list[Change], *, hours: float = 6, now: datetime = NOW) -> Counts:
    file = HistoryFile(None, "me")
    file.take(sorted(changes, key=lambda one: one.seen_at), (), lambda found: found, now)
    return file.count(now - hours * HOUR, now, 1000)


def test_an_empty_history_tells_nothing() -> None:
    assert counted([]) == Counts()


def test_who_came_into_a_state_and_who_left_it_by_hour() -> None:
    changes = [
        session("t0", 11.5, "ONLINE", "OFFLINE"),
        session("t1", 0.5, "OFFLINE", "ONLINE"),
        session("t2", 0.6, "OFFLINE", "ONLINE"),
        session("t3", 3.5, "ONLINE", "OFFLINE"),
        session("t4", 40, "OFFLINE", "ONLINE"),
    ]
    counts = counted(changes)
    assert counts.since == NOW - 40 * HOUR
    assert counts.step == 3600
    assert counts.sessions == {"OFFLINE": {0: 2, 3: -1, 11: -1}, "ONLINE": {0: -2, 3: 1, 11: 1}}


def test_a_thing_whose_session_changes_often_has_a_pace_of_its_own() -> None:
    states = ("ONLINE", "OFFLINE")
    often = [
        session("busy", 2 * n, states[n % 2], states[(n + 1) % 2]) for n in range(LEAST_CHANGES)
    ]
    rarely = [session("calm", 2 * n, states[n % 2], states[(n + 1) % 2]) for n in range(3)]
    counts = counted([*often, *rarely])
    assert counts.paces == {"busy": 4 * 3600}


@given(st.integers(2, 200))
def test_a_pace_is_the_same_when_changes_are_only_counted(times: int) -> None:
    states = ("ONLINE", "OFFLINE")
    changes = [session("t", n / 60, states[n % 2], states[(n + 1) % 2]) for n in range(times)]
    paces = counted(changes).paces
    if times < LEAST_CHANGES:
        assert not paces
    else:
        assert paces["t"] == pytest.approx(120, rel=0.01)


def test_a_tunnel_that_flaps_for_a_day_is_counted_within_the_time_that_matters() -> None:
    states = ("UP", "DOWN")
    changes = [tunnel(n / 10, states[n % 2]) for n in range(200)]
    counts = counted(changes, hours=6)
    assert counts.flaps["hq"] == pytest.approx(60, rel=0.1)
    assert counted([tunnel(1), tunnel(2, "UP")]).flaps == {"hq": 2.0}
    assert counted([tunnel(7)]).flaps == {}
    moments = counted([tunnel(1, tunnel_id="a"), tunnel(2, tunnel_id="b")]).tunnel_changes
    assert set(moments) == {("a", NOW - HOUR), ("b", NOW - 2 * HOUR)}


def test_the_accounts_of_a_file_are_counted_apart(tmp_path: Path) -> None:
    path = tmp_path / "state" / "p.history"
    HistoryFile(path, "one").take([tunnel(1)], (), lambda found: found, NOW)
    assert HistoryFile(path, "two").count(NOW - 6 * HOUR, NOW, 10) == Counts()
    assert HistoryFile(path, "one").count(NOW - 6 * HOUR, NOW, 10).flaps == {"hq": 1.0}


async def test_counting_waits_for_no_disk_and_says_when_it_cannot(tmp_path: Path) -> None:
    clock = FrozenClock()
    history = History(None, "me", clock)
    history.add([tunnel(1)])
    await history.settled()
    assert (await history.count(NOW - 6 * HOUR)).flaps == {"hq": 1.0}
    (tmp_path / "folder.history").mkdir()
    with pytest.raises(SimtuiError):
        await History(tmp_path / "folder.history", "me", clock).count(NOW)
