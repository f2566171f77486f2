from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from simtui.sandbox.clock import WorldClock
from simtui.sandbox.fleet.build import build_world
from simtui.sandbox.life import heartbeat
from simtui.sandbox.records import ThingRecord
from simtui.sandbox.world import World

PassTime = Callable[[float], datetime]


class Counting:
    """Counts visits and deeds without changing them."""

    def __init__(self, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
        self.visits = 0
        self.deeds = 0
        visit, plan = heartbeat.visit, world.agenda.at

        def counted_visit(world: World, thing: ThingRecord, now: datetime) -> None:
            self.visits += 1
            visit(world, thing, now)

        def counted_at(moment: datetime, deed: Callable[[datetime], None]) -> None:
            self.deeds += 1
            plan(moment, deed)

        monkeypatch.setattr(heartbeat, "visit", counted_visit)
        monkeypatch.setattr(world.agenda, "at", counted_at)


def test_a_month_at_once_is_a_bounded_number_of_deeds(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = WorldClock(datetime(2026, 11, 22, 3, 12, 5, tzinfo=UTC), rate=0)
    world = build_world(things=5_000, seed=1, fresh=False, clock=clock)
    counting = Counting(world, monkeypatch)
    clock.advance(31 * 86_400)
    world.catch_up()
    assert 0 < counting.visits <= 20_000
    assert 0 < counting.deeds <= 20_000


def test_a_second_touches_few_things(
    living: World, pass_time: PassTime, monkeypatch: pytest.MonkeyPatch
) -> None:
    counting = Counting(living, monkeypatch)
    for _ in range(60):
        pass_time(1)
    assert 0 < counting.visits <= 60 * heartbeat.MOST_VISITS
    assert counting.visits < len(living.things)


def test_a_long_jump_leaves_those_that_talk_as_fresh_as_before(
    living: World, pass_time: PassTime
) -> None:
    talking = [
        thing
        for thing in living.things.values()
        if thing.state == "ACTIVE" and not thing.silent and thing.session is not None
    ]
    now = pass_time(40 * 86_400)
    fresh = [
        thing
        for thing in talking
        if thing.last_seen_at and now - thing.last_seen_at < timedelta(days=1)
    ]
    assert len(fresh) > 0.9 * len(talking)


def test_a_silent_thing_stays_where_it_was(living: World, pass_time: PassTime) -> None:
    silent = [t for t in living.things.values() if t.silent and t.state == "ACTIVE"]
    before = {thing.thing_id: thing.last_seen_at for thing in silent}
    pass_time(86_400)
    kept = [t for t in silent if t.silent and t.last_seen_at == before[t.thing_id]]
    assert len(kept) >= len(silent) // 2


def test_sessions_come_and_go(living: World, pass_time: PassTime) -> None:
    before = {t.thing_id: t.session.session_id for t in living.things.values() if t.session}
    for _ in range(120):
        pass_time(60)
    changed = [
        thing
        for thing in living.things.values()
        if thing.session and before.get(thing.thing_id) not in (None, thing.session.session_id)
    ]
    assert len(changed) > 20
    assert all(thing.state != "PROVISIONED" for thing in changed)


def test_usage_only_grows_within_a_cycle(living: World, pass_time: PassTime) -> None:
    before = {thing.thing_id: thing.data_bytes for thing in living.things.values()}
    pass_time(3_600 * 5)
    after = {thing.thing_id: thing.data_bytes for thing in living.things.values()}
    assert all(after[key] >= before[key] for key in before)
    assert sum(after.values()) > sum(before.values())


def test_the_cycle_ends_at_midnight_in_amsterdam(living: World, pass_time: PassTime) -> None:
    end = datetime(2026, 11, 30, 23, 0, tzinfo=UTC)
    pass_time((end - living.clock.now()).total_seconds() - 1)
    thing = max(living.things.values(), key=lambda one: one.data_bytes)
    used = thing.data_bytes
    assert used > 0
    pass_time(1)
    assert thing.data_bytes < used / 100
    assert living.ledgers["2026-11"].usage_of(thing.thing_id).data_bytes >= used
    assert "2026-12" not in living.ledgers


def test_every_cycle_of_a_long_jump_is_written_down(living: World, pass_time: PassTime) -> None:
    pass_time(100 * 86_400)
    assert list(living.ledgers) == ["2026-11", "2026-12", "2027-01", "2027-02"]
    totals = [sum(ledger.data_bytes) for ledger in living.ledgers.values()]
    assert all(total > 0 for total in totals)
    assert 0.7 < totals[1] / totals[2] < 1.3
