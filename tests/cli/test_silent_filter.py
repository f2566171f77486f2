"""``silent:yes`` in the shell: habits are learnt from the fleet that was just read."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta

import pytest

from simtui.sandbox.clock import WorldClock
from simtui.sandbox.fleet.build import build_world
from simtui.sandbox.server import LiveServer


@pytest.fixture(scope="module")
def server() -> Iterator[LiveServer]:
    with LiveServer(build_world(things=60, seed=7, fresh=False, clock=WorldClock())) as server:
        yield server


@pytest.fixture(autouse=True)
def signed_in(sign_in) -> None:
    sign_in()


def test_only_what_is_silent_beyond_its_habit_is_printed(simtui, server: LiveServer) -> None:
    things = list(server.world.things.values())
    talking = [one for one in things if one.state == "ACTIVE" and "DATA" in one.allowed_services]
    now = server.world.clock.now()
    for thing in talking:
        thing.last_seen_at = now
    lost = talking[0]
    lost.last_seen_at, lost.silent = now - timedelta(days=3), True
    ended = simtui("things", "--filter", "silent:yes", "--json")
    assert [one["iccid"] for one in json.loads(ended.out)] == [lost.iccid]
    others = simtui("things", "--filter", "!silent:yes", "--json")
    assert len(json.loads(others.out)) == len(things) - 1
    planned = simtui("apply", "suspend", "--filter", "silent:yes", "--dry-run")
    assert "1 Thing" in planned.out or lost.name in planned.out
