from __future__ import annotations

import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from simtui.store.last_visit import NOTED_EVERY, LastVisit, nothing_kept

NOW = datetime(2026, 11, 22, 3, 12, 5, 123456, tzinfo=UTC)


class Hands:
    """A clock that is moved by hand."""

    moment = NOW

    def now(self) -> datetime:
        return self.moment

    def monotonic(self) -> float:
        return 0.0


@pytest.fixture
def clock() -> Hands:
    return Hands()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "state" / "prod.visit"


def test_the_end_of_a_visit_is_what_the_next_one_begins_at(path: Path, clock: Hands) -> None:
    first = LastVisit(path, clock)
    assert first.previous is None
    first.keep()
    clock.moment += timedelta(hours=1)
    first.end()
    assert first.previous is None, "it stays what it was when the visit began"
    assert LastVisit(path, clock).previous == NOW + timedelta(hours=1)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert list(path.parent.iterdir()) == [path]


def test_a_kill_loses_a_few_minutes_at_most(path: Path, clock: Hands) -> None:
    visit = LastVisit(path, clock)
    visit.keep()
    clock.moment += NOTED_EVERY - timedelta(seconds=1)
    visit.keep()
    assert LastVisit(path, clock).previous == NOW, "the disk is not written all the time"
    clock.moment += timedelta(seconds=1)
    visit.keep()
    assert LastVisit(path, clock).previous == clock.moment


def test_a_visit_that_never_saw_the_fleet_does_not_count(path: Path, clock: Hands) -> None:
    LastVisit(path, clock).keep()
    clock.moment += timedelta(hours=1)
    LastVisit(path, clock).end()
    assert LastVisit(path, clock).previous == NOW


@pytest.mark.parametrize(
    "content", [b"", b"yesterday", b"2026-11-22T03:12:05", b"\xff\xfe", b"2026-11-22" * 100]
)
def test_what_cannot_be_read_is_no_visit(path: Path, clock: Hands, content: bytes) -> None:
    path.parent.mkdir()
    path.write_bytes(content)
    visit = LastVisit(path, clock)
    assert visit.previous is None
    visit.keep()
    assert LastVisit(path, clock).previous == NOW


def test_a_disk_that_refuses_bothers_nobody(tmp_path: Path, clock: Hands) -> None:
    in_the_way = tmp_path / "file"
    in_the_way.write_text("")
    visit = LastVisit(in_the_way / "prod.visit", clock)
    visit.keep()
    assert visit.previous is None


def test_of_a_demo_nothing_is_kept() -> None:
    visit = nothing_kept()
    visit.keep()
    visit.end()
    assert visit.previous is None
