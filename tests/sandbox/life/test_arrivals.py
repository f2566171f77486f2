from __future__ import annotations

from datetime import UTC, datetime

import pytest

from simtui.sandbox.clock import WorldClock
from simtui.sandbox.fleet.build import build_world
from simtui.sandbox.lifecycle import change_state
from simtui.sandbox.world import World

NOW = datetime(2026, 11, 22, 3, 12, 5, tzinfo=UTC)


@pytest.fixture
def shipped() -> World:
    return build_world(things=10, seed=1, fresh=True, clock=WorldClock(NOW, rate=0))


def test_an_activated_thing_comes_online_for_the_first_time(shipped: World) -> None:
    thing = next(iter(shipped.things.values()))
    change_state(shipped, thing, "ACTIVE", NOW, "anna@example.com")
    shipped.clock.advance(120)
    shipped.catch_up()
    assert thing.session and thing.session.state == "ONLINE"
    assert thing.imei and thing.ip_address and thing.last_seen_at
    assert thing.session.mcc == "204"


def test_a_thing_that_was_suspended_again_does_not(shipped: World) -> None:
    thing = next(iter(shipped.things.values()))
    change_state(shipped, thing, "ACTIVE", NOW, "anna@example.com")
    change_state(shipped, thing, "SUSPENDED", NOW, "anna@example.com")
    shipped.clock.advance(120)
    shipped.catch_up()
    assert thing.session is None and thing.imei is None


def test_a_suspended_thing_loses_its_session_after_a_while() -> None:
    world = build_world(things=30, seed=1, fresh=False, clock=WorldClock(NOW, rate=0))
    thing = next(
        one
        for one in world.things.values()
        if one.state == "ACTIVE" and one.session and one.session.state == "ONLINE"
    )
    change_state(world, thing, "SUSPENDED", NOW, "anna@example.com")
    assert thing.session and thing.session.state == "ONLINE"
    for _ in range(200):
        world.clock.advance(10)
        world.catch_up()
    assert thing.session.state == "OFFLINE"
    assert thing.past_sessions[-1].end_reason == "STATE_NOT_ACTIVE"
