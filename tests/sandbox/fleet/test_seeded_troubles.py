"""Some trouble of every kind is there (contract §10), also in a fleet of a few hundred."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import timedelta

import pytest

from simtui.sandbox.addressing import pool_fill
from simtui.sandbox.clock import WorldClock
from simtui.sandbox.fleet.build import build_world
from simtui.sandbox.histories import imei_history, state_history
from simtui.sandbox.records import ThingRecord
from simtui.sandbox.world import World

HOUR = timedelta(hours=1)


@pytest.fixture(scope="module", params=[300, 10_000])
def troubled(request: pytest.FixtureRequest, fleet: World) -> World:
    if request.param == 10_000:
        return fleet
    clock = WorldClock(fleet.clock.now(), rate=0)
    return build_world(things=request.param, seed=5, fresh=False, clock=clock)


def having(world: World, wanted: Callable[[ThingRecord], object]) -> list[ThingRecord]:
    return [thing for thing in world.things.values() if wanted(thing)]


def test_silent_devices_many_of_them_at_once(troubled: World) -> None:
    now = troubled.clock.now()
    silent = having(troubled, lambda thing: thing.silent and thing.state == "ACTIVE")
    assert all(thing.last_seen_at and now - thing.last_seen_at >= 2 * HOUR for thing in silent)
    (moment, count), *_ = Counter(thing.last_seen_at for thing in silent).most_common(1)
    assert moment is not None and count >= 4


def test_swapped_devices_one_of_them_swapped_back(troubled: World) -> None:
    now = troubled.clock.now()
    swapped = having(troubled, lambda thing: thing.imei_changed_at)
    recent = [thing for thing in swapped if now - (thing.imei_changed_at or now) < HOUR]
    assert len(recent) >= 2
    assert all(thing.previous_imei != thing.imei for thing in swapped)
    imeis = [[seen.imei for seen in imei_history(thing)] for thing in swapped]
    assert any(len(seen) >= 3 and seen[-1] == seen[-3] for seen in imeis)


def test_breached_imei_locks(troubled: World) -> None:
    breached = having(
        troubled,
        lambda thing: thing.session and thing.session.end_reason == "IMEI_LOCK_BREACHED",
    )
    assert breached
    for thing in breached:
        assert thing.session and thing.session.state == "BLOCKED"
        assert thing.imei_lock_enabled and thing.imei_lock_imei != thing.imei


def test_a_session_out_of_coverage(troubled: World) -> None:
    abroad = having(troubled, lambda thing: thing.session and thing.session.mcc == "262")
    assert any(thing.session and thing.session.state == "ONLINE" for thing in abroad)


def test_a_data_limit_that_was_reached(troubled: World) -> None:
    reasons = {
        past.end_reason for thing in troubled.things.values() for past in thing.past_sessions
    }
    assert "MONTHLY_USAGE_LIMIT_EXCEEDED" in reasons


def test_facts_that_are_a_day_old(troubled: World) -> None:
    now = troubled.clock.now()
    stale = having(troubled, lambda thing: thing.as_of and now - thing.as_of > 24 * HOUR)
    assert any(thing.state == "ACTIVE" for thing in stale)


def test_things_suspended_by_a_colleague(troubled: World) -> None:
    last = [state_history(thing)[-1] for thing in troubled.things.values()]
    assert any(
        change.to_state == "SUSPENDED" and "@" in change.by and change.reason for change in last
    )


def test_a_pool_that_is_nearly_full(troubled: World) -> None:
    fills = [
        pool_fill(troubled, pool)
        for network in troubled.networks.values()
        for pool in network.pools.values()
    ]
    assert any(0 < size - leased <= 2 for size, leased, _ in fills)


def test_a_tunnel_that_is_down_and_one_that_flaps(troubled: World) -> None:
    tunnels = [t for network in troubled.networks.values() for t in network.tunnels.values()]
    states = Counter(tunnel.state for tunnel in tunnels)
    assert states["UP"] >= 3
    assert [t.last_error for t in tunnels if t.state == "DOWN"] == ["PSK_MISMATCH"]


def test_retired_things_that_nat_rules_still_point_at(troubled: World) -> None:
    rules = [r for network in troubled.networks.values() for r in network.nat_rules.values()]
    orphans = [rule for rule in rules if troubled.things[rule.thing_id].state == "RETIRED"]
    assert any(rule.enabled for rule in orphans)
    others = [rule for rule in rules if rule not in orphans]
    assert others and all(troubled.things[rule.thing_id].ip_locked for rule in others)


def test_messages_in_every_state(troubled: World) -> None:
    states = {sms.status for sms in troubled.sms.values()}
    assert states >= {"SENT", "DELIVERED", "FAILED", "EXPIRED", "CANCELLED", "RECEIVED"}
    codes = {sms.error_code for sms in troubled.sms.values() if sms.status == "FAILED"}
    assert len(codes) >= 2
    submitted = [sms.submitted_at for sms in troubled.sms.values() if sms.direction == "MT"]
    assert submitted == sorted(submitted)


def test_names_that_are_hard_to_show(troubled: World) -> None:
    names = {thing.name for thing in troubled.things.values()}
    assert "" in names
    assert "[/nope] pump" in names
    assert any("\u202e" in name for name in names)
    assert any("\x1b" in name for name in names)
    assert any(len(name) == 64 for name in names)
    assert all(len(name) <= 64 for name in names)


def test_events_tell_of_it_in_the_order_of_time(troubled: World) -> None:
    kinds = {event.type for event in troubled.events}
    assert kinds >= {"IMEI_CHANGED", "IMEI_LOCK_BREACHED", "OUT_OF_COVERAGE", "TUNNEL_DOWN"}
    moments = [event.at for event in troubled.events]
    assert moments == sorted(moments)


def test_sessions_end_after_they_began(troubled: World) -> None:
    for thing in troubled.things.values():
        for past in thing.past_sessions:
            assert past.ended_at and past.since <= past.ended_at
